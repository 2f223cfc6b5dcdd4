"""Checking while writing in a real browser: found things stand under their field, and a link selects them."""

import os
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, expect

from tests import factories
from tests.accounts.signing_in import sign_in
from tests.factories import Cast
from updates.models import Edition

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
SOON = 15_000


@pytest.fixture
def draft() -> Edition:
    return factories.draft(Cast.make(), "general")


@pytest.fixture
def editor(live_server, browser_page: Page, draft: Edition) -> Page:
    client = Client()
    sign_in(client, draft.author)
    value = client.cookies[settings.SESSION_COOKIE_NAME].value
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": value, "url": live_server.url}
    browser_page.context.add_cookies([cookie])
    browser_page.goto(f"{live_server.url}/staff/notices/{draft.notice.reference}/{draft.number}/edit/")
    return browser_page


def test_found_things_appear_after_a_pause_and_go_when_they_are_gone(editor: Page):
    body = editor.get_by_label("Full text")
    body.fill("Hello 😀 all.\n\nRing Dave on 07700 900123.")
    found = editor.locator("#id_body_findings mark")

    expect(found).to_have_text("07700 900123", timeout=SOON)
    expect(editor.locator("[data-check-status]")).to_have_text(
        "The checks found 1 thing to look at: Full text.", timeout=SOON
    )
    assert body.get_attribute("aria-describedby").split()[-1] == "id_body_findings"

    found.click()
    selected = body.evaluate("box => box.value.slice(box.selectionStart, box.selectionEnd)")
    assert selected == "07700 900123"

    body.fill("Hello all.")
    expect(found).to_have_count(0, timeout=SOON)
    assert "id_body_findings" not in body.get_attribute("aria-describedby")


@pytest.mark.parametrize("width", [390, 1280])
def test_findings_fit_the_page(editor: Page, width: int):
    editor.set_viewport_size({"width": width, "height": 900})
    long = "We will, notwithstanding the considerable organisational preparations, " * 4 + "stop."
    editor.get_by_label("Title").fill("WATER IS OFF IN QUAYSIDE")
    editor.get_by_label("Full text").fill(
        f"{long}\n\nCard 4111 1111 1111 1111,\n[pay](http://pay.council.org/{'x' * 60})"
    )
    expect(editor.locator("#id_body_findings .cp-check")).to_have_count(3, timeout=SOON)

    assert editor.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    if folder := os.environ.get("SHOTS"):
        editor.screenshot(path=Path(folder) / f"editor-{width}.png", full_page=True)

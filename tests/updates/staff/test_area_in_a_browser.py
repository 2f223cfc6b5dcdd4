"""Drawing an area in a real browser: clicked, set by keys, taken back; nothing is dragged."""

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page

from tests import factories
from tests.accounts.signing_in import sign_in
from tests.factories import Cast
from tests.real.browser import axe_faults
from updates.models import Edition

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def editor(live_server, browser_page: Page, cast: Cast) -> tuple[Page, Edition]:
    factories.ward("Quayside")
    draft = factories.draft(cast, "general")
    client = Client()
    sign_in(client, cast.author)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    browser_page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": cookie.value, "url": live_server.url}]
    )
    browser_page.goto(f"{live_server.url}/staff/notices/{draft.notice.reference}/{draft.number}/edit/")
    return browser_page, draft


def test_corners_are_clicked_and_set_by_keys_and_saved(editor: tuple[Page, Edition]) -> None:
    page, draft = editor
    page.get_by_label("The whole borough").uncheck()
    page.get_by_label("An area with corners").check()
    drawing = page.locator("svg[data-draw]")
    box = drawing.bounding_box()
    assert box

    for across, down in ((0.4, 0.4), (0.6, 0.4)):
        drawing.click(position={"x": box["width"] * across, "y": box["height"] * down})
    drawing.focus()
    for key in [*["ArrowDown"] * 12, "Enter", *["ArrowLeft"] * 12, "Enter", "Enter", "Backspace"]:
        page.keyboard.press(key)
    told = page.locator(".cp-draw__map [role=status]").inner_text()
    faults = axe_faults(page)
    page.get_by_role("button", name="Save and check").click()
    page.wait_for_url(lambda url: not url.endswith("/edit/"))

    saved = Edition.objects.get(pk=draft.pk)
    assert (told, faults) == ("Corner taken away, 4 left.", [])
    assert saved.area and len(saved.area["coordinates"][0]) == 5
    assert [ward.name for ward in saved.wards.all()] == ["Quayside"]


def test_distance_is_asked_for_only_when_it_is_chosen(editor: tuple[Page, Edition]) -> None:
    page, _draft = editor
    metres = page.get_by_label("Within how many metres?")
    before = metres.is_visible()

    page.get_by_label("Everything within a distance of a place").check()

    assert (before, metres.is_visible()) == (False, True)

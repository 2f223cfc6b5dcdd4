"""The editor in a real browser: saving by itself, without the network, signed out, and with two tabs."""

from collections.abc import Callable

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, expect

from tests import factories
from tests.accounts.signing_in import sign_in
from tests.factories import Cast
from updates.models import DraftScratch, Edition

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
SOON = 15_000


@pytest.fixture
def draft() -> Edition:
    return factories.draft(Cast.make(), "general")


@pytest.fixture
def let_in(live_server, browser_page: Page) -> Callable[[], None]:
    """Sign the draft's author in, in the browser."""

    def enter(person) -> None:
        client = Client()
        sign_in(client, person)
        value = client.cookies[settings.SESSION_COOKIE_NAME].value
        cookie = {"name": settings.SESSION_COOKIE_NAME, "value": value, "url": live_server.url}
        browser_page.context.add_cookies([cookie])

    return enter


@pytest.fixture
def editor(live_server, browser_page: Page, draft: Edition, let_in) -> Page:
    """The editor of a draft, open."""
    let_in(draft.author)
    browser_page.goto(f"{live_server.url}/staff/notices/{draft.notice.reference}/{draft.number}/edit/")
    return browser_page


def _says(page: Page, words: str) -> None:
    expect(page.locator("[data-autosave-status]")).to_contain_text(words, timeout=SOON)


def _title(draft: Edition) -> str:
    return Edition.objects.get(pk=draft.pk).title


def test_words_are_saved_after_a_pause_and_the_button_still_works(editor: Page, draft: Edition):
    editor.get_by_label("Title").fill("Main mended")
    _says(editor, "Saved at")
    assert _title(draft) == "Main mended"
    editor.get_by_label("Title").fill("Main mended for good")
    editor.get_by_role("button", name="Save and check").click()
    editor.wait_for_url(lambda url: not url.endswith("/edit/"))
    assert _title(draft) == "Main mended for good"


def test_words_typed_without_the_network_are_saved_once_it_is_back(editor: Page, draft: Edition):
    editor.context.set_offline(True)
    editor.get_by_label("Title").fill("Written in a tunnel")
    _says(editor, "the portal cannot be reached")
    assert _title(draft) != "Written in a tunnel"
    editor.context.set_offline(False)
    _says(editor, "Saved at")
    assert _title(draft) == "Written in a tunnel"


def test_signed_out_page_says_so_and_goes_on_after_signing_in_again(editor: Page, draft: Edition, let_in):
    editor.context.clear_cookies()
    editor.get_by_label("Title").fill("Written while signed out")
    _says(editor, "you are signed out")
    let_in(draft.author)
    _says(editor, "Saved at")
    assert _title(draft) == "Written while signed out"


def test_half_written_form_is_there_again_after_closing_the_tab(editor: Page, draft: Edition):
    editor.get_by_label("Summary").fill("Only a summary so far")
    editor.get_by_label("Title").fill("")
    _says(editor, "Kept for you at")
    editor.reload()
    expect(editor.get_by_label("Summary")).to_have_value("Only a summary so far")
    expect(editor.get_by_role("heading", name="This is what you typed last time")).to_be_visible()
    assert DraftScratch.objects.count() == 1


def test_second_tab_is_told_and_its_button_shows_both(editor: Page, draft: Edition):
    other = editor.context.new_page()
    other.goto(editor.url)
    editor.get_by_label("Title").fill("From the first tab")
    _says(editor, "Saved at")
    other.get_by_label("Title").fill("From the second tab")
    _says(other, "in another window")
    other.get_by_role("button", name="Save and check").click()
    expect(other.get_by_role("heading", name="This was saved again while you were writing")).to_be_visible()
    expect(other.get_by_label("Title")).to_have_value("From the second tab")
    assert _title(draft) == "From the first tab"

"""The banner in a real browser: seen with script off, hidden by hand, shown again when the words change."""

import mimetypes
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page, Route

from accounts.enums import Kind
from tests import factories
from tests.factories import Cast
from tests.real.browser import axe_faults
from updates.enums import Severity, Urgency
from updates.models import Edition

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
HOME = "https://riverbank.example/"
BANNER = ".cp-emergency"
Open = Callable[..., Page]


class Portal:
    """The portal's pages as they stood when last rendered, as a web server would keep them."""

    def __init__(self, client: Client) -> None:
        """Render them."""
        self.client = client
        self.pages: dict[str, tuple[bytes, str]] = {}
        self.render()

    def render(self) -> None:
        """Render the home page and the events anew."""
        for path in ("/", "/events/"):
            response = self.client.get(path)
            self.pages[path] = (response.content, response["Content-Type"])

    def answer(self, route: Route) -> None:
        """Answer the browser from what was rendered, or from the folder of static files."""
        path = urlsplit(route.request.url).path
        if path in self.pages:
            body, kind = self.pages[path]
            route.fulfill(body=body, content_type=kind)
        elif path.startswith("/static/"):
            file = settings.BASE_DIR / path.lstrip("/")
            kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
            route.fulfill(body=file.read_bytes(), content_type=kind)
        else:
            route.fulfill(status=404)


@pytest.fixture
def portal(client: Client, cast: Cast) -> Portal:
    """A portal with one severe emergency in two wards."""
    factories.published(
        cast,
        Kind.GENERAL,
        title="Boil your water",
        urgency=Urgency.EMERGENCY,
        severity=Severity.SEVERE,
        wards=[factories.ward("Quayside"), factories.ward("Millgate")],
    )
    return Portal(client)


@pytest.fixture
def opened(portal: Portal, chromium: Browser) -> Iterator[Open]:
    """Open the home page, with script or without."""
    contexts = []

    def open_(**options: Any) -> Page:
        contexts.append(chromium.new_context(locale="en-GB", **options))
        page = contexts[-1].new_page()
        page.set_default_timeout(5000)
        page.route("**/*", portal.answer)
        page.goto(HOME)
        return page

    yield open_
    for context in contexts:
        context.close()


def test_banner_is_seen_with_script_off_and_has_no_dead_button(opened: Open) -> None:
    page = opened(java_script_enabled=False)

    assert page.locator(BANNER).is_visible()
    assert page.locator(f"{BANNER} button").count() == 0


def test_hidden_message_stays_hidden_and_comes_back_when_asked(opened: Open) -> None:
    page = opened()

    page.get_by_role("button", name="Hide this message").press("Enter")
    focused = page.evaluate("document.activeElement.textContent")
    page.goto(f"{HOME}events/")
    on_next_page = page.locator(BANNER).is_visible()
    page.get_by_role("button", name="Show it again").press("Enter")

    assert (focused, on_next_page, page.locator(BANNER).is_visible()) == ("Show it again", False, True)
    assert page.evaluate("document.activeElement.textContent") == "Hide this message"
    page.goto(HOME)
    assert page.locator(BANNER).is_visible()


def test_other_words_are_shown_although_the_old_ones_were_hidden(opened: Open, portal: Portal) -> None:
    page = opened()
    page.get_by_role("button", name="Hide this message").click()
    Edition.objects.update(summary="Boil it for a whole minute.")
    portal.render()

    page.goto(HOME)

    assert page.locator(BANNER).is_visible()


def test_hidden_is_told_and_the_message_named(opened: Open) -> None:
    page = opened()
    page.get_by_role("button", name="Hide this message").click()

    described = page.get_by_role("button", name="Show it again").get_attribute("aria-describedby")

    assert page.locator(f"#{described}").text_content() == "Hidden: Boil your water"


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_banner_fits_and_its_buttons_are_large_enough(opened: Open, width: int) -> None:
    page = opened(viewport={"width": width, "height": 800})
    button = page.get_by_role("button", name="Hide this message")

    assert min(button.bounding_box()["height"], button.bounding_box()["width"]) >= 24
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert axe_faults(page) == []


def test_banner_works_where_nothing_may_be_stored(opened: Open) -> None:
    page = opened()
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get () { throw new Error('no') } })"
    )
    page.goto(HOME)

    page.get_by_role("button", name="Hide this message").click()

    assert not page.locator(BANNER).is_visible()

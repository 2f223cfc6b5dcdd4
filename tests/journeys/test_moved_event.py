"""An event that moves: from the editor, past a second person, into a resident's own calendar."""

from datetime import date, timedelta

import httpx
import pytest
from django.utils import timezone
from playwright.sync_api import Browser

from look import times
from tests import factories
from tests.council_portal.conftest import Run
from tests.factories import Cast
from tests.updates.events.clients import Subscriber
from updates.models import Edition

from .browsing import Faults, Person, Reader

pytestmark = [pytest.mark.slow, pytest.mark.postgres, pytest.mark.timeout(400)]

TITLE = "Concert on the quay"
CHANGE = "Moved indoors, an hour later and a day later: the forecast is for a storm."


@pytest.fixture
def concert(council: Cast) -> Edition:
    """A concert that is announced."""
    return factories.published(council, "event", title=TITLE, summary="Brass, chestnuts, no speeches.")


def test_moved_event_arrives_in_a_calendar(
    concert: Edition, portal: Run, chromium: Browser, council: Cast, faults: Faults
):
    resident, calendar = Reader(chromium, portal.url, faults), Subscriber()
    address = concert.notice.get_absolute_url()
    resident.go("/events/", "Events")
    feed = resident.page.get_by_role("link", name="Subscribe to this calendar").get_attribute("href")
    assert feed is not None
    calendar.take(fetched(portal, feed))
    [before] = calendar.kept.values()
    assert str(before["SUMMARY"]) == TITLE

    author, approver = (Person(chromium, portal.url, faults) for _person in range(2))
    author.sign_in(council.author)
    approver.sign_in(council.approver)
    on = times.in_zone(timezone.now()).date() + timedelta(days=9)
    renewed = move(author, f"/staff/notices/{concert.notice.reference}/1/", on)
    approve(approver, renewed)

    calendar.take(fetched(portal, feed))
    [after] = calendar.kept.values()
    assert (str(after["UID"]), str(after["SUMMARY"])) == (str(before["UID"]), f"Moved: {TITLE}")
    assert after["SEQUENCE"] > before["SEQUENCE"]
    shown = times.in_zone(after.start)
    assert (shown.date(), shown.hour, str(after["LOCATION"])) == (on, 16, "Town Hall")

    page = resident.go(address, f"Moved: {TITLE}")
    assert page.locator(".cp-answers del").all_inner_texts()[1].endswith("Corn Hall")
    resident.go("/events/", "Events")
    resident.follow(f"Moved: {TITLE}", f"Moved: {TITLE}")
    with resident.page.expect_download() as file:
        resident.page.get_by_role("link", name="Add to your calendar").click()
    assert file.value.suggested_filename == f"{concert.notice.reference}.ics"
    month = resident.go(f"/events/{on:%Y-%m}/", f"Events in {on:%B %Y}")
    assert month.get_by_role("link", name=f"Moved: {TITLE}").count() == 1

    assert "\n".join(dict.fromkeys(faults.found)) == ""


def fetched(portal: Run, feed: str) -> bytes:
    """Return the feed as a calendar program fetches it: webcal stands for http."""
    assert feed.startswith("webcal://")
    path = feed.split("://")[1].partition("/")[2]
    answer = httpx.get(f"{portal.url}/{path}", timeout=10)
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    return answer.content


def move(author: Person, address: str, on: date) -> str:
    """Write that the event is on another day, at 4pm, elsewhere; return the new edition's address."""
    author.go(address, TITLE)
    page = author.press("Write a new edition")
    for field, clock in (("starts_at", "4pm"), ("ends_at", "6pm")):
        for box, text in enumerate((str(on.day), str(on.month), str(on.year), clock)):
            page.locator(f"#id_{field}_{box}").fill(text)
    page.get_by_label("Venue").fill("Town Hall")
    page.get_by_label("Is it going ahead?").select_option("moved")
    page.get_by_label("What changed?").fill(CHANGE)
    author.press("Save and check", TITLE)
    renewed = page.url
    author.follow("Send for approval")
    author.press("Send for approval", TITLE)
    return renewed


def approve(approver: Person, address: str) -> None:
    """Read the page and publish it."""
    page = approver.go(f"{address}approve/", TITLE)
    page.get_by_label("I have read the page and every post").check()
    approver.press("Approve and publish now", TITLE)

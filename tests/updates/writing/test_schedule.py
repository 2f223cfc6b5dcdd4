"""A schedule means the clock on the wall, whatever the clocks do; what has lapsed leaves the front page."""

import datetime as dt
from datetime import UTC, date

import pytest
import time_machine
from django.test import Client

from tests import factories
from tests.factories import Cast
from updates import due
from updates.enums import Status
from updates.models import Edition
from updates.templatetags.writing import days_ahead
from updates.transitions import Action
from updates.workflow import perform


def _boxes(day: int, month: int, year: int, time: str) -> dict[str, str]:
    values = (str(day), str(month), str(year), time)
    return {f"publish_at_{number}": value for number, value in enumerate(values)}


@pytest.fixture
def schedule(cast: Cast, signed_in):
    """Approve an edition and schedule it through the page; return the edition and the answer."""

    def posted(**boxes: str):
        edition = factories.approved(cast)
        page = f"/staff/notices/{edition.notice.reference}/{edition.number}/schedule/"
        answer = signed_in(cast.author).post(page, boxes)
        return Edition.objects.get(pk=edition.pk), answer

    return posted


# Typed before a change of the clocks for after it: the clock on the wall is what was meant.
WALL_CLOCK = [
    ("2027-03-27T12:00:00+00:00", (28, 3, 2027, "9am"), dt.datetime(2027, 3, 28, 8, tzinfo=UTC)),
    ("2027-03-27T12:00:00+00:00", (28, 3, 2027, "12:30am"), dt.datetime(2027, 3, 28, 0, 30, tzinfo=UTC)),
    ("2027-10-30T12:00:00+00:00", (31, 10, 2027, "9am"), dt.datetime(2027, 10, 31, 9, tzinfo=UTC)),
    ("2027-10-30T12:00:00+00:00", (31, 10, 2027, "1:30am BST"), dt.datetime(2027, 10, 31, 0, 30, tzinfo=UTC)),
    ("2027-10-30T12:00:00+00:00", (31, 10, 2027, "1:30am GMT"), dt.datetime(2027, 10, 31, 1, 30, tzinfo=UTC)),
    ("2026-11-22T12:00:00+00:00", (1, 6, 2027, "9am"), dt.datetime(2027, 6, 1, 8, tzinfo=UTC)),
]


@pytest.mark.parametrize(("now", "typed", "expected"), WALL_CLOCK)
def test_schedule_across_a_clock_change_keeps_the_clock_on_the_wall(schedule, now, typed, expected):
    with time_machine.travel(now, tick=False):
        edition, answer = schedule(**_boxes(*typed))

    assert (answer.status_code, edition.status, edition.publish_at) == (302, Status.SCHEDULED, expected)


@pytest.mark.parametrize(
    ("now", "typed", "sentence"),
    [
        ("2027-03-27T12:00:00+00:00", (28, 3, 2027, "1:30am"), "The clocks go forward then"),
        ("2027-10-30T12:00:00+00:00", (31, 10, 2027, "1:30am"), "this time happens twice. Add BST or GMT"),
    ],
)
def test_skipped_and_repeated_hours_are_explained(schedule, now, typed, sentence):
    with time_machine.travel(now, tick=False):
        edition, answer = schedule(**_boxes(*typed))

    assert (answer.status_code, edition.status) == (200, Status.APPROVED)
    assert sentence in answer.content.decode()


@pytest.mark.parametrize(("now", "typed", "expected"), WALL_CLOCK)
def test_beat_publishes_at_that_minute_and_not_before(schedule, now, typed, expected):
    with time_machine.travel(now, tick=False):
        edition, _answer = schedule(**_boxes(*typed))
    with time_machine.travel(expected - dt.timedelta(seconds=1), tick=False):
        due.run_due()
        before = Edition.objects.get(pk=edition.pk).status
    with time_machine.travel(expected, tick=False):
        due.run_due()

    assert (before, Edition.objects.get(pk=edition.pk).status) == (Status.SCHEDULED, Status.PUBLISHED)


def test_desk_says_the_day_and_how_far_ahead_it_is(cast: Cast, schedule, signed_in):
    with time_machine.travel("2027-03-26T23:30:00+00:00", tick=False):
        schedule(**_boxes(28, 3, 2027, "9am"))
        page = " ".join(signed_in(cast.author).get("/staff/").content.decode().split())

    assert "Sunday 28 March 2027, 9am</time> (in 2 days)" in page


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (dt.datetime(2027, 3, 28, 21, tzinfo=UTC), "today"),
        (dt.datetime(2027, 3, 28, 23, 30, tzinfo=UTC), "tomorrow"),
        (date(2027, 3, 31), "in 3 days"),
        (date(2027, 3, 27), "1 day ago"),
        (date(2027, 3, 1), "27 days ago"),
    ],
)
def test_days_are_counted_by_the_councils_calendar(value, words):
    with time_machine.travel("2027-03-28T12:00:00+00:00", tick=False):
        assert days_ahead(value) == words


def _front_page() -> str:
    return Client().get("/").content.decode()


def test_expired_outage_leaves_the_front_page_by_itself(cast: Cast):
    with time_machine.travel("2026-11-22T12:00:00+00:00", tick=False):
        ends = dt.datetime(2026, 11, 22, 18, tzinfo=UTC)
        factories.published(cast, "outage", title="Burst main, Millgate", expires_at=ends)
        shown = "Burst main, Millgate" in _front_page()
    with time_machine.travel("2026-11-22T18:00:30+00:00", tick=False):
        due.run_due()

    assert (shown, "Burst main, Millgate" in _front_page()) == (True, False)


def test_past_event_leaves_the_front_page_by_itself(cast: Cast):
    with time_machine.travel("2026-11-22T12:00:00+00:00", tick=False):
        event = factories.published(cast, "event", title="Lantern walk").event
        shown = "Lantern walk" in _front_page()
    for moment in (event.ends_at - dt.timedelta(minutes=1), event.ends_at + dt.timedelta(minutes=1)):
        with time_machine.travel(moment, tick=False):
            due.run_due()
            still = "Lantern walk" in _front_page()
            shown = shown and (still or moment > event.ends_at)

    assert (shown, still) == (True, False)


def test_scheduled_edition_that_was_returned_is_not_published(cast: Cast, schedule):
    with time_machine.travel("2027-03-27T12:00:00+00:00", tick=False):
        edition, _answer = schedule(**_boxes(28, 3, 2027, "9am"))
        perform(Action.RETURN, edition, by=cast.approver, note="Not yet.")
    with time_machine.travel("2027-03-28T08:00:00+00:00", tick=False):
        due.run_due()

    assert Edition.objects.get(pk=edition.pk).status == Status.RETURNED

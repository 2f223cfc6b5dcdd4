"""The dates of a live event: made when it goes live, moved on by the beat, gone when it is over."""

from datetime import timedelta

import pytest
import time_machine

from updates.due import run_due
from updates.enums import Status
from updates.models import Edition, Notice

from .conftest import local, shown, weekly


@pytest.fixture
def clock():
    with time_machine.travel(local("2026-11-20 09:00"), tick=False) as traveller:
        yield traveller


def next_date(edition: Edition) -> str:
    starts_at = Notice.objects.get(pk=edition.notice_id).starts_at
    return shown(starts_at) if starts_at else ""


def status(edition: Edition) -> str:
    return Edition.objects.get(pk=edition.pk).status


def test_publishing_makes_one_row_for_each_date(publish, clock):
    live = publish(weekly())

    rows = live.notice.occurrences.values_list("starts_at", "ends_at")
    assert [(shown(start), shown(end)) for start, end in rows] == [
        ("2026-11-24 19:00", "2026-11-24 21:00"),
        ("2026-12-08 19:00", "2026-12-08 21:00"),
        ("2026-12-15 19:00", "2026-12-15 21:00"),
    ]
    assert next_date(live) == "2026-11-24 19:00"


def test_date_stays_until_it_is_over_and_then_the_next_one_shows(publish, clock):
    live = publish(weekly())

    clock.move_to(local("2026-11-24 20:59"))
    run_due()
    during = next_date(live)
    clock.move_to(local("2026-11-24 21:00"))
    moved = run_due()["next dates"]

    assert (during, moved, next_date(live)) == ("2026-11-24 19:00", 1, "2026-12-08 19:00")
    assert status(live) == Status.PUBLISHED


def test_event_ends_after_its_last_date(publish, clock):
    live = publish(weekly())

    clock.move_to(local("2026-12-15 21:00"))
    run_due()

    assert status(live) == Status.EXPIRED


def test_beat_that_slept_for_weeks_finds_the_right_date(publish, clock):
    live = publish(weekly())

    clock.move_to(local("2026-12-14 12:00"))
    run_due()

    assert next_date(live) == "2026-12-15 19:00"


def test_new_edition_replaces_every_date(publish, clock):
    live = publish(weekly())

    later = {"starts_at": local("2026-12-20 15:00"), "ends_at": local("2026-12-20 17:00")}
    moved = publish({**weekly(repeats="never", repeats_until_on=None, except_on=[]), **later}, after=live)

    starts = moved.notice.occurrences.values_list("starts_at", flat=True)
    assert [shown(start) for start in starts] == ["2026-12-20 15:00"]


def test_edition_published_in_the_middle_of_a_series_shows_what_is_still_to_come(publish, clock):
    live = publish(weekly())
    clock.move_to(local("2026-12-02 09:00"))

    again = publish(after=live)

    assert next_date(again) == "2026-12-08 19:00"


def test_postponed_event_is_not_over_when_its_old_date_passes(publish, clock):
    live = publish(weekly(repeats="never", repeats_until_on=None, except_on=[], event_status="postponed"))

    clock.move_to(local("2026-11-24 21:00") + timedelta(days=3))
    run_due()

    assert (status(live), next_date(live)) == (Status.PUBLISHED, "")


def test_cancelled_event_is_over_when_its_date_has_passed(publish, clock):
    live = publish(weekly(repeats="never", repeats_until_on=None, except_on=[], event_status="cancelled"))

    clock.move_to(local("2026-11-24 21:00"))
    run_due()

    assert status(live) == Status.EXPIRED


def test_event_across_midnight_and_the_end_of_summer_time_is_on_until_it_is_over(publish, clock):
    clock.move_to(local("2026-10-20 09:00"))
    night = {"starts_at": local("2026-10-24 22:00"), "ends_at": local("2026-10-25 03:00")}
    live = publish(night)

    clock.move_to(local("2026-10-25 02:59"))
    run_due()
    before = status(live)
    clock.shift(timedelta(minutes=1))
    run_due()

    assert (before, status(live)) == (Status.PUBLISHED, Status.EXPIRED)

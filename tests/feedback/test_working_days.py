"""Working days: weekends do not count."""

import datetime as dt

import pytest

from feedback import checks
from feedback.working_days import add_working_days, answer_due_on


@pytest.mark.parametrize(
    ("start", "days", "due"),
    [
        ("2026-11-16", 0, "2026-11-16"),
        ("2026-11-16", 4, "2026-11-20"),
        ("2026-11-16", 5, "2026-11-23"),
        ("2026-11-20", 1, "2026-11-23"),
        ("2026-11-21", 1, "2026-11-23"),
        ("2026-11-22", 10, "2026-12-04"),
    ],
)
def test_weekends_do_not_count(start, days, due):
    assert add_working_days(dt.date.fromisoformat(start), days) == dt.date.fromisoformat(due)


@pytest.mark.parametrize(
    ("place", "start", "days", "due"),
    [
        # Christmas Day 2026 is a Friday, Boxing Day a Saturday: the Monday after is free in its place.
        ("GB-ENG", "2026-12-23", 1, "2026-12-24"),
        ("GB-ENG", "2026-12-23", 2, "2026-12-29"),
        ("GB-ENG", "2026-12-23", 6, "2027-01-05"),
        # Scotland keeps the second of January too; it falls on a Saturday, so the Monday is free.
        ("GB-SCT", "2026-12-31", 1, "2027-01-05"),
        ("FR", "2026-07-13", 1, "2026-07-15"),
        ("", "2026-12-24", 1, "2026-12-25"),
    ],
)
def test_public_holidays_of_the_place_do_not_count(settings, place, start, days, due):
    settings.PUBLIC_HOLIDAYS = place
    assert add_working_days(dt.date.fromisoformat(start), days) == dt.date.fromisoformat(due)


@pytest.mark.parametrize(("place", "refused"), [("GB-ENG", 0), ("", 0), ("GB-XX", 1), ("Riverbank", 1)])
def test_place_whose_holidays_nobody_knows_is_refused_at_the_start(settings, place, refused):
    settings.PUBLIC_HOLIDAYS = place
    assert [found.id for found in checks.holidays_are_known(None)] == ["feedback.E001"] * refused


def test_due_day_is_reckoned_from_the_day_in_the_councils_zone():
    # Half past eleven in the evening in UTC is the next day in London while summer time lasts.
    assert answer_due_on(dt.datetime(2026, 7, 5, 23, 30, tzinfo=dt.UTC)) == dt.date(2026, 7, 20)
    assert answer_due_on(dt.datetime(2026, 7, 5, 22, 30, tzinfo=dt.UTC)) == dt.date(2026, 7, 17)


def test_urgent_answer_is_due_at_the_end_of_the_next_working_day():
    friday = dt.datetime(2026, 11, 20, 9, 0, tzinfo=dt.UTC)
    assert answer_due_on(friday, urgent=True) == dt.date(2026, 11, 23)

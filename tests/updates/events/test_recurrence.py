"""When an event that comes back takes place: by the council's clocks, across their changes."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from look import times
from updates.events import recurrence, words

from .conftest import event, shown


def dates(detail) -> list[tuple[str, str]]:
    return [(shown(span.starts_at), shown(span.ends_at)) for span in recurrence.spans_of(detail)]


def starts(detail) -> list[str]:
    return [start for start, _end in dates(detail)]


def test_event_once_only_has_one_date():
    assert dates(event("2026-11-24 19:00", "2026-11-24 21:00")) == [("2026-11-24 19:00", "2026-11-24 21:00")]


def test_weekly_event_keeps_its_clock_time_when_the_clocks_go_back():
    found = recurrence.spans_of(event("2026-10-20 19:00", "2026-10-20 21:00", "weekly", "2026-10-27"))

    assert [shown(span.starts_at) for span in found] == ["2026-10-20 19:00", "2026-10-27 19:00"]
    assert found[1].starts_at - found[0].starts_at == timedelta(days=7, hours=1)


def test_night_event_ends_at_its_clock_time_though_the_night_is_shorter():
    night = event("2027-03-26 22:00", "2027-03-27 06:00", "daily", "2027-03-27")

    assert dates(night)[1] == ("2027-03-27 22:00", "2027-03-28 06:00")


def test_excepted_day_is_left_out():
    detail = event("2026-12-18 10:00", "2026-12-18 11:00", "weekly", "2027-01-01", but=("2026-12-25",))

    assert starts(detail) == ["2026-12-18 10:00", "2027-01-01 10:00"]


@pytest.mark.parametrize(
    ("repeats", "expected"),
    [
        ("daily", ["2026-10-30", "2026-10-31", "2026-11-01"]),
        ("weekly", ["2026-10-30", "2026-11-06", "2026-11-13"]),
        ("fortnightly", ["2026-10-30", "2026-11-13", "2026-11-27"]),
        ("monthly_date", ["2026-10-30", "2026-11-30", "2026-12-30"]),
        # The fifth Friday is the last: November has four.
        ("monthly_weekday", ["2026-10-30", "2026-11-27", "2026-12-25"]),
    ],
)
def test_each_way_of_repeating(repeats, expected):
    found = starts(event("2026-10-30 18:30", "2026-10-30 20:00", repeats, "2027-03-01"))

    assert found[:3] == [f"{day} 18:30" for day in expected]


def test_monthly_on_the_31st_leaves_short_months_out():
    found = starts(event("2026-10-31 10:00", "2026-10-31 11:00", "monthly_date", "2027-03-31"))

    assert found == ["2026-10-31 10:00", "2026-12-31 10:00", "2027-01-31 10:00", "2027-03-31 10:00"]


def test_start_that_the_spring_change_skips_is_left_out_and_named():
    detail = event("2027-03-27 01:30", "2027-03-27 01:45", "daily", "2027-03-29")

    assert starts(detail) == ["2027-03-27 01:30", "2027-03-29 01:30"]
    assert [day.isoformat() for day in recurrence.skipped_days(detail)] == ["2027-03-28"]


def test_start_that_the_autumn_change_repeats_is_the_first_of_the_two():
    found = recurrence.spans_of(event("2026-10-24 01:30", "2026-10-24 01:45", "daily", "2026-10-25"))

    assert found[1].starts_at - found[0].starts_at == timedelta(days=1)
    assert times.in_zone(found[1].starts_at).tzname() == "BST"


def test_dates_stop_at_the_most_that_are_kept():
    detail = event("2026-11-01 10:00", "2026-11-01 11:00", "daily", "2027-12-31")

    assert (len(dates(detail)), recurrence.too_many(detail)) == (recurrence.MOST_DATES, True)


@settings(deadline=None, max_examples=60)
@given(
    st.datetimes(min_value=datetime(2026, 1, 1), max_value=datetime(2027, 12, 1)),
    st.integers(min_value=0, max_value=60 * 24),
    st.sampled_from(["daily", "weekly", "fortnightly", "monthly_date", "monthly_weekday"]),
    st.integers(min_value=0, max_value=500),
)
def test_dates_are_in_order_and_never_end_before_they_start(start, minutes, repeats, days):
    end = start + timedelta(minutes=minutes)
    until = (start + timedelta(days=days)).date().isoformat()
    detail = event(start.isoformat(" "), max(start, end).isoformat(" "), repeats, until)
    if detail.ends_at < detail.starts_at:
        return  # the clock went back in between; no form lets it through

    found = recurrence.spans_of(detail)

    assert found == sorted(found)
    assert found[0] == (detail.starts_at, detail.ends_at)
    assert all(span.ends_at >= span.starts_at for span in found)
    assert [recurrence.span_at(detail, span.starts_at) for span in found] == found


@pytest.mark.parametrize(
    ("repeats", "said"),
    [
        ("never", ""),
        ("daily", "Every day until 1 March 2027"),
        ("weekly", "Every Friday until 1 March 2027"),
        ("fortnightly", "Every second Friday until 1 March 2027"),
        ("monthly_date", "Every month on the 30th until 1 March 2027"),
        ("monthly_weekday", "The last Friday of every month until 1 March 2027"),
    ],
)
def test_the_rule_in_words(repeats, said):
    assert words.rule(event("2026-10-30 18:30", "2026-10-30 20:00", repeats, "2027-03-01")) == said


def test_exceptions_in_words_stand_in_order():
    detail = event("2026-10-30 18:30", "2026-10-30 20:00", but=("2027-01-01", "2026-12-25", "2026-12-31"))

    assert words.exceptions(detail) == "25 December 2026, 31 December 2026 and 1 January 2027"


def test_days_are_read_as_people_write_them():
    typed = "Friday 25 December 2026\n\n25 Dec 2026\n1/1/2027\n2026-12-31\nFri, 8. January 2027"

    assert [day.isoformat() for day in words.read_days(typed)] == [
        "2026-12-25",
        "2026-12-31",
        "2027-01-01",
        "2027-01-08",
    ]

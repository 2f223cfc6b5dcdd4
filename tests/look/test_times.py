"""Moments in words, in the council's zone."""

import datetime as dt

import pytest

from look import times


@pytest.mark.parametrize(
    ("utc", "style", "expected"),
    [
        ("2026-11-22 06:40", "short", "Sun 22 Nov, 6:40am"),
        ("2026-11-22 06:40", "long", "Sunday 22 November 2026, 6:40am"),
        ("2026-11-22 06:40", "date", "Sun 22 Nov 2026"),
        ("2026-11-22 18:00", "time", "6pm"),
        ("2026-11-22 12:00", "time", "midday"),
        ("2026-11-22 00:00", "time", "midnight"),
        ("2026-11-22 00:05", "time", "12:05am"),
        ("2026-07-01 23:30", "short", "Thu 2 Jul, 12:30am"),
        ("2026-10-25 00:30", "time", "1:30am BST"),
        ("2026-10-25 01:30", "time", "1:30am GMT"),
        ("2026-03-29 01:00", "time", "2am"),
    ],
)
def test_words_for_a_moment_are_in_the_councils_zone(utc, style, expected):
    moment = dt.datetime.fromisoformat(utc).replace(tzinfo=dt.UTC)

    assert times.words(moment, style) == expected


def test_words_for_a_day_have_no_time():
    assert times.words(dt.date(2026, 11, 22)) == "Sun 22 Nov 2026"


def test_machine_keeps_the_offset():
    moment = dt.datetime(2026, 7, 1, 11, 0, tzinfo=dt.UTC)

    assert times.machine(moment) == "2026-07-01T12:00:00+01:00"

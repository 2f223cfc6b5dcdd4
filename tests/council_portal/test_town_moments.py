"""The grammar of the demo data's moments, against a fixed now."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from council_portal.town.moments import BadMoment, Calendar, clock_at

LONDON = ZoneInfo("Europe/London")
# A Sunday in winter, 18:34:56 in London.
NOW = Calendar(datetime(2026, 11, 22, 18, 34, 56, tzinfo=UTC), LONDON)


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("-95m", "2026-11-22T16:55:00+00:00"),
        ("+6h", "2026-11-23T00:30:00+00:00"),
        ("-3d 09:10", "2026-11-19T09:10:00+00:00"),
        ("+0d", "2026-11-22T00:00:00+00:00"),
        ("sun 10:00", "2026-11-29T10:00:00+00:00"),
        ("mon 10:00", "2026-11-23T10:00:00+00:00"),
        ("sat+2w", "2026-12-12T00:00:00+00:00"),
        ("thu-1w", "2026-11-19T00:00:00+00:00"),
        ("12-25+1d 07:00", "2026-12-26T07:00:00+00:00"),
        ("11-21", "2027-11-21T00:00:00+00:00"),
        ("-150d 12:00", "2026-06-25T12:00:00+01:00"),
    ],
)
def test_moment_by_the_grammar(expression, expected):
    assert NOW.moment(expression).isoformat() == expected


@pytest.mark.parametrize("expression", ["", "soon", "+5", "sat+2h", "+1d 9:00", "2026-11-22"])
def test_moment_outside_the_grammar_is_refused(expression):
    with pytest.raises(BadMoment):
        NOW.moment(expression)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("on {date:+5d}", "on Friday 27 November"),
        ("by {time:+0d 18:00}", "by 6pm"),
        ("from {time:+0d 00:05} to {time:+0d 12:00}", "from 12:05am to 12pm"),
        ("{when:-3d 06:40}", "6:40am on Thursday 19 November"),
        ("{month:+90d}, {year:+1100d}, {short:sat}, {day:-2d}", "February 2027, 2029, 28 November, Friday"),
        ("nothing to fill", "nothing to fill"),
    ],
)
def test_fill_replaces_placeholders(text, expected):
    assert NOW.fill(text) == expected


def test_clock_at_reaches_models_that_hold_on_to_the_function():
    kept = timezone.now

    with clock_at(NOW.now):
        assert kept() == NOW.now


def test_clock_at_is_put_back_even_after_an_error():
    with pytest.raises(RuntimeError), clock_at(NOW.now):
        raise RuntimeError

    assert timezone.now() != NOW.now

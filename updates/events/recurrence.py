"""When an event that comes back takes place, in the council's zone; pure, must not query or ask the time."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from typing import NamedTuple

from dateutil.rrule import DAILY, MONTHLY, WEEKLY, rrule, weekday

from look import times

from ..enums import Repeats
from ..models import EventDetail

# Nobody plans further, and a slip in the year must not fill the calendar.
MOST_DATES = 200
LONGEST_DAYS = 2 * 366
_DAYS_PER_WEEK = 7
# The fifth Friday of a month is its last one; months with four would otherwise be left out.
_LAST_OF_MONTH = 5


class Span(NamedTuple):
    """One time an event takes place, in aware UTC."""

    starts_at: datetime
    ends_at: datetime


def spans_of(event: EventDetail) -> list[Span]:
    """Return every time `event` takes place, in order: once, or by its rule until the last day.

    Each time keeps the clock times of the first, whatever the clocks do meanwhile; a day in `except_on`
    is left out, and so is a start that the spring change skips (RFC 5545, 3.3.10). At most MOST_DATES.
    """
    return [span for span in islice(_dates(event), MOST_DATES) if not _is_excepted(event, span)]


def span_at(event: EventDetail, starts_at: datetime | None) -> Span:
    """Return the time of `event` that starts at `starts_at`; the first for None."""
    if starts_at is None or starts_at == event.starts_at:
        return Span(event.starts_at, event.ends_at)
    return Span(starts_at, _ends(event, times.in_zone(starts_at)))


def too_many(event: EventDetail) -> bool:
    """Say whether the rule gives more dates than are kept."""
    return len(list(islice(_dates(event), MOST_DATES + 1))) > MOST_DATES


def skipped_days(event: EventDetail) -> list[date]:
    """Return the days, not excepted, on which the spring change skips the hour at which it would start."""
    missing = [naive.date() for naive in _naive(event) if not _happens(naive)]
    return [day for day in missing if day.isoformat() not in event.except_on]


def days_of(event: EventDetail) -> set[date]:
    """Return the days on which `event` would start if there were no exception."""
    return {naive.date() for naive in _naive(event)}


def rule_of(event: EventDetail) -> dict[str, object]:
    """Return the parts of the rule as RFC 5545 names them (FREQ, INTERVAL, …), without its end."""
    local = times.in_zone(event.starts_at)
    nth = nth_of_month(local.date())
    simple: dict[str, dict[str, object]] = {
        Repeats.DAILY: {"FREQ": "DAILY"},
        Repeats.WEEKLY: {"FREQ": "WEEKLY"},
        Repeats.FORTNIGHTLY: {"FREQ": "WEEKLY", "INTERVAL": 2},
        Repeats.MONTHLY_DATE: {"FREQ": "MONTHLY", "BYMONTHDAY": local.day},
        Repeats.MONTHLY_WEEKDAY: {"FREQ": "MONTHLY", "BYDAY": f"{nth}{weekday(local.weekday())}"},
    }
    return simple[event.repeats]


def nth_of_month(day: date) -> int:
    """Return which of its weekday `day` is in its month: 1 to 4, or -1 for the last where there are five."""
    number = (day.day - 1) // _DAYS_PER_WEEK + 1
    return -1 if number == _LAST_OF_MONTH else number


def _weekday_of_month(day: date) -> weekday:
    return weekday(day.weekday(), nth_of_month(day))


_FREQUENCIES = {"DAILY": DAILY, "WEEKLY": WEEKLY, "MONTHLY": MONTHLY}


def _dates(event: EventDetail) -> Iterator[Span]:
    first = Span(event.starts_at, event.ends_at)
    yield first
    for naive in _naive(event):
        local = naive.replace(tzinfo=times.zone())
        if naive > _clock_time(event.starts_at) and _happens(naive):
            yield Span(local.astimezone(UTC), _ends(event, local))


def _naive(event: EventDetail) -> Iterator[datetime]:
    """Yield every start as the clock on the wall shows it, the first included."""
    start = _clock_time(event.starts_at)
    if event.repeats == Repeats.NEVER or event.repeats_until_on is None:
        yield start
        return
    rule = rule_of(event)
    last = min(event.repeats_until_on, start.date() + timedelta(days=LONGEST_DAYS))
    yield from rrule(
        _FREQUENCIES[str(rule["FREQ"])],
        dtstart=start,
        interval=int(str(rule.get("INTERVAL", 1))),
        bymonthday=rule.get("BYMONTHDAY"),
        byweekday=_weekday_of_month(start.date()) if "BYDAY" in rule else None,
        until=datetime.combine(last, datetime.max.time()),
    )


def _clock_time(moment: datetime) -> datetime:
    return times.in_zone(moment).replace(tzinfo=None, fold=0)


def _ends(event: EventDetail, start: datetime) -> datetime:
    """Return when a time that starts at `start` (in the council's zone) ends, by the clock on the wall."""
    by_clock = _clock_time(event.ends_at) - _clock_time(event.starts_at)
    end = (start.replace(tzinfo=None, fold=0) + by_clock).replace(tzinfo=times.zone()).astimezone(UTC)
    # Within the hour that the autumn change repeats, the clock may show an end before the start.
    return end if end >= start else start.astimezone(UTC) + (event.ends_at - event.starts_at)


def _happens(naive: datetime) -> bool:
    """Say whether the clock ever shows `naive`: the spring change leaves an hour out."""
    zone = times.zone()
    return naive.replace(tzinfo=zone).astimezone(UTC).astimezone(zone).replace(tzinfo=None) == naive


def _is_excepted(event: EventDetail, span: Span) -> bool:
    return times.in_zone(span.starts_at).date().isoformat() in event.except_on

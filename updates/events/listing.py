"""Events by day and by month, as lists and tables show them; must not query: it is given the dates."""

import calendar
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from itertools import groupby

from django.utils.translation import gettext as _

from look import times
from look.months import Month

from .. import cards, facts
from ..enums import EventStatus
from ..models import Occurrence
from . import words

# What ends before this hour belongs to the night before (council's clock).
NIGHT_ENDS = time(6)


@dataclass(frozen=True)
class Entry:
    """One date of an event, on one day."""

    title: str
    url: str
    time: str
    place: str = ""
    rule: str = ""
    tone: str = "event"
    tag_text: str = ""
    has_ended: bool = False
    # It does not take place then: what stands here is struck through.
    is_off: bool = False


@dataclass(frozen=True)
class Day:
    """A day and what is on."""

    on: date
    entries: list[Entry] = field(default_factory=list)


@dataclass(frozen=True)
class Sheet:
    """A month as rows of weeks, Monday first; None stands for a day of another month."""

    weekdays: list[date]
    weeks: list[list[Day | None]]

    @property
    def days(self) -> int:
        """Return on how many days something is on."""
        return sum(bool(day and day.entries) for week in self.weeks for day in week)


def by_day(dates: Iterable[Occurrence]) -> list[Day]:
    """Return `dates` (in order) under the day on which each starts."""
    return [
        Day(day, [_entry(each, _from_to(each)) for each in found])
        for day, found in groupby(dates, key=lambda each: times.in_zone(each.starts_at).date())
    ]


def by_month(month: Month, dates: Sequence[Occurrence]) -> Sheet:
    """Return the sheet of `month`, each of `dates` on every day it covers."""
    found: dict[date, list[Entry]] = {}
    for each in dates:
        for day in days_of(each):
            found.setdefault(day, []).append(_entry(each, _on_day(each, day)))
    weeks = calendar.Calendar().monthdatescalendar(month.year, month.month)
    shown = [
        [Day(day, found.get(day, [])) if day.month == month.month else None for day in week] for week in weeks
    ]
    return Sheet(weeks[0], shown)


def days_of(each: Occurrence) -> list[date]:
    """Return the days that an event covers; one that ends in the night belongs to the evening alone."""
    start, end = times.in_zone(each.starts_at), times.in_zone(each.ends_at)
    last = end.date()
    if last > start.date() and end.time() <= NIGHT_ENDS:
        last -= timedelta(days=1)
    return [start.date() + timedelta(days=number) for number in range((last - start.date()).days + 1)]


def _entry(each: Occurrence, when: str) -> Entry:
    notice = each.notice
    edition = cards.live_edition(notice)
    event = edition.event
    has_changed = event.event_status != EventStatus.GOING_AHEAD
    return Entry(
        title=edition.headline,
        url=notice.get_absolute_url(),
        time=when,
        place=" · ".join(part for part in (event.venue, event.cost) if part),
        rule=words.rule(event),
        tone="neutral" if notice.ended_at else facts.event_tone(event),
        tag_text=event.get_event_status_display() if has_changed else "",
        has_ended=notice.ended_at is not None,
        is_off=event.event_status in {EventStatus.CANCELLED, EventStatus.POSTPONED},
    )


def _from_to(each: Occurrence) -> str:
    """Return "7pm to 9pm", "10pm to 2am", or with the day where it lasts longer than a night."""
    if each.starts_at == each.ends_at:
        return times.words(each.starts_at, "time")
    style = "time" if len(days_of(each)) == 1 else "short"
    return _("%(start)s to %(end)s") % {
        "start": times.words(each.starts_at, "time"),
        "end": times.words(each.ends_at, style),
    }


def _on_day(each: Occurrence, day: date) -> str:
    """Return what to read on one of the days an event covers: "from 2pm", "all day", "until 5pm"."""
    covered = days_of(each)
    if len(covered) == 1:
        return _from_to(each)
    if day == covered[0]:
        return _("from %(time)s") % {"time": times.words(each.starts_at, "time")}
    if day == covered[-1]:
        return _("until %(time)s") % {"time": times.words(each.ends_at, "time")}
    return _("all day")

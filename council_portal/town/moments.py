"""Works out the demo data's relative moments and placeholders (grammar: council_portal/demo/README.md)."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone

WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
_MOMENT = re.compile(
    r"^(?:(?P<ago>[+-]\d+)(?P<unit>[mh])"
    r"|(?:(?P<days>[+-]\d+)d|(?P<weekday>mon|tue|wed|thu|fri|sat|sun)|(?P<month>\d\d)-(?P<day>\d\d))"
    r"(?:(?P<shift>[+-]\d+)(?P<shift_unit>[dw]))?(?: (?P<clock>\d\d:\d\d))?)$"
)
_PLACEHOLDER = re.compile(r"\{(\w+):([^{}]+)\}")


class BadMoment(ValueError):
    """The expression is not in the grammar."""


@dataclass(frozen=True)
class Calendar:
    """The loader's own now: every expression is worked out against it, in the council's zone."""

    now: datetime
    zone: ZoneInfo

    def moment(self, expression: str) -> datetime:
        """Return the aware moment that `expression` names; a day alone means its midnight."""
        match = _MOMENT.match(expression)
        if not match:
            raise BadMoment(expression)
        if match["ago"]:
            unit = {"m": "minutes", "h": "hours"}[match["unit"]]
            exact = self.now + timedelta(**{unit: int(match["ago"])})
            return exact.replace(minute=exact.minute - exact.minute % 5, second=0, microsecond=0)
        clock = time.fromisoformat(match["clock"] or "00:00")
        return datetime.combine(self._day(match), clock, tzinfo=self.zone)

    def _day(self, match: re.Match[str]) -> date:
        today = self.now.astimezone(self.zone).date()
        if match["days"]:
            base = today + timedelta(days=int(match["days"]))
        elif match["weekday"]:
            ahead = (WEEKDAYS.index(match["weekday"]) - today.weekday() - 1) % 7 + 1
            base = today + timedelta(days=ahead)
        else:
            base = date(today.year, int(match["month"]), int(match["day"]))
            base = base if base >= today else base.replace(year=today.year + 1)
        if match["shift"]:
            base += timedelta(days=int(match["shift"]) * (7 if match["shift_unit"] == "w" else 1))
        return base

    def fill(self, text: str) -> str:
        """Return `text` with every `{FORMAT:EXPR}` replaced by the words for that moment."""
        return _PLACEHOLDER.sub(lambda hit: _FORMATS[hit[1]](self._local(hit[2])), text)

    def _local(self, expression: str) -> datetime:
        return self.moment(expression).astimezone(self.zone)


def _clock(moment: datetime) -> str:
    hour, half = moment.hour % 12 or 12, "am" if moment.hour < 12 else "pm"  # noqa: PLR2004 - noon
    return f"{hour}{half}" if moment.minute == 0 else f"{hour}:{moment.minute:02}{half}"


def _date(moment: datetime) -> str:
    return f"{moment:%A} {moment.day} {moment:%B}"


_FORMATS: dict[str, Callable[[datetime], str]] = {
    "date": _date,
    "short": lambda moment: f"{moment.day} {moment:%B}",
    "day": lambda moment: f"{moment:%A}",
    "time": _clock,
    "when": lambda moment: f"{_clock(moment)} on {_date(moment)}",
    "month": lambda moment: f"{moment:%B %Y}",
    "year": lambda moment: f"{moment:%Y}",
}


@contextmanager
def clock_at(moment: datetime) -> Iterator[None]:
    """Let everything inside believe it is `moment`, so that history is made through the real doors.

    Changes what django.utils.timezone.now reads, not the function: models hold on to that as their
    default. It holds for the whole process: only for the loader, which is alone.
    """

    class Stopped(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
            return moment.astimezone(tz)

    real: Any = timezone.datetime  # type: ignore[attr-defined]
    timezone.datetime = Stopped  # type: ignore[attr-defined]
    try:
        yield
    finally:
        timezone.datetime = real  # type: ignore[attr-defined]

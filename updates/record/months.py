"""Whole months where the council is, and which of them the record tells; must not look at the clock."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max, Min

from look import times

from ..models import Edition

# How many months one page of the record covers.
A_YEAR = 12
_MONTHS = range(1, 13)


@dataclass(frozen=True, order=True)
class Month:
    """One month in the council's zone."""

    year: int
    month: int

    @classmethod
    def of(cls, moment: datetime) -> "Month":
        """Return the month a moment falls in."""
        local = times.in_zone(moment)
        return cls(local.year, local.month)

    @property
    def key(self) -> str:
        """Return it as it stands in an address: "2026-11"."""
        return f"{self.year:04d}-{self.month:02d}"

    @property
    def starts_at(self) -> datetime:
        """Return the moment it begins."""
        return datetime(self.year, self.month, 1, tzinfo=times.zone())

    @property
    def name(self) -> str:
        """Return it in words: "November 2026"."""
        return times.date_format(self.starts_at, "F Y")

    @property
    def short_name(self) -> str:
        """Return it as a label under a bar: "Nov"."""
        return times.date_format(self.starts_at, "M")

    def moved(self, by: int) -> "Month":
        """Return the month `by` months later, or earlier."""
        months = self.year * A_YEAR + self.month - 1 + by
        return Month(months // A_YEAR, months % A_YEAR + 1)


@dataclass(frozen=True)
class Period:
    """Some months in a row, the oldest first."""

    months: tuple[Month, ...]

    @property
    def starts_at(self) -> datetime:
        """Return the moment it begins."""
        return self.months[0].starts_at

    @property
    def ends_at(self) -> datetime:
        """Return the moment after it."""
        return self.months[-1].moved(1).starts_at


def read(key: str) -> Month | None:
    """Return the month an address names; None when there is no such month."""
    year, _dash, month = key.partition("-")
    found = Month(int(year), int(month))
    return found if found.month in _MONTHS and found.year >= 1 else None


def known() -> Period | None:
    """Return the months from the first publication to the last; None before there is any. One query."""
    seen = Edition.objects.filter(published_at__isnull=False)
    ends = seen.aggregate(first=Min("published_at"), last=Max("published_at"))
    if ends["first"] is None:
        return None
    first, last = Month.of(ends["first"]), Month.of(ends["last"])
    count = (last.year - first.year) * A_YEAR + last.month - first.month + 1
    return Period(tuple(first.moved(by) for by in range(count)))


def year_to(last: Month) -> Period:
    """Return the twelve months that end with `last`."""
    return Period(tuple(last.moved(by) for by in range(1 - A_YEAR, 1)))

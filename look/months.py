"""Whole months by the council's clocks: in words, in addresses, as moments; must not look at the clock."""

from dataclasses import dataclass
from datetime import date, datetime

from . import times

_A_YEAR = 12


@dataclass(frozen=True, order=True)
class Month:
    """One month in the council's zone."""

    year: int
    month: int

    def __str__(self) -> str:
        return self.key

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
    def first(self) -> date:
        """Return its first day."""
        return date(self.year, self.month, 1)

    @property
    def starts_at(self) -> datetime:
        """Return the moment it begins."""
        return datetime(self.year, self.month, 1, tzinfo=times.zone())

    @property
    def ends_at(self) -> datetime:
        """Return the moment after it."""
        return self.moved(1).starts_at

    @property
    def name(self) -> str:
        """Return it in words: "November 2026"."""
        return times.date_format(self.first, "F Y")

    @property
    def short_name(self) -> str:
        """Return it as a label under a bar: "Nov"."""
        return times.date_format(self.first, "M")

    def moved(self, by: int) -> "Month":
        """Return the month `by` months later, or earlier."""
        months = self.year * _A_YEAR + self.month - 1 + by
        return Month(months // _A_YEAR, months % _A_YEAR + 1)


def read(key: str) -> Month:
    """Return the month that "2026-11" names; raises ValueError when there is no such month."""
    year, _dash, month = key.partition("-")
    day = date(int(year), int(month), 1)
    return Month(day.year, day.month)

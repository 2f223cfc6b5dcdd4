"""Which months the record tells; must not look at the clock."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max, Min

from look.months import Month

from ..models import Edition

# How many months one page of the record covers.
A_YEAR = 12


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
        return self.months[-1].ends_at


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

"""Says which part of what residents sent is looked at: where, about what, and when; must not count."""

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import QuerySet

from look import times

from .. import listing
from ..enums import Status

WEEKS = 12


@dataclass(frozen=True)
class Scope:
    """Which part of what residents sent is looked at; without a week, the last twelve."""

    ward_ids: frozenset[int] | None = None
    kind: str = ""
    sort: str = ""
    week: dt.date | None = None
    notice: str = ""

    def whole_time(self) -> "Scope":
        """Return the same for all the weeks."""
        return replace(self, week=None)

    @property
    def is_about_some_notices(self) -> bool:
        """Say whether it is narrowed by what was written about."""
        return bool(self.kind or self.notice)


@dataclass(frozen=True)
class Period:
    """Whole weeks: from the first Monday until before the Monday after the last."""

    first: dt.date
    until: dt.date

    def before(self) -> "Period":
        """Return the period of the same length that ends where this one begins."""
        return Period(self.first - (self.until - self.first), self.first)


def monday(day: dt.date) -> dt.date:
    """Return the Monday of the week `day` lies in."""
    return day - dt.timedelta(days=day.weekday())


def weeks(day: dt.date) -> list[dt.date]:
    """Return the Mondays of the weeks counted, oldest first; the last is the week of `day`."""
    return [monday(day) - dt.timedelta(weeks=back) for back in range(WEEKS - 1, -1, -1)]


def period(scope: Scope, day: dt.date) -> Period:
    """Return the weeks `scope` is about, seen on `day`."""
    first = scope.week or weeks(day)[0]
    last = scope.week or monday(day)
    return Period(first, last + dt.timedelta(weeks=1))


def voices(scope: Scope, span: Period) -> QuerySet[Any]:
    """Return what was sent in words within `scope` in those weeks."""
    rows = listing.every(scope.sort)
    rows = rows.filter(received_at__gte=midnight(span.first), received_at__lt=midnight(span.until))
    return within(rows, scope)


def shown(scope: Scope, span: Period) -> QuerySet[Any]:
    """Return what a moderator has looked at and shows."""
    return voices(scope, span).filter(status=Status.PUBLISHED)


def within(rows: QuerySet[Any], scope: Scope) -> QuerySet[Any]:
    """Narrow voices or counts of them to the place and the notices of `scope`."""
    if scope.ward_ids is not None:
        rows = rows.filter(ward__in=scope.ward_ids)
    if scope.kind:
        rows = rows.filter(notice__kind=scope.kind)
    if scope.notice:
        rows = rows.filter(notice__reference=scope.notice)
    return rows


def midnight(day: dt.date) -> dt.datetime:
    """Return the beginning of a day in the council's zone."""
    return dt.datetime.combine(day, dt.time(), times.zone())

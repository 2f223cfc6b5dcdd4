"""Finds the written summary that fits what is looked at; summarising.py writes them and keeps them true."""

import datetime as dt

from django.db.models import Max, Q

from updates.models import Notice

from .. import summaries
from ..enums import SummaryScope
from ..models import Summary
from .scope import Scope, monday

WARDS_SHOWN = 3
# So few are read faster than a summary of them.
FEW = 10
# The days for which a week has just begun: Monday and Tuesday.
_JUST_BEGUN = 2


def latest(scope: Scope) -> Summary | None:
    """Return the newest finished summary of exactly this scope, or None. At most two queries.

    There is one for a notice, and one for a week in one ward or in all; for nothing else.
    """
    about = _about(scope)
    return summaries.latest(about) if about else None


def of_wards(scope: Scope) -> list[Summary]:
    """Return the newest finished summaries of a week in each of several wards. One query for each ward."""
    if scope.kind or scope.sort or scope.notice or scope.week is None or not scope.ward_ids:
        return []
    wards = sorted(scope.ward_ids)[:WARDS_SHOWN]
    found = (summaries.latest(summaries.about_week(scope.week, ward)) for ward in wards)
    return [summary for summary in found if summary]


def newest_week(ward_ids: frozenset[int] | None, day: dt.date) -> dt.date:
    """Return the Monday of the week of `day`, or of the one before if only that is worth opening. One query.

    A week is when it has a summary; one that has just begun, when that is of more than a few people: on a
    Monday morning hardly anybody has written, and a page about that morning says nothing.
    """
    this = monday(day)
    few = FEW if day.weekday() < _JUST_BEGUN else 0
    rows = Summary.objects.filter(scope=SummaryScope.WEEK, finished_at__isnull=False)
    rows = rows.filter(Q(week=this, people__gt=few) | Q(week=this - dt.timedelta(weeks=1)))
    rows = rows.filter(ward__isnull=True) if ward_ids is None else rows.filter(ward__in=ward_ids)
    return rows.aggregate(newest=Max("week"))["newest"] or this


def _about(scope: Scope) -> summaries.About | None:
    if scope.kind or scope.sort:
        return None
    if scope.notice:
        key = Notice.objects.filter(reference=scope.notice).values_list("pk", flat=True).first()
        return summaries.about_notice(key) if key else None
    if scope.week is None or (scope.ward_ids is not None and len(scope.ward_ids) != 1):
        return None
    return summaries.about_week(scope.week, next(iter(scope.ward_ids), None) if scope.ward_ids else None)

"""The notices a search is narrowed to, before any word is looked for."""

from datetime import date, datetime, time, timedelta

from look import times

from .. import queries
from ..models import NoticeQuerySet
from .asked import Asked


def narrowed(asked: Asked) -> NoticeQuerySet:
    """Return the live notices of the kind, place, state and days asked for, newest first."""
    found = queries.listed(kind=asked.kind, ward=asked.ward, state=asked.state)
    if asked.since:
        found = found.filter(updated_at__gte=_midnight(asked.since))
    if asked.until:
        found = found.filter(updated_at__lt=_midnight(asked.until + timedelta(days=1)))
    return found


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=times.zone())

"""What the record counts, case by case, each from published rows alone; a fixed number of queries each.

Every function returns the cases that fall between two moments, the second excluded, oldest first.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import OuterRef, Q, QuerySet, Subquery

from look import times

from .. import corrections
from ..enums import OutageState
from ..models import Edition, Notice
from ..outages import history


@dataclass(frozen=True)
class Case:
    """One thing that was counted: when it counts, of which notice, how long it took, whether it held."""

    at: datetime
    notice: Notice
    took: timedelta | None = None
    # None: not put to the test yet, or nothing to be held.
    held: bool | None = None


def _published(start: datetime, end: datetime) -> QuerySet[Edition]:
    found = Edition.objects.filter(published_at__gte=start, published_at__lt=end)
    return found.select_related("notice__live_edition").order_by("published_at", "pk")


def to_live(start: datetime, end: datetime) -> list[Case]:
    """From approval until residents could read it. One query.

    What was scheduled counts from its time: waiting until then was meant. What was published urgently was
    not approved first, and stands among the second checks.
    """
    approved = _published(start, end).filter(approved_at__isnull=False, is_urgent=False)
    return [_to_live(edition) for edition in approved]


def _to_live(edition: Edition) -> Case:
    assert edition.published_at is not None and edition.approved_at is not None  # asked for above
    ready = max(edition.approved_at, edition.publish_at or edition.approved_at)
    return Case(edition.published_at, edition.notice, max(edition.published_at - ready, timedelta()))


def promises(start: datetime, end: datetime) -> list[Case]:
    """Each “next update by” that fell due: kept when residents could read something newer by then. One query.

    A notice that ended or was withdrawn by then said its last word in time. Restored means that nothing more
    is owed.
    """
    newer = Edition.objects.filter(
        notice=OuterRef("notice"), number__gt=OuterRef("number"), published_at__isnull=False
    )
    due = Edition.objects.filter(
        published_at__isnull=False,
        outage__next_update_by_at__gte=start,
        outage__next_update_by_at__lt=end,
    ).exclude(outage__state=OutageState.RESTORED)
    found = due.annotate(came_at=Subquery(newer.order_by("number").values("published_at")[:1]))
    rows = found.select_related("outage", "notice__live_edition").order_by("outage__next_update_by_at", "pk")
    return [_promise(edition) for edition in rows]


def _promise(edition: Edition) -> Case:
    due, notice = edition.outage.next_update_by_at, edition.notice
    assert due is not None and edition.published_at is not None  # asked for above
    # What ended the notice before this edition went live answers nothing.
    ends = [at for at in (notice.ended_at, notice.withdrawn_at) if at and at >= edition.published_at]
    came = min([at for at in (getattr(edition, "came_at", None), *ends) if at], default=None)
    if came is not None:
        return Case(due, notice, held=came <= due)
    return Case(due, notice, held=False if edition.outage.update_missed_at else None)


def estimates(start: datetime, end: datetime) -> list[Case]:
    """Each outage that was restored: was it back by the last time residents had been given? Two queries."""
    days = history.Period(times.in_zone(start).date(), times.in_zone(end - timedelta(microseconds=1)).date())
    told = [story for story in history.stories(days) if story.last_held is not None]
    return [Case(story.restored_at, story.notice, story.lasted, story.last_held) for story in reversed(told)]


def corrected(start: datetime, end: datetime) -> list[Case]:
    """Each correction, and for how long the wrong words had stood. Eight queries."""
    found = corrections.published().filter(published_at__gte=start, published_at__lt=end)
    editions = list(found.select_related("notice__live_edition").order_by("published_at", "pk"))
    return [
        Case(edition.published_at, edition.notice, correction.stood)
        for edition, correction in zip(editions, corrections.tell(editions), strict=True)
        if edition.published_at
    ]


def second_checks(start: datetime, end: datetime) -> list[Case]:
    """Each urgent publication: was it checked in time by a second person, and when? One query."""
    return [_check(edition) for edition in _published(start, end).filter(is_urgent=True)]


def _check(edition: Edition) -> Case:
    made, due = edition.second_check_at, edition.second_check_due_at
    assert edition.published_at is not None and due is not None  # a constraint: urgent means it has a time
    if made:
        return Case(edition.published_at, edition.notice, made - edition.published_at, made <= due)
    return Case(edition.published_at, edition.notice, held=False if edition.second_check_overdue_at else None)


@dataclass(frozen=True)
class Now:
    """What is owed at this moment, as the rows say."""

    checks_owed: int
    checks_overdue: int
    updates_missed: int
    estimates_missed: int


def now() -> Now:
    """Return what is owed now, as the minute beat has marked it. Three queries."""
    owed = Edition.objects.filter(is_urgent=True, second_check_at=None)
    live = Edition.objects.filter(live_for__in=Notice.objects.current()).filter(outage__isnull=False)
    return Now(
        checks_owed=owed.count(),
        checks_overdue=owed.filter(second_check_overdue_at__isnull=False).count(),
        updates_missed=live.filter(outage__update_missed_at__isnull=False).count(),
        estimates_missed=live.filter(Q(outage__estimate_missed_at__isnull=False)).count(),
    )

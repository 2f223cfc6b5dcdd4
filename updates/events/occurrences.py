"""Keeps one row for each time a live event takes place, and moves its next date on; pages only read them."""

from datetime import datetime

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from accounts.enums import Kind

from ..enums import EventStatus
from ..models import Edition, EventDetail, Notice, Occurrence
from . import recurrence


def renew(notice: Notice, event: EventDetail, now: datetime) -> datetime | None:
    """Make the rows of `notice` anew from `event`; return when it takes place next (see next_start).

    Call it inside the publishing transaction.
    """
    spans = recurrence.spans_of(event)
    notice.occurrences.all().delete()
    Occurrence.objects.bulk_create(Occurrence(notice=notice, **span._asdict()) for span in spans)
    return next_start(event, spans, now)


def next_start(event: EventDetail, spans: list[recurrence.Span], now: datetime) -> datetime | None:
    """Return the start of the first of `spans` that is not over at `now`.

    Of an event that is over, the start of the last one, until the minute beat ends it; None for one that is
    postponed to a day nobody knows.
    """
    coming = [span.starts_at for span in spans if span.ends_at > now]
    if coming:
        return coming[0]
    is_postponed = event.event_status == EventStatus.POSTPONED or not spans
    return None if is_postponed else spans[-1].starts_at


def advance(now: datetime) -> int:
    """Let each event whose next date is over show the one after; return how many. The beat calls it."""
    over = Occurrence.objects.filter(
        notice=OuterRef("pk"), starts_at=OuterRef("starts_at"), ends_at__lte=now
    ).values("pk")
    due = Notice.objects.current().filter(Exists(over), kind=Kind.EVENT, starts_at__lte=now)
    return sum(_advance_one(notice, now) for notice in due.select_related("live_edition__event"))


def _advance_one(notice: Notice, now: datetime) -> int:
    ahead = notice.occurrences.filter(ends_at__gt=now).order_by("starts_at").first()
    assert notice.live_edition is not None  # current() holds published notices only
    if ahead is None and notice.live_edition.event.event_status != EventStatus.POSTPONED:
        return 0  # over for good: the beat ends it
    same = Notice.objects.filter(pk=notice.pk, starts_at=notice.starts_at)
    return same.update(starts_at=ahead.starts_at if ahead else None)


def is_over(now: datetime) -> Q:
    """Return which editions' event took place for the last time before `now`.

    A postponed one is not over: its new date is to come.
    """
    ahead = Occurrence.objects.filter(notice=OuterRef("notice"), ends_at__gt=now)
    postponed = Q(event__event_status=EventStatus.POSTPONED)
    return Q(event__ends_at__lte=now) & ~postponed & ~Q(Exists(ahead))


# --- What residents' pages read -------------------------------------------------------------------


def coming(notices: QuerySet[Notice]) -> QuerySet[Occurrence]:
    """Return the times, not over yet, at which the events among `notices` take place, the soonest first."""
    ahead = Occurrence.objects.filter(notice__in=notices, starts_at__gte=F("notice__starts_at"))
    return ahead.select_related("notice__live_edition__event").order_by("starts_at", "notice_id")


def between(notices: QuerySet[Notice], first: datetime, last: datetime) -> QuerySet[Occurrence]:
    """Return the times at which the events among `notices` are on between two moments."""
    on = Occurrence.objects.filter(notice__in=notices, starts_at__lt=last, ends_at__gte=first)
    return on.select_related("notice__live_edition__event").order_by("starts_at", "notice_id")


def of_notice(edition: Edition) -> list[recurrence.Span]:
    """Return the coming times of a live edition's event, or all times of one that is not live. No query."""
    notice, spans = edition.notice, recurrence.spans_of(edition.event)
    if edition.pk != notice.live_edition_id or notice.starts_at is None:
        return spans
    return [span for span in spans if span.starts_at >= notice.starts_at]

"""Finds rows left behind: lost by the broker, orphaned by a dead worker, too late to send; sends nothing."""

from datetime import datetime, timedelta

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from .engine import on_time
from .enums import ErrorKind, HoldReason, Status
from .models import OutgoingRow
from .moves import MOVES, Move
from .rows import move
from .timing import timing

BATCH = 500
"""Ids handed over by one sweep; the next sweep takes the rest."""


def due_ids(queryset: QuerySet[OutgoingRow], now: datetime) -> list[int]:
    """Rows to send now that no worker has been told about lately, oldest first."""
    waiting = on_time(queryset, now).filter(status__in=MOVES[Move.CLAIM])
    return _untold(waiting, now)


def settle_ids(queryset: QuerySet[OutgoingRow], now: datetime) -> list[int]:
    """Unknown rows whose time to be looked for has come."""
    return _untold(queryset.filter(status__in=MOVES[Move.SETTLE], next_attempt_at__lte=now), now)


def removal_ids(queryset: QuerySet[OutgoingRow], now: datetime) -> list[int]:
    """Withdrawn rows whose next attempt to be removed has come."""
    return _untold(queryset.filter(status__in=MOVES[Move.TAKE_DOWN], next_attempt_at__lte=now), now)


def mark_told(queryset: QuerySet[OutgoingRow], ids: list[int], now: datetime) -> None:
    """Remember that workers were told about these rows, so that a backlog is not told again every sweep."""
    queryset.filter(pk__in=ids).update(enqueued_at=now)


def abandon_dead_claims(queryset: QuerySet[OutgoingRow], now: datetime) -> int:
    """Claims that outlived any worker become unknown, never queued; returns how many."""
    waits = timing()
    dead = queryset.filter(claimed_at__lt=now - timedelta(seconds=waits.claim_limit))
    return move(
        dead,
        Move.ABANDON,
        status=Status.UNKNOWN,
        next_attempt_at=now,
        enqueued_at=None,
        absences=0,
        error_kind=ErrorKind.OUTCOME_UNKNOWN,
        last_error=_("The worker stopped while sending this."),
    )


def hold_late(queryset: QuerySet[OutgoingRow], now: datetime) -> int:
    """Rows that should have left long ago wait for a person, never leave in a burst; returns how many."""
    late = queryset.filter(next_attempt_at__lte=now - timedelta(seconds=timing().late_after))
    return move(
        late,
        Move.HOLD,
        status=Status.HELD,
        hold_reason=HoldReason.LATE,
        last_error=_("This should have gone out more than ten minutes ago. Check that it still holds."),
    )


def _untold(rows: QuerySet[OutgoingRow], now: datetime) -> list[int]:
    lately = now - timedelta(seconds=timing().requeue_after)
    untold = Q(enqueued_at__isnull=True) | Q(enqueued_at__lt=lately) | Q(enqueued_at__lt=F("next_attempt_at"))
    return list(rows.filter(untold).order_by("next_attempt_at", "pk").values_list("pk", flat=True)[:BATCH])

"""Withdraws rows: stops what has not left, takes down what has; never decides that something is withdrawn."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from .backoff import next_try
from .engine import Outcome, attempt
from .enums import Status
from .moves import Move
from .receipt import Receipt
from .rows import MAY_BE_OUTSIDE, Row, lease, move, same_claim, trouble
from .timing import timing


def withdraw(queryset: QuerySet[Row], now: datetime | None = None) -> None:
    """Mark every row of `queryset` as not wanted any more; call inside the transaction that withdraws.

    Rows not sent yet are cancelled, sent ones wait for removal, and those being sent or looked for keep their
    state: the mark alone makes them go to removal or to cancelled once their fate is known.
    """
    now = now or timezone.now()
    # The mark comes first: a row that is being recorded as sent right now sees it or is seen below.
    queryset.filter(removal_wanted_at__isnull=True).update(removal_wanted_at=now)
    cancel_unsent(queryset, _("Withdrawn before it was sent."))
    move(queryset, Move.WITHDRAW_SENT, status=Status.REMOVING, next_attempt_at=now, last_error="")


def cancel_unsent(queryset: QuerySet[Row], sentence: str) -> int:
    """Cancel the rows that certainly have not left; returns how many. What may be outside stays as it is."""
    certain = queryset.exclude(MAY_BE_OUTSIDE)
    return move(
        certain,
        Move.WITHDRAW_UNSENT,
        status=Status.CANCELLED,
        hold_reason="",
        last_error=sentence,
        error_kind="",
    )


def claim_removal(queryset: QuerySet[Row], pk: int, now: datetime | None = None) -> Row | None:
    """Reserve a row for one attempt to remove it, or None. Removing twice is harmless: a lease is enough."""
    return lease(
        queryset, Move.TAKE_DOWN, pk, now or timezone.now(), timing().claim_limit, "removal_attempts"
    )


def take_down(row: Row, remove: Callable[[], None]) -> Outcome:
    """Call `remove` once and record the result. A failed removal stays visible and is tried again."""
    done = Receipt(row.remote_id, row.remote_url)

    def call() -> Receipt:
        remove()
        return done

    outcome = attempt(call)
    now = timezone.now()
    if outcome.error is None:
        record_removed(row, now)
        return outcome
    again = next_try(row.removal_attempts, now, timing(), getattr(outcome.error, "retry_at", None))
    move(same_claim(row), Move.TAKE_DOWN, next_attempt_at=again, **trouble(outcome.error))
    return outcome


def record_removed(row: Row, now: datetime | None = None) -> bool:
    """Record that the message is gone from the other side; also for a person who removed it by hand."""
    gone = {"status": Status.REMOVED, "removed_at": now or timezone.now(), "last_error": "", "error_kind": ""}
    return bool(move(same_claim(row), Move.TAKE_DOWN, **gone))


def retry_removal(row: Row) -> bool:
    """Try to remove at once instead of waiting for the next turn."""
    return bool(move(same_claim(row), Move.TAKE_DOWN, next_attempt_at=timezone.now() - timedelta(seconds=1)))

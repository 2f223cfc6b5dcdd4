"""Claims one row, lets the sender speak, and records what came of it; never speaks to anybody itself."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from .backoff import next_try
from .enums import HoldReason, Status
from .errors import AccountBroken, Blocked, NotSent, OutcomeUnknown, Rejected, SendError
from .moves import Move
from .receipt import Receipt
from .rows import Row, move, proven_sent, same_claim, trouble, unless_withdrawn
from .timing import timing

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Outcome:
    """What a call brought: a receipt, an error, or (reading back) neither."""

    receipt: Receipt | None = None
    error: SendError | None = None


def on_time(queryset: QuerySet[Row], now: datetime) -> QuerySet[Row]:
    """Rows that are due and not so late that a person must look first."""
    oldest = now - timedelta(seconds=timing().late_after)
    return queryset.filter(
        next_attempt_at__lte=now, next_attempt_at__gt=oldest, removal_wanted_at__isnull=True
    )


def claim(queryset: QuerySet[Row], pk: int, now: datetime | None = None) -> Row | None:
    """Take one due row for sending, or None if somebody else has it or it may not be sent.

    One conditional UPDATE decides; `queryset` carries the app's own conditions (locks, tombstones) as EXISTS
    so that they are part of that same statement. Commits the claim before anything is called.
    """
    now = now or timezone.now()
    taken = move(
        on_time(queryset.filter(pk=pk), now),
        Move.CLAIM,
        status=Status.SENDING,
        claimed_at=now,
        attempts=F("attempts") + 1,
        unended_claims=F("unended_claims") + 1,
    )
    return queryset.model._base_manager.get(pk=pk) if taken else None


def deliver(row: Row, send: Callable[[], Receipt]) -> Outcome:
    """Call `send` once for a claimed row and record the result. Must run outside any transaction."""
    outcome = attempt(send)
    now = timezone.now()
    if outcome.receipt is not None:
        move(same_claim(row), Move.RECORD_SENT, **proven_sent(outcome.receipt, now))
    elif outcome.error is not None:
        move(same_claim(row), Move.RECORD_ERROR, **_after_error(row, outcome.error, now))
    return outcome


def got_somewhere(row: Row) -> None:
    """Note that the sender of a row of many messages sent one: dying from here on is not the row's doing."""
    same_claim(row).filter(status=Status.SENDING).update(unended_claims=0)


def attempt(call: Callable[[], Receipt | None]) -> Outcome:
    """Run one call to the other side and turn whatever happens into an Outcome."""
    try:
        return Outcome(receipt=call())
    except SendError as error:
        return Outcome(error=error)
    except Exception as error:
        # A fault of ours in the middle of a call proves nothing about what the other side did.
        log.exception("A sender failed in a way it should not")
        return Outcome(error=OutcomeUnknown(_("Something broke while sending: %s.") % type(error).__name__))


def _after_error(row: Row, error: SendError, now: datetime) -> dict[str, Any]:
    """The state that follows from each kind of error: the one place that says so."""
    changes = trouble(error) | {"unended_claims": 0}
    match error:
        case NotSent():
            return changes | _after_not_sent(row, error, now)
        case Rejected():
            return changes | unless_withdrawn(Status.FAILED)
        case AccountBroken() | Blocked():
            return changes | unless_withdrawn(Status.HELD, HoldReason.ACCOUNT)
        case _:
            settle_at = now + timedelta(seconds=timing().settle_after)
            return changes | {"status": Status.UNKNOWN, "next_attempt_at": settle_at, "absences": 0}


def _after_not_sent(row: Row, error: NotSent, now: datetime) -> dict[str, Any]:
    """Try again later, until a day's worth of tries is used up."""
    waits = timing()
    if row.attempts >= waits.max_attempts:
        return unless_withdrawn(Status.FAILED)
    return unless_withdrawn(Status.RETRY) | {
        "next_attempt_at": next_try(row.attempts, now, waits, error.retry_at)
    }

"""Settles rows nobody knows the fate of, by looking on the other side; never sends anything."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from .backoff import next_try
from .engine import Outcome, attempt
from .enums import HoldReason, Status
from .errors import SendError
from .moves import Move
from .receipt import Receipt
from .rows import Row, lease, move, proven_sent, same_claim, unless_withdrawn
from .storable import storable
from .timing import timing

ABSENCES_NEEDED = 2


def claim_settling(queryset: QuerySet[Row], pk: int, now: datetime | None = None) -> Row | None:
    """Reserve an unknown row for one look, or None if it is not due or somebody else is looking."""
    return lease(queryset, Move.SETTLE, pk, now or timezone.now(), timing().claim_limit, "checks")


def settle(row: Row, find: Callable[[], Receipt | None], *, repeat_is_safe: bool) -> Outcome:
    """Look for the message once and record what that proves.

    Found: sent. Absent twice: sent again if `repeat_is_safe` (the channel knows our key and refuses doubles),
    otherwise held for a person. Cannot look: look again later.
    """
    outcome = attempt(find)
    now = timezone.now()
    if outcome.receipt is not None:
        changes = proven_sent(outcome.receipt, now)
    elif outcome.error is not None:
        changes = _could_not_look(row, outcome.error, now)
    else:
        changes = _absent(row, now, repeat_is_safe)
    move(same_claim(row), Move.SETTLE, **changes)
    return outcome


def ask_a_person(row: Row, sentence: str) -> None:
    """Hold an unknown row that cannot be looked for at all."""
    move(same_claim(row), Move.SETTLE, **_unclear(sentence))


def _absent(row: Row, now: datetime, repeat_is_safe: bool) -> dict[str, Any]:
    absences = row.absences + 1
    waits = timing()
    if absences < ABSENCES_NEEDED:
        return {"absences": absences, "next_attempt_at": now + timedelta(seconds=waits.settle_after)}
    if not repeat_is_safe:
        return {"absences": absences} | _unclear(
            _("It does not seem to be there, but this platform cannot tell for certain. Please look.")
        )
    if row.unended_claims >= waits.max_unended_claims:
        return {"absences": absences, "last_error": _crashing()} | unless_withdrawn(
            Status.HELD, HoldReason.CRASHING
        )
    return {"absences": absences, "next_attempt_at": now} | unless_withdrawn(Status.RETRY)


def _could_not_look(row: Row, error: SendError, now: datetime) -> dict[str, Any]:
    waits = timing()
    if row.checks >= waits.max_checks:
        return _unclear(
            _("It may have been sent, and the platform cannot be asked: %s Please look.")
            % storable(error.message, 800)
        )
    retry_at = getattr(error, "retry_at", None)
    return {
        "last_error": storable(error.message, 1000),
        "next_attempt_at": next_try(row.checks, now, waits, retry_at),
    }


def _unclear(sentence: str) -> dict[str, Any]:
    return {"status": Status.HELD, "hold_reason": HoldReason.UNCLEAR, "last_error": sentence}


def _crashing() -> str:
    return _(
        "Sending this stopped the worker several times. It was not sent; look at it before trying again."
    )

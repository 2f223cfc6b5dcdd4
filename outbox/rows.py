"""Writes a row's next state by conditional UPDATE; every write of the engine goes through here."""

from datetime import datetime, timedelta
from typing import Any, TypeVar

from django.db.models import Case, CharField, F, Q, QuerySet, Value, When

from .enums import HoldReason, Status
from .errors import SendError
from .models import OutgoingRow
from .moves import MOVES, Move
from .receipt import Receipt
from .storable import storable

Row = TypeVar("Row", bound=OutgoingRow)

WITHDRAWN = Q(removal_wanted_at__isnull=False)
MAY_BE_OUTSIDE = Q(status=Status.HELD, hold_reason=HoldReason.UNCLEAR)


def same_claim(row: Row) -> QuerySet[Row]:
    """The row itself, as long as nobody has claimed it again since it was read."""
    return type(row)._base_manager.filter(pk=row.pk, attempts=row.attempts)


def move(queryset: QuerySet[Row], event: Move, **changes: Any) -> int:
    """Apply `changes` to the rows of `queryset` from which `event` may happen; returns how many moved.

    `queryset` must filter without joins: an UPDATE over a join becomes `id IN (SELECT …)`, and PostgreSQL
    does not look at that subquery again after waiting for a lock, so two claims could both succeed.
    """
    return queryset.filter(status__in=MOVES[event]).update(**changes)


def unless_withdrawn(status: Status, hold_reason: HoldReason | str = "") -> dict[str, Any]:
    """The state a row goes to after a failure: cancelled instead if it was withdrawn meanwhile."""
    return {
        "status": _case(Status.CANCELLED, default=status),
        "hold_reason": _case("", default=hold_reason),
    }


def proven_sent(receipt: Receipt, now: datetime) -> dict[str, Any]:
    """The columns of a row that certainly exists outside; it is taken down again if withdrawn meanwhile."""
    return {
        "status": _case(Status.REMOVING, default=Status.SENT),
        "hold_reason": "",
        "remote_id": storable(receipt.remote_id, 500),
        "remote_url": storable(receipt.remote_url, 1000),
        "sent_at": now,
        "next_attempt_at": now,
        "unended_claims": 0,
        "last_error": "",
        "error_kind": "",
    }


def trouble(error: SendError) -> dict[str, Any]:
    """The columns that tell staff what went wrong."""
    return {"last_error": storable(error.message, 1000), "error_kind": error.kind}


def lease(
    queryset: QuerySet[Row], event: Move, pk: int, now: datetime, seconds: float, count: str
) -> Row | None:
    """Reserve a row whose work may safely be repeated: nobody else takes it up for `seconds`.

    A worker that dies simply lets the lease run out. `count` names the column that counts the tries.
    """
    due = queryset.filter(pk=pk, next_attempt_at__lte=now)
    until = now + timedelta(seconds=seconds)
    if not move(due, event, next_attempt_at=until, **{count: F(count) + 1}):
        return None
    return queryset.model._base_manager.get(pk=pk)


def _case(when_withdrawn: str, *, default: str) -> Case:
    """One value for withdrawn rows and another for the rest, decided inside the UPDATE itself."""
    return Case(When(WITHDRAWN, then=Value(when_withdrawn)), default=Value(default), output_field=CharField())

"""What a person may decide about one row; each returns whether the row's state still allowed it."""

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from .enums import HoldReason, Status
from .moves import Move
from .receipt import Receipt
from .rows import MAY_BE_OUTSIDE, WITHDRAWN, Row, move, proven_sent, same_claim, unless_withdrawn

FATE_UNKNOWN = Q(status=Status.UNKNOWN) | MAY_BE_OUTSIDE


def release(row: Row) -> bool:
    """Send a held or failed row after all. Refused if it may be outside already or is withdrawn."""
    certain = same_claim(row).exclude(MAY_BE_OUTSIDE).exclude(WITHDRAWN)
    return bool(move(certain, Move.RELEASE, **_again()))


def settle_as_sent(row: Row, receipt: Receipt) -> bool:
    """A person has seen the message on the other side and says where."""
    return bool(
        move(same_claim(row).filter(FATE_UNKNOWN), Move.SETTLE_SENT, **proven_sent(receipt, timezone.now()))
    )


def settle_as_not_sent(row: Row) -> bool:
    """A person looked and the message is not there: it is sent again, or cancelled if withdrawn."""
    unknown = same_claim(row).filter(FATE_UNKNOWN)
    return bool(move(unknown, Move.SETTLE_NOT_SENT, **(_again() | unless_withdrawn(Status.RETRY))))


def give_up(row: Row, sentence: str = "") -> bool:
    """A person decides that a row which has not gone out never will."""
    closed = {
        "status": Status.CANCELLED,
        "hold_reason": "",
        "last_error": sentence or _("Given up by a person."),
    }
    return bool(move(same_claim(row), Move.GIVE_UP, **closed))


def hold(row: Row, reason: HoldReason, sentence: str) -> bool:
    """Keep a waiting row from being sent until a person releases it."""
    return bool(move(same_claim(row), Move.HOLD, status=Status.HELD, hold_reason=reason, last_error=sentence))


def _again() -> dict[str, object]:
    now = timezone.now()
    return {
        "status": Status.RETRY,
        "hold_reason": "",
        "next_attempt_at": now,
        "enqueued_at": None,
        "unended_claims": 0,
        "checks": 0,
        "absences": 0,
    }

"""What a person may decide about one row; each returns whether the row's state still allowed it."""

from enum import StrEnum

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from .enums import HoldReason, Status
from .models import OutgoingRow
from .moves import MOVES, Move
from .receipt import Receipt
from .rows import MAY_BE_OUTSIDE, WITHDRAWN, Row, move, proven_sent, same_claim, unless_withdrawn


class Decision(StrEnum):
    """What a person may be offered for a row."""

    RELEASE = "release"
    GIVE_UP = "give_up"
    SETTLE_SENT = "settle_sent"
    SETTLE_NOT_SENT = "settle_not_sent"
    REMOVE_NOW = "remove_now"
    REMOVED_BY_HAND = "removed_by_hand"


FATE_UNKNOWN = Q(status=Status.UNKNOWN) | MAY_BE_OUTSIDE


def allowed(row: OutgoingRow) -> list[Decision]:
    """Return what a person may decide about the row as it was read; the decision itself checks again."""
    unclear = row.status == Status.UNKNOWN or row.hold_reason == HoldReason.UNCLEAR
    certain = row.status in MOVES[Move.RELEASE] and not unclear and row.removal_wanted_at is None
    removing = row.status in MOVES[Move.TAKE_DOWN]
    offers = {
        Decision.RELEASE: certain,
        Decision.SETTLE_SENT: unclear,
        Decision.SETTLE_NOT_SENT: unclear,
        Decision.GIVE_UP: row.status in MOVES[Move.GIVE_UP],
        Decision.REMOVE_NOW: removing,
        Decision.REMOVED_BY_HAND: removing,
    }
    return [decision for decision, is_offered in offers.items() if is_offered]


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

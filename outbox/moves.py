"""Which moves a row may make from which state: the whole table, as data."""

from enum import Enum

from .enums import Status


class Move(Enum):
    """Everything that can happen to a row."""

    CLAIM = "claimed for sending"
    RECORD_SENT = "the sender came back with a receipt"
    RECORD_ERROR = "the sender came back with an error"
    ABANDON = "the claim outlived its worker"
    HOLD = "held for a person before sending"
    SETTLE = "looked for on the other side"
    RELEASE = "a person lets it go again"
    SETTLE_SENT = "a person found it on the other side"
    SETTLE_NOT_SENT = "a person looked and it is not there"
    GIVE_UP = "a person decides it is not to be sent"
    WITHDRAW_UNSENT = "withdrawn before it was sent"
    WITHDRAW_SENT = "withdrawn after it was sent"
    TAKE_DOWN = "removed from the other side"


MOVES: dict[Move, frozenset[Status]] = {
    Move.CLAIM: frozenset({Status.QUEUED, Status.RETRY}),
    # A receipt that arrives after the sweep gave the worker up is still proof.
    Move.RECORD_SENT: frozenset({Status.SENDING, Status.UNKNOWN}),
    Move.RECORD_ERROR: frozenset({Status.SENDING}),
    Move.ABANDON: frozenset({Status.SENDING}),
    Move.HOLD: frozenset({Status.QUEUED, Status.RETRY}),
    Move.SETTLE: frozenset({Status.UNKNOWN}),
    Move.RELEASE: frozenset({Status.HELD, Status.FAILED}),
    Move.SETTLE_SENT: frozenset({Status.UNKNOWN, Status.HELD}),
    Move.SETTLE_NOT_SENT: frozenset({Status.UNKNOWN, Status.HELD}),
    Move.GIVE_UP: frozenset({Status.QUEUED, Status.RETRY, Status.HELD, Status.FAILED}),
    Move.WITHDRAW_UNSENT: frozenset({Status.QUEUED, Status.RETRY, Status.HELD, Status.FAILED}),
    Move.WITHDRAW_SENT: frozenset({Status.SENT}),
    Move.TAKE_DOWN: frozenset({Status.REMOVING}),
}

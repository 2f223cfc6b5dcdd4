"""The table of allowed moves of an edition: data only; workflow, buttons and documents are made from it."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .enums import Status


class Right(StrEnum):
    """Whose move it is."""

    WRITE = "write"
    APPROVE = "approve"
    PUBLISH = "publish"
    PUBLISH_URGENTLY = "publish urgently"
    SYSTEM = "system"


class Action(StrEnum):
    """What can be done with an edition."""

    SUBMIT = "submit"
    TAKE_BACK = "take_back"
    RETURN = "return"
    APPROVE = "approve"
    SCHEDULE = "schedule"
    UNSCHEDULE = "unschedule"
    PUBLISH = "publish"
    PUBLISH_URGENTLY = "publish_urgently"
    SECOND_CHECK = "second_check"
    WITHDRAW = "withdraw"
    END = "end"
    DISCARD = "discard"
    # Moves only the minute beat makes.
    PUBLISH_DUE = "publish_due"
    HOLD_LATE = "hold_late"
    VOID = "void"
    EXPIRE = "expire"


@dataclass(frozen=True)
class Transition:
    """One allowed move: from these statuses to that one (None: it stays), by whom, under which guards."""

    action: Action
    sources: frozenset[Status]
    target: Status | None
    right: Right
    label: str | Promise
    guards: tuple[str, ...] = ()
    needs_note: bool = False


def _move(
    action: Action,
    sources: list[Status],
    target: Status | None,
    right: Right,
    label: str | Promise,
    *guards: str,
    needs_note: bool = False,
) -> Transition:
    return Transition(action, frozenset(sources), target, right, label, guards, needs_note)


D, S, R, A, C = Status.DRAFT, Status.SUBMITTED, Status.RETURNED, Status.APPROVED, Status.SCHEDULED
P, E = Status.PUBLISHED, Status.EXPIRED

# What a newer edition supersedes when it becomes live: the move is the newer edition's, not theirs.
REPLACED_BY_NEWER = (P, E)

TRANSITIONS: dict[Action, Transition] = {
    move.action: move
    for move in [
        _move(
            Action.SUBMIT, [D, R], S, Right.WRITE, _("Send for approval"), "nothing_blocks", "notice_stands"
        ),
        _move(Action.TAKE_BACK, [S], D, Right.WRITE, _("Take back to change it")),
        _move(Action.RETURN, [S, A, C], R, Right.APPROVE, _("Return with a reason"), needs_note=True),
        _move(
            Action.APPROVE,
            [S],
            A,
            Right.APPROVE,
            _("Approve"),
            "four_eyes",
            "read_what_is_approved",
            "nothing_blocks",
            "warnings_answered",
            "notice_stands",
        ),
        _move(
            Action.SCHEDULE,
            [A],
            C,
            Right.PUBLISH,
            _("Schedule"),
            "approval_holds",
            "time_ahead",
            "notice_stands",
        ),
        _move(Action.UNSCHEDULE, [C], A, Right.PUBLISH, _("Cancel the schedule")),
        _move(
            Action.PUBLISH,
            [A],
            P,
            Right.PUBLISH,
            _("Publish now"),
            "approval_holds",
            "nothing_blocks",
            "notice_stands",
        ),
        _move(
            Action.PUBLISH_URGENTLY,
            [D, R, S],
            P,
            Right.PUBLISH_URGENTLY,
            _("Publish urgently"),
            "urgent_kind",
            "trusted_or_template",
            "nothing_newer",
            "nothing_blocks",
            "notice_stands",
        ),
        _move(
            Action.SECOND_CHECK,
            [P, Status.SUPERSEDED, Status.WITHDRAWN, E],
            None,
            Right.APPROVE,
            _("Confirm the second check"),
            "owes_second_check",
            "another_than_publisher",
            "four_eyes",
            "read_what_is_approved",
        ),
        _move(Action.WITHDRAW, [P, E], Status.WITHDRAWN, Right.PUBLISH, _("Withdraw"), needs_note=True),
        _move(Action.END, [P], E, Right.PUBLISH, _("End now")),
        _move(Action.DISCARD, [D, S, R, A, C], Status.DISCARDED, Right.WRITE, _("Discard")),
        _move(
            Action.PUBLISH_DUE,
            [C],
            P,
            Right.SYSTEM,
            _("Published on schedule"),
            "same_time",
            "approval_holds",
            "nothing_blocks",
            "notice_stands",
        ),
        _move(
            Action.HOLD_LATE,
            [C],
            A,
            Right.SYSTEM,
            _("Held, because its time had passed"),
            "same_time",
            needs_note=True,
        ),
        _move(
            Action.VOID, [A, C], S, Right.SYSTEM, _("Sent back for approval"), "same_time", needs_note=True
        ),
        _move(Action.EXPIRE, [P], E, Right.SYSTEM, _("Ended at its time")),
    ]
}

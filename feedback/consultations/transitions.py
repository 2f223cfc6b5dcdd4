"""The table of allowed moves of a consultation: data only; stages, buttons and documents are made from it."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ..enums import Stage


class Right(StrEnum):
    """Whose move it is."""

    WRITE = "write"
    APPROVE = "approve"
    SYSTEM = "system"


class Act(StrEnum):
    """What can be done with a consultation."""

    SUBMIT = "submitted"
    TAKE_BACK = "taken_back"
    RETURN = "returned"
    PUBLISH = "published"
    DISCARD = "discarded"
    CALL_OFF = "called_off"
    ARCHIVE = "archived"
    # Made by publishing an outcome, never by a button.
    DECIDE = "decided"
    # Made by the minute beat.
    CLOSE = "closed"


@dataclass(frozen=True)
class Transition:
    """One allowed move: from these stages to that one, by whom, under which guards."""

    act: Act
    sources: frozenset[Stage]
    target: Stage
    right: Right
    label: str | Promise
    guards: tuple[str, ...] = ()
    needs_note: bool = False


def _move(
    act: Act,
    sources: list[Stage],
    target: Stage,
    right: Right,
    label: str | Promise,
    *guards: str,
    needs_note: bool = False,
) -> Transition:
    return Transition(act, frozenset(sources), target, right, label, guards, needs_note)


TRANSITIONS: dict[Act, Transition] = {
    move.act: move
    for move in [
        _move(
            Act.SUBMIT,
            [Stage.DRAFT],
            Stage.SUBMITTED,
            Right.WRITE,
            _("Send to a second person"),
            "is_complete",
            "time_ahead",
            "notice_stands",
        ),
        _move(Act.TAKE_BACK, [Stage.SUBMITTED], Stage.DRAFT, Right.WRITE, _("Take back to change it")),
        _move(
            Act.RETURN,
            [Stage.SUBMITTED],
            Stage.DRAFT,
            Right.APPROVE,
            _("Return with a reason"),
            needs_note=True,
        ),
        _move(
            Act.PUBLISH,
            [Stage.SUBMITTED],
            Stage.OPEN,
            Right.APPROVE,
            _("Publish"),
            "four_eyes",
            "read_what_is_published",
            "is_complete",
            "time_ahead",
            "notice_stands",
        ),
        _move(Act.DISCARD, [Stage.DRAFT, Stage.SUBMITTED], Stage.CANCELLED, Right.WRITE, _("Discard")),
        _move(
            Act.CALL_OFF,
            [Stage.OPEN],
            Stage.CANCELLED,
            Right.APPROVE,
            _("Call it off"),
            needs_note=True,
        ),
        _move(Act.CLOSE, [Stage.OPEN], Stage.CLOSED, Right.SYSTEM, _("Closed at its time"), "time_is_up"),
        _move(
            Act.DECIDE,
            [Stage.CLOSED],
            Stage.DECIDED,
            Right.APPROVE,
            _("The outcome is public"),
            "outcome_is_public",
        ),
        _move(
            Act.ARCHIVE,
            [Stage.CLOSED, Stage.DECIDED],
            Stage.ARCHIVED,
            Right.WRITE,
            _("Archive"),
            "outcome_is_public",
        ),
    ]
}

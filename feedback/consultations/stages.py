"""The only writer of a consultation's stage: one table, one door."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.recorder import record

from .. import permissions
from ..enums import Stage
from ..models import Consultation, Outcome
from . import checklist
from .transitions import TRANSITIONS, Act, Right, Transition


class Refused(Exception):
    """The move is not allowed; its text says why and what to do, fit for the person who asked."""


@dataclass(frozen=True)
class Move:
    """What somebody brings to a move, and when it is made."""

    consultation: Consultation
    by: Any
    at: dt.datetime
    note: str = ""
    seen_version: int | None = None


def perform(
    act: Act,
    consultation: Consultation,
    *,
    by: Any,
    note: str = "",
    seen_version: int | None = None,
    at: dt.datetime | None = None,
) -> Consultation:
    """Make one move on behalf of `by` (None: the minute beat), all of it or nothing; return the fresh row.

    Locks the row, checks stage, right and guards, writes stage and who/when, and the audit event. `at` is the
    moment compared with the times of the consultation (now). Raises Refused.
    """
    transition = TRANSITIONS[act]
    with transaction.atomic():
        fresh = locked(consultation)
        move = Move(fresh, by, at or timezone.now(), note.strip(), seen_version)
        _check(transition, move)
        before = fresh.stage
        fresh.stage, fresh.version = transition.target, fresh.version + 1
        _EFFECTS.get(act, _nothing_more)(move)
        fresh.save()
        detail = {"before": before, "after": fresh.stage, "note": move.note}
        record(f"consultation.{act}", actor=by, target=fresh, notice=fresh.notice.reference, **detail)
    return fresh


def locked(consultation: Consultation) -> Consultation:
    """Return the row as it is now, locked until the transaction ends."""
    rows = Consultation.objects.select_for_update(of=("self",)).select_related(
        "notice__live_edition", "team", "owner", "published_by"
    )
    return rows.get(pk=consultation.pk)


def available(consultation: Consultation, by: Any) -> list[Transition]:
    """Return the moves `by` is offered now; a guard that more writing satisfies may still refuse."""
    return [each for each in TRANSITIONS.values() if _is_offered(each, consultation, by)]


def why_not_publish(consultation: Consultation, by: Any) -> str:
    """Return the sentence that tells `by` why they may not publish it, or an empty text."""
    if not permissions.may_let_out(by, consultation.team):
        return _("An approver of %(team)s has to read and publish it.") % {"team": consultation.team}
    return _four_eyes(Move(consultation, by, timezone.now()))


def owes_outcome(rows: QuerySet[Consultation]) -> QuerySet[Consultation]:
    """Return those of `rows` that are closed and of which no outcome is public."""
    return rows.filter(stage=Stage.CLOSED)


def was_public(rows: QuerySet[Consultation]) -> QuerySet[Consultation]:
    """Return those of `rows` residents have ever seen; one called off stays readable with its reason."""
    return rows.filter(published_at__isnull=False)


def _is_offered(transition: Transition, consultation: Consultation, by: Any) -> bool:
    if transition.act == Act.DECIDE or consultation.stage not in transition.sources:
        return False
    if not _has_right(transition.right, consultation, by):
        return False
    certain = [name for name in transition.guards if name in _BEYOND_THE_PERSON]
    return not any(_GUARDS[name](Move(consultation, by, timezone.now())) for name in certain)


def _check(transition: Transition, move: Move) -> None:
    consultation = move.consultation
    if consultation.stage not in transition.sources:
        raise Refused(_late_sentence(consultation))
    if not _has_right(transition.right, consultation, move.by):
        raise Refused(_("Your roles do not allow this for %(team)s.") % {"team": consultation.team})
    if transition.needs_note and not move.note:
        raise Refused(_("Write the reason."))
    for name in transition.guards:
        if sentence := _GUARDS[name](move):
            raise Refused(sentence)


def _has_right(right: Right, consultation: Consultation, by: Any) -> bool:
    if right == Right.SYSTEM or by is None:
        return right == Right.SYSTEM and by is None
    if right == Right.APPROVE:
        return permissions.may_let_out(by, consultation.team)
    return permissions.may_consult(by, consultation.team)


def stale_sentence() -> str:
    """Return what somebody is told who saves over what another person saved in the meantime."""
    return _(
        "Somebody saved this while you had it open. Your words are still here: "
        "compare them with what is saved, and save again."
    )


def _late_sentence(consultation: Consultation) -> str:
    if consultation.stage == Stage.OPEN and consultation.published_by:
        return _("It is public already, published by %(name)s.") % {"name": consultation.published_by}
    stage = consultation.get_stage_display()
    return _("This is not possible any more: it is now “%(stage)s”.") % {"stage": stage}


# --- Guards: each returns a sentence, or nothing ----------------------------------------------------


def _four_eyes(move: Move) -> str:
    consultation, by = move.consultation, move.by
    if by is None:
        return _("A person has to publish it.")
    if consultation.written_by_id == by.pk or consultation.contributors.filter(pk=by.pk).exists():
        return _("You wrote or changed part of this, so somebody else has to publish it.")
    return ""


def _read_what_is_published(move: Move) -> str:
    if move.seen_version != move.consultation.version:
        return _("This has changed since you opened it. Read it again before you decide.")
    return ""


def _is_complete(move: Move) -> str:
    lacking = checklist.blocking(move.consultation)
    return (
        _("Still missing: %(what)s") % {"what": " ".join(str(gap.text) for gap in lacking)} if lacking else ""
    )


def _time_ahead(move: Move) -> str:
    if move.consultation.closes_at <= move.at:
        return _("Its closing time has passed. Give it a later one first.")
    return ""


def _notice_stands(move: Move) -> str:
    notice = move.consultation.notice
    if notice.live_edition_id is None:
        return _("The project itself is not published yet. Publish its notice first.")
    return _("The notice of the project was withdrawn.") if notice.withdrawn_at else ""


def _time_is_up(move: Move) -> str:
    return _("It is still open.") if move.at < move.consultation.closes_at else ""


def _outcome_is_public(move: Move) -> str:
    if Outcome.objects.filter(consultation=move.consultation.pk, published_at__isnull=False).exists():
        return ""
    return _(
        "Everybody who took part is owed an outcome. Publish one first, or a reasoned “no change”: "
        "until then it cannot be archived."
    )


_GUARDS: dict[str, Callable[[Move], str]] = {
    "four_eyes": _four_eyes,
    "read_what_is_published": _read_what_is_published,
    "is_complete": _is_complete,
    "time_ahead": _time_ahead,
    "notice_stands": _notice_stands,
    "time_is_up": _time_is_up,
    "outcome_is_public": _outcome_is_public,
}
# What no typing of the person who asks will change, or what is done elsewhere; for these no button is drawn.
_BEYOND_THE_PERSON = {"four_eyes", "outcome_is_public"}


# --- What each move writes beside the stage ---------------------------------------------------------


def _nothing_more(_move: Move) -> None:
    """Do nothing beyond the stage."""


def _submit(move: Move) -> None:
    move.consultation.submitted_at, move.consultation.return_note = move.at, ""
    # Whoever sends it on vouches for it: they do not let it out as well.
    move.consultation.contributors.add(move.by)


def _return(move: Move) -> None:
    move.consultation.return_note = move.note[:1000]


def _publish(move: Move) -> None:
    move.consultation.published_at, move.consultation.published_by = move.at, move.by
    move.consultation.return_note = ""
    if move.consultation.opens_at <= move.at:
        move.consultation.opened_at = move.at


def _call_off(move: Move) -> None:
    move.consultation.cancelled_because, move.consultation.closed_at = move.note[:1000], move.at


def _close(move: Move) -> None:
    move.consultation.closed_at = move.at


def _archive(move: Move) -> None:
    move.consultation.archived_at = move.at


_EFFECTS: dict[Act, Callable[[Move], None]] = {
    Act.SUBMIT: _submit,
    Act.RETURN: _return,
    Act.PUBLISH: _publish,
    Act.CALL_OFF: _call_off,
    Act.CLOSE: _close,
    Act.ARCHIVE: _archive,
}

"""The only writer of an edition's status: one table, one door."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import permissions
from accounts.models import User
from audit.recorder import record

from . import public_face
from .content import content_hash
from .enums import Status, Urgency
from .guards import GUARDS, Move, four_eyes
from .models import Edition, Notice
from .policy import warnings
from .signals import notice_published, notice_withdrawn
from .transitions import REPLACED_BY_NEWER, TRANSITIONS, Action, Right, Transition
from .writing import preapproval


class TransitionRefused(Exception):
    """The move is not allowed; its text says why and what to do, fit for the person who asked."""


def perform(
    action: Action,
    edition: Edition,
    *,
    by: User | None,
    note: str = "",
    seen_hash: str = "",
    publish_at: datetime | None = None,
) -> Edition:
    """Make one move of `edition` on behalf of `by` (None: the minute beat), all of it or nothing.

    Locks the notice and the edition, checks status, right and guards, writes status and who/when,
    records the audit event and, where the public sees a difference, sends the signal. Returns the
    fresh edition; raises TransitionRefused.
    """
    transition = TRANSITIONS[Action(action)]
    with transaction.atomic():
        fresh = _locked(edition)
        move = Move(fresh, by, note.strip(), seen_hash, publish_at)
        _check(transition, move)
        before, overruled = fresh.status, _overruled(transition, move)
        _EFFECTS[transition.action](move)
        record(
            f"edition.{transition.action}",
            actor=by,
            target=fresh,
            notice=fresh.notice.reference,
            number=fresh.number,
            before=before,
            after=fresh.status,
            note=move.note,
            content=fresh.approved_hash or content_hash(fresh),
            **overruled,
        )
        _check_again(transition, move)
        _tell(transition, fresh)
    return fresh


def _overruled(transition: Transition, move: Move) -> dict[str, list[str]]:
    """Return which warnings the reason answers, for the trail: what and in which field, never the words."""
    if "warnings_answered" not in transition.guards:
        return {}
    found = sorted({f"{finding.code} in {finding.where}" for finding in warnings(move.findings)})
    return {"overruled": found} if found else {}


# What no typing or waiting of the person who asks will change.
_BEYOND_THE_PERSON = {
    "four_eyes",
    "another_than_publisher",
    "owes_second_check",
    "urgent_kind",
    "trusted_or_template",
    "notice_stands",
}


def available(edition: Edition, by: User) -> list[Transition]:
    """Return the moves `by` is offered now: status and right allow them; guards may still refuse."""
    offered = [
        transition
        for transition in TRANSITIONS.values()
        if edition.status in transition.sources and _has_right(transition.right, edition, by)
    ]
    return [transition for transition in offered if not _pointless(transition, edition, by)]


def _pointless(transition: Transition, edition: Edition, by: User) -> bool:
    """Say whether a guard that the person cannot change would refuse for certain."""
    certain = [name for name in transition.guards if name in _BEYOND_THE_PERSON]
    return any(GUARDS[name](Move(edition, by)) for name in certain)


def why_not_approve(edition: Edition, by: User) -> str:
    """Return the sentence that tells `by` why they may not approve `edition`, or an empty text."""
    if wrote := four_eyes(Move(edition, by)):
        return wrote
    if not permissions.may_approve(by, edition.notice.team, edition.notice.kind):
        return _("You are not an approver of this team for this kind of notice.")
    return ""


def why_not_check(edition: Edition, by: User) -> str:
    """Return the sentence that tells `by` why they may not make the second check, or an empty text."""
    if not permissions.may_approve(by, edition.notice.team, edition.notice.kind):
        return _("You are not an approver of this team for this kind of notice.")
    move = Move(edition, by)
    sentences = (GUARDS[name](move) for name in ("owes_second_check", "another_than_publisher", "four_eyes"))
    return next((sentence for sentence in sentences if sentence), "")


def _locked(edition: Edition) -> Edition:
    # The notice first, everywhere: two people can never wait for each other.
    Notice.objects.select_for_update().get(pk=edition.notice_id)
    locked = Edition.objects.select_for_update().get(pk=edition.pk)
    locked.notice = Notice.objects.select_related("team").get(pk=edition.notice_id)
    return locked


def _check(transition: Transition, move: Move) -> None:
    edition = move.edition
    if edition.status not in transition.sources:
        raise TransitionRefused(_late_sentence(edition))
    if not _has_right(transition.right, edition, move.by):
        raise TransitionRefused(_("Your roles do not allow this for this team and kind of notice."))
    if transition.needs_note and not move.note:
        raise TransitionRefused(_("Write the reason."))
    for name in transition.guards:
        if sentence := GUARDS[name](move):
            raise TransitionRefused(sentence)


# What other rooms add to an edition is not under its lock; they change it with an event, so that once our own
# event is written it stands still until we are done.
_CHECKED_AGAIN = {"approval_holds", "nothing_newer", "trusted_or_template"}


def _check_again(transition: Transition, move: Move) -> None:
    """Refuse what changed while we waited for the trail: what is sent now is what was approved."""
    for name in transition.guards:
        if name in _CHECKED_AGAIN and (sentence := GUARDS[name](move)):
            raise TransitionRefused(sentence)


def _late_sentence(edition: Edition) -> str:
    """Say what somebody else did in the meantime: that is nearly always why a move comes too late."""
    status = edition.get_status_display()
    if edition.status == Status.APPROVED and edition.approved_by:
        return _("Already approved, by %(name)s.") % {"name": edition.approved_by.get_full_name()}
    if edition.status == Status.PUBLISHED:
        by = edition.published_by.get_full_name() if edition.published_by else _("the schedule")
        return _("This is already live, published by %(name)s.") % {"name": by}
    return _("This is not possible any more: the edition is now “%(status)s”.") % {"status": status}


def _has_right(right: Right, edition: Edition, by: User | None) -> bool:
    if right == Right.SYSTEM or by is None:
        return right == Right.SYSTEM and by is None
    team, kind = edition.notice.team, edition.notice.kind
    writes = permissions.may_write(by, team, kind)
    approves = permissions.may_approve(by, team, kind)
    if right == Right.PUBLISH_URGENTLY:
        # A writer without the right may still publish what was approved as a template: a guard looks.
        is_emergency = edition.urgency == Urgency.EMERGENCY
        is_trusted = permissions.may_publish_urgently(by, team, kind, emergency=is_emergency)
        return is_trusted or (writes and preapproval.is_filled(edition))
    return {Right.WRITE: writes, Right.APPROVE: approves, Right.PUBLISH: writes or approves}[right]


# --- What each move writes -----------------------------------------------------------------------


def _submit(move: Move) -> None:
    _write(move.edition, Status.SUBMITTED, submitted_by=move.by, submitted_at=timezone.now(), status_note="")


def _take_back(move: Move) -> None:
    _write(move.edition, Status.DRAFT, status_note="")


def _return(move: Move) -> None:
    _write(move.edition, Status.RETURNED, status_note=move.note, **_NO_APPROVAL)


def _approve(move: Move) -> None:
    _write(
        move.edition,
        Status.APPROVED,
        approved_by=move.by,
        approved_at=timezone.now(),
        # What was read, not what stands: where they differ by now, nothing is published.
        approved_hash=move.seen_hash,
        approval_reason=move.note,
        status_note="",
    )


def _schedule(move: Move) -> None:
    _write(move.edition, Status.SCHEDULED, publish_at=move.publish_at, status_note="")


def _unschedule(move: Move) -> None:
    _write(move.edition, Status.APPROVED, publish_at=None)


def _publish(move: Move) -> None:
    _make_live(move.edition, by=move.by)


def _publish_urgently(move: Move) -> None:
    now = timezone.now()
    edition = move.edition
    edition.is_urgent = True
    edition.second_check_due_at = now + timedelta(hours=settings.SECOND_CHECK_HOURS)
    if edition.submitted_at is None or edition.status != Status.SUBMITTED:
        edition.submitted_by, edition.submitted_at = move.by, now
    _make_live(edition, by=move.by)


def _second_check(move: Move) -> None:
    _write(move.edition, move.edition.status, second_check_by=move.by, second_check_at=timezone.now())


def _withdraw(move: Move) -> None:
    _write(move.edition, Status.WITHDRAWN)
    notice = move.edition.notice
    notice.withdrawn_at, notice.withdrawn_reason = timezone.now(), move.note
    notice.save(update_fields=["withdrawn_at", "withdrawn_reason"])
    public_face.fade(notice)


def _end(move: Move) -> None:
    _write(move.edition, Status.EXPIRED)
    move.edition.notice.ended_at = timezone.now()
    move.edition.notice.save(update_fields=["ended_at"])
    public_face.fade(move.edition.notice)


def _discard(move: Move) -> None:
    _write(move.edition, Status.DISCARDED)


def _hold_late(move: Move) -> None:
    _write(move.edition, Status.APPROVED, publish_at=None, status_note=move.note)


def _void(move: Move) -> None:
    _write(move.edition, Status.SUBMITTED, status_note=move.note, **_NO_APPROVAL)


_NO_APPROVAL = {
    "approved_by": None,
    "approved_at": None,
    "approved_hash": "",
    "approval_reason": "",
    "publish_at": None,
}

_EFFECTS: dict[Action, Callable[[Move], None]] = {
    Action.SUBMIT: _submit,
    Action.TAKE_BACK: _take_back,
    Action.RETURN: _return,
    Action.APPROVE: _approve,
    Action.SCHEDULE: _schedule,
    Action.UNSCHEDULE: _unschedule,
    Action.PUBLISH: _publish,
    Action.PUBLISH_URGENTLY: _publish_urgently,
    Action.SECOND_CHECK: _second_check,
    Action.WITHDRAW: _withdraw,
    Action.END: _end,
    Action.DISCARD: _discard,
    Action.PUBLISH_DUE: _publish,
    Action.HOLD_LATE: _hold_late,
    Action.VOID: _void,
    Action.EXPIRE: _end,
}


def _write(edition: Edition, status: Status | str, **fields: object) -> None:
    edition.status = str(status)
    for name, value in fields.items():
        setattr(edition, name, value)
    edition.save(update_fields=["status", "saved_at", *fields])


def _make_live(edition: Edition, *, by: User | None) -> None:
    """Replace the live edition by this one and move the notice's public face, its identity untouched."""
    now = timezone.now()
    notice = edition.notice
    notice.editions.filter(status__in=REPLACED_BY_NEWER).update(status=Status.SUPERSEDED)
    edition.status, edition.published_by, edition.published_at = Status.PUBLISHED, by, now
    edition.status_note = ""
    edition.save()
    public_face.renew(notice, edition, now)


def _tell(transition: Transition, edition: Edition) -> None:
    if transition.target == Status.PUBLISHED:
        notice_published.send(sender=Notice, edition=edition)
    if transition.target == Status.WITHDRAWN:
        notice_withdrawn.send(sender=Notice, notice=edition.notice)

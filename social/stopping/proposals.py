"""Grave steps with an account: one person asks, another agrees or refuses; knows no step by itself."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from audit.recorder import record
from outbox.storable import storable

from ..enums import Step
from ..models import Account, Incident, Proposal
from ..permissions import agrees_to_steps, asks_for_steps

LONGEST_NOTE = 500
LONGEST_RESULT = 500


class ProposalRefused(Exception):
    """The step cannot be asked for, agreed to or carried out; the text is fit for the person."""


def _nothing(_proposal: Proposal) -> str:
    return ""


@dataclass(frozen=True)
class Way:
    """How one step is carried out once a second person has agreed.

    `before` runs outside any transaction and may ask the platform; `within` belongs to the decision's own
    transaction, the account's row locked; both raise ProposalRefused when the step must not be done, and the
    proposal then stays open. `after` runs once the decision is committed, may speak to the platform, raises
    nothing, and returns what came of it in a sentence. `drops` runs in the transaction of a refusal.
    """

    within: Callable[[Proposal], object] = _nothing
    before: Callable[[Proposal], object] = _nothing
    after: Callable[[Proposal], str] = _nothing
    drops: Callable[[Proposal], object] = _nothing


_ways: dict[Step, Way] = {}


def carries_out(step: Step, way: Way) -> None:
    """Say how `step` is carried out (social.stopping.steps does, when Django starts)."""
    _ways[step] = way


def ask(
    account: Account,
    step: Step,
    *,
    by: User,
    note: str,
    remote_id: str = "",
    incident: Incident | None = None,
    keeps_warning: bool = False,
) -> Proposal:
    """Ask for a step; nothing happens before somebody else agrees.

    Raises ProposalRefused when `by` may not ask, or the same step waits already.
    """
    if not asks_for_steps(by):
        raise ProposalRefused(_("Only a communications lead may ask for this."))
    said = {"note": storable(note, LONGEST_NOTE), "incident": incident, "keeps_warning": keeps_warning}
    with transaction.atomic():
        asked = _open_one(account=account, step=step, remote_id=remote_id, asked_by=by, **said)
        record("proposal.asked", actor=by, target=account, step=step, note=note, post=remote_id)
    return asked


def agree(proposal: Proposal, *, by: User) -> Proposal:
    """Agree to a step and carry it out, once however often it is pressed; returns the closed proposal.

    Raises ProposalRefused when `by` may not, when it is decided already, or when the step itself must not be
    done now; it then stays open. Call outside any transaction: a step may speak to the platform.
    """
    if why_not := why_not_agree(proposal, by):
        raise ProposalRefused(why_not)
    way = _ways[Step(proposal.step)]
    way.before(proposal)
    with transaction.atomic():
        closed = _close(proposal, by, is_agreed=True)
        record("proposal.agreed", actor=by, target=closed.account, step=closed.step, note=closed.note)
        way.within(closed)
    if result := way.after(closed):
        closed.result = storable(result, LONGEST_RESULT)
        closed.save(update_fields=["result"])
    return closed


def refuse(proposal: Proposal, *, by: User, note: str) -> Proposal:
    """Close a proposal without doing it; whoever asked may take it back. Raises ProposalRefused."""
    if not (by == proposal.asked_by or agrees_to_steps(by)):
        raise ProposalRefused(_("Only a communications lead or an administrator may refuse this."))
    with transaction.atomic():
        closed = _close(proposal, by, is_agreed=False, result=storable(note, LONGEST_RESULT))
        record("proposal.refused", actor=by, target=closed.account, step=closed.step, note=note)
        if Step(closed.step) in _ways:
            _ways[Step(closed.step)].drops(closed)
    return closed


def why_not_agree(proposal: Proposal, user: Any) -> str:
    """Return why `user` cannot be the second person; empty when they can."""
    if proposal.decided_at:
        return _("This is decided already.")
    if user.pk == proposal.asked_by_id:
        return _("You asked for this. Somebody else has to look at it and agree.")
    if not agrees_to_steps(user):
        return _("Only another communications lead or an administrator may agree to this.")
    return ""


def all_open() -> QuerySet[Proposal]:
    """Return what waits for a second person, the oldest first."""
    return _shown().filter(decided_at__isnull=True).order_by("asked_at", "pk")


def open_for(user: Any) -> QuerySet[Proposal]:
    """Return the open proposals that `user` may agree to, the oldest first."""
    return all_open().exclude(asked_by=user) if agrees_to_steps(user) else Proposal.objects.none()


def decided() -> QuerySet[Proposal]:
    """Return what is closed, the newest first."""
    return _shown().filter(decided_at__isnull=False).order_by("-decided_at", "-pk")


def open_about(account: Account) -> dict[str, Proposal]:
    """Return the account's open proposals by step, but those about single posts. One query."""
    return {one.step: one for one in all_open().filter(account=account, remote_id="")}


def open_posts(account: Account) -> dict[str, Proposal]:
    """Return the account's open proposals about single posts by the post's id. One query."""
    return {one.remote_id: one for one in all_open().filter(account=account).exclude(remote_id="")}


def _shown() -> QuerySet[Proposal]:
    return Proposal.objects.select_related("account", "asked_by", "decided_by", "incident")


def _open_one(**columns: Any) -> Proposal:
    try:
        with transaction.atomic():
            return Proposal.objects.create(**columns)
    except IntegrityError:
        raise ProposalRefused(_("This was asked for already and waits for a second person.")) from None


def _close(proposal: Proposal, by: User, **columns: Any) -> Proposal:
    """Close it if nobody has; the account's row is locked first, as everything that stops it does."""
    Account.objects.select_for_update(no_key=True).get(pk=proposal.account_id)
    still_open = Proposal.objects.filter(pk=proposal.pk, decided_at__isnull=True)
    if not still_open.update(decided_at=timezone.now(), decided_by=by, **columns):
        raise ProposalRefused(_("This is decided already."))
    return _shown().get(pk=proposal.pk)

"""Gives our access to an account back on the platform and forgets it, after two people have agreed."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from audit.recorder import record
from outbox.engine import attempt
from outbox.errors import AccountBroken, Rejected

from .. import locks
from ..enums import Step
from ..models import Account, Proposal
from ..publishers.registry import publisher_for
from ..sessions import credentials_of
from .proposals import ProposalRefused, ask

# Bluesky's access tokens go on working for so long after their app password was revoked (seen on the
# reference server); whoever stole one can post until then.
TOKENS_LIVE = timedelta(hours=2)


def why_not(account: Account) -> str:
    """Return why there is no access to give back; empty when there is."""
    return "" if account.sealed_secrets else _("The portal has no access to this account any more.")


def ask_to_revoke(account: Account, *, by: User, note: str) -> Proposal:
    """Ask that our access is given back. Raises ProposalRefused."""
    if sentence := why_not(account):
        raise ProposalRefused(sentence)
    return ask(account, Step.REVOKE, by=by, note=note)


def stop_first(proposal: Proposal) -> None:
    """Lock the account with the decision: nothing may be claimed while its access goes."""
    account = proposal.account
    if sentence := why_not(account):
        raise ProposalRefused(sentence)
    locks.lock(account, by=proposal.decided_by, reason=_("Our access is given back."))


def give_back(proposal: Proposal) -> str:
    """Tell the platform, then forget; returns what came of it.

    When the platform could not be reached nothing is forgotten, or a stolen copy could never be ended.
    """
    account = proposal.account
    error = attempt(lambda: publisher_for(account.channel).revoke(credentials_of(account))).error
    match error:
        case None:
            said = _("The platform took our access back, and the portal has forgotten it.")
        case AccountBroken():
            said = _("Our access was worth nothing any more, and the portal has forgotten it.")
        case Rejected():
            # It never will be taken back from here: a person does that on the platform.
            said = _("The portal has forgotten its access. %(todo)s") % {"todo": error.message}
        case _:
            why = {"why": error.message}
            return _("It was not given back: %(why)s The account stays locked. Ask again, soon.") % why
    _forget(proposal, said)
    return said


def watched_for(account: Account) -> datetime | None:
    """Return until when a stolen copy of the access given back may still post; None when it never was."""
    given_back = Proposal.objects.filter(account=account, step=Step.REVOKE, is_agreed=True)
    newest = given_back.order_by("-decided_at").values_list("decided_at", flat=True).first()
    return newest + TOKENS_LIVE if newest else None


def _forget(proposal: Proposal, sentence: str) -> None:
    with transaction.atomic():
        # Ending a renewal's lease too: what it brings back is not kept.
        Account.objects.filter(pk=proposal.account_id).update(
            sealed_secrets=b"",
            renewing_until=None,
            broken_at=timezone.now(),
            last_error=_("Our access was given back. Connect the account again to use it."),
        )
        record("account.access_given_back", actor=proposal.decided_by, target=proposal.account, said=sentence)

"""Takes down posts that are not ours from our own accounts, after two people have agreed; off by default."""

from django.conf import settings
from django.utils.translation import gettext as _

from accounts.models import User
from audit.recorder import record
from outbox.engine import attempt
from outbox.receipt import Receipt

from ..enums import IncidentKind, Step
from ..models import Incident, Proposal
from ..publishers.registry import publisher_for
from ..sessions import credentials_of
from .proposals import ProposalRefused, ask


def is_allowed() -> bool:
    """Whether the council lets the portal delete what it did not write."""
    return bool(settings.SOCIAL_MAY_REMOVE_ROGUE_POSTS)


def why_not(incident: Incident) -> str:
    """Return why the post of this incident cannot be taken down from here; empty when it can."""
    if not is_allowed():
        return _("The portal is not set up to take down posts it did not make. Take it down there.")
    if incident.kind != IncidentKind.UNKNOWN_POST or not incident.subject:
        return _("This incident is not about a post that is not ours.")
    if not incident.evidence.exists():
        return _("Nothing is kept yet of what the post said.")
    if not incident.account.sealed_secrets:
        return _("The portal has no access to this account any more. Take the post down there.")
    return ""


def ask_to_remove(incident: Incident, *, by: User, note: str) -> Proposal:
    """Ask that the post an incident is about is taken down. Raises ProposalRefused."""
    if sentence := why_not(incident):
        raise ProposalRefused(sentence)
    account, post = incident.account, incident.subject
    return ask(account, Step.REMOVE_POST, by=by, note=note, remote_id=post, incident=incident)


def check_first(proposal: Proposal) -> None:
    """Look again before agreeing. Raises ProposalRefused."""
    if proposal.incident is None:
        raise ProposalRefused(_("Nothing is kept yet of what the post said."))
    if sentence := why_not(proposal.incident):
        raise ProposalRefused(sentence)


def take_down(proposal: Proposal) -> str:
    """Ask the platform to remove the post; returns what came of it. A stopped account may still remove."""
    account = proposal.account
    post = Receipt(proposal.remote_id, proposal.incident.url if proposal.incident else "")
    error = attempt(lambda: publisher_for(account.channel).remove(post, credentials_of(account))).error
    if error is not None:
        return _("It was not taken down: %(why)s Ask again, or take it down there.") % {"why": error.message}
    record("account.rogue_post_removed", actor=proposal.decided_by, target=account, post=proposal.remote_id)
    return _("The platform took the post down. What it said is kept with the incident.")

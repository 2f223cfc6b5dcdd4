"""Lets a stopped account send again after two people have agreed; what waits comes back held."""

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from audit.recorder import record

from .. import account_care, locks
from ..enums import IncidentKind, Step
from ..models import Account, Drill, Incident, Proposal
from .proposals import ProposalRefused, ask

# What an account may be let go with, as it says nothing about who holds the account.
HARMLESS = (IncidentKind.SILENCE, IncidentKind.REMOVED_POST)


def ask_for_release(account: Account, *, by: User, note: str, keeps_warning: bool = False) -> Proposal:
    """Ask that an account may send again. Raises ProposalRefused."""
    _refuse_unless_ready(account)
    return ask(account, Step.RELEASE, by=by, note=note, keeps_warning=keeps_warning)


def in_the_way(account: Account) -> QuerySet[Incident]:
    """Return the incidents somebody has to close before the account may be let go."""
    still_open = Incident.objects.filter(account=account, closed_at__isnull=True)
    return still_open.filter(~Q(kind__in=HARMLESS) | Q(has_stopped=True))


def why_not(account: Account) -> str:
    """Return why the account cannot be let go now; empty when it can. Asks no platform."""
    if account.locked_at is None:
        return _("The account is not stopped.")
    if account.disconnected_at or not account.sealed_secrets:
        return _("The portal has no access to it. Connect the account again first.")
    if number := in_the_way(account).count():
        return ngettext(
            "%(number)d incident of this account is open. Say what it was first.",
            "%(number)d incidents of this account are open. Say what they were first.",
            number,
        ) % {"number": number}
    return ""


def check_first(proposal: Proposal) -> None:
    """Ask the platform whether we are let in before anything is let go. Raises ProposalRefused."""
    _refuse_unless_ready(proposal.account)
    if error := account_care.check(proposal.account_id):
        said = {"why": error.message}
        raise ProposalRefused(_("The platform was asked just now, and it is not well: %(why)s") % said)


def let_go(proposal: Proposal) -> None:
    """Let the account send again; its queue comes back held. The account's row is locked by the caller."""
    account = Account.objects.get(pk=proposal.account_id)
    _refuse_unless_ready(account)
    locks.let_go(account)
    if not proposal.keeps_warning:
        Account.objects.filter(pk=account.pk).update(public_warning="")
    Drill.objects.filter(account=account, ended_at__isnull=True, released_at__isnull=True).update(
        released_at=timezone.now()
    )
    record(
        "account.unlocked",
        actor=proposal.decided_by,
        target=account,
        note=proposal.note,
        asked_by=str(proposal.asked_by),
        warning_stays=bool(account.public_warning and proposal.keeps_warning),
    )
    account_care.hold_waiting(account, _("The account was stopped meanwhile. Send it, or give it up."))


def _refuse_unless_ready(account: Account) -> None:
    if sentence := why_not(account):
        raise ProposalRefused(sentence)

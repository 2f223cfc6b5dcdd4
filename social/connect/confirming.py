"""The second person of a new account: nothing is sent to it before they have agreed that it is ours."""

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from audit.recorder import record

from ..enums import Step
from ..models import Account, Proposal
from ..stopping import proposals
from ..stopping.proposals import ProposalRefused


def ask_anew(account: Account, *, by: User) -> Proposal:
    """Ask for a second person, inside the transaction that keeps the account.

    What was asked before was about the account as it was then, so it is closed.
    """
    drop_wishes(account, by=by, why=_("It was connected again."))
    note = _("Is this the council's own account?")
    return proposals.ask(account, Step.CONNECT, by=by, note=note)


def drop_wishes(account: Account, *, by: User, why: str) -> None:
    """Close what was asked about an account that is not there any more as it was."""
    still_open = Proposal.objects.filter(account=account, step=Step.CONNECT, decided_at__isnull=True)
    still_open.update(decided_at=timezone.now(), decided_by=by, result=why)


def confirm(proposal: Proposal) -> None:
    """Let the account be used, inside the decision's transaction. Raises ProposalRefused."""
    account, second = Account.objects.get(pk=proposal.account_id), proposal.decided_by
    if account.disconnected_at:
        raise ProposalRefused(_("The account was disconnected meanwhile."))
    if second is None or account.connected_by_id == second.pk:
        raise ProposalRefused(_("You connected this account. Somebody else has to look at it and agree."))
    now = timezone.now()
    Account.objects.filter(pk=account.pk).update(confirmed_at=now, confirmed_by=second)
    record("account.confirmed", actor=second, target=account)


def give_up(proposal: Proposal) -> None:
    """Forget an account that a second person did not know, inside the decision's transaction."""
    Account.objects.filter(pk=proposal.account_id, confirmed_at__isnull=True).update(
        disconnected_at=timezone.now(), sealed_secrets=b"", renewing_until=None
    )

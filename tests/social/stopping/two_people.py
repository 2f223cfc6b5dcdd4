"""Takes a grave step the way two people do, for tests of anything else."""

from accounts.models import User
from social.enums import Step
from social.models import Account, Proposal
from social.stopping import proposals, release


def release_by(account: Account, *, asked_by: User, agreed_by: User) -> Proposal:
    """Let a stopped account go."""
    asked = release.ask_for_release(account, by=asked_by, note="We looked, and it was nothing.")
    return proposals.agree(asked, by=agreed_by)


def take(step: Step, account: Account, *, asked_by: User, agreed_by: User) -> Proposal:
    """Ask for any step and agree to it."""
    return proposals.agree(proposals.ask(account, step, by=asked_by, note="We must."), by=agreed_by)

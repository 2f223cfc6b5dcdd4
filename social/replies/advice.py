"""Says what the state of an answer on a platform asks of a person, and which decisions it allows now."""

from django.utils.translation import gettext as _

from outbox import decisions
from outbox.enums import ErrorKind, HoldReason, Status

from ..models import AnswerPost


def what_to_do(row: AnswerPost) -> str:
    """Return a sentence or two for staff; empty when there is nothing to do or to wait for."""
    if row.status == Status.HELD:
        return _held(HoldReason(row.hold_reason))
    if row.status == Status.FAILED and row.error_kind == ErrorKind.REJECTED:
        return _("The platform refused it for good. The answer stands on the portal all the same.")
    sentences = {
        Status.QUEUED: _("It goes out as soon as its turn comes."),
        Status.RETRY: _("The portal tries again by itself. You need not do anything."),
        Status.FAILED: _("The portal has stopped trying. Try again when the platform works, or give it up."),
        Status.UNKNOWN: _("It may have been sent, so it is not sent again. The portal is looking for it."),
    }
    return sentences.get(Status(row.status), "")


def allowed(row: AnswerPost) -> set[str]:
    """Return what a person may decide now; sending to an account that may not be used is left out."""
    offered: set[str] = set(decisions.allowed(row))
    return offered if row.account.may_send else offered - {decisions.Decision.RELEASE}


def _held(reason: HoldReason) -> str:
    return {
        HoldReason.LATE: _("It should have gone out more than ten minutes ago. Is it still worth sending?"),
        HoldReason.ACCOUNT: _("The account has to be put right first. The answer stands on the portal."),
        HoldReason.CRASHING: _("Tell whoever runs the portal before you try again."),
        HoldReason.UNCLEAR: _(
            "Look under their words yourself and say whether it is there. "
            "Nothing is sent again before somebody has looked."
        ),
    }[reason]

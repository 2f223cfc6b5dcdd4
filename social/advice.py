"""Says in plain words what a delivery's state asks of a person, and which decisions it allows now."""

from collections.abc import Callable

from django.utils import timezone
from django.utils.translation import gettext as _

from outbox import decisions
from outbox.enums import WAITING, ErrorKind, HoldReason, Status

from .models import Delivery


def what_to_do(delivery: Delivery) -> str:
    """Return one or two sentences for staff; empty when there is nothing to do or to wait for."""
    if delivery.status == Status.HELD:
        return _held(delivery)
    if delivery.status == Status.FAILED:
        return _failed(delivery)
    if delivery.status in WAITING:
        return _waiting(delivery)
    if delivery.status == Status.REMOVING and not delivery.edition.notice.withdrawn_at:
        return _("A correction takes its place. The portal takes the post down and tries until it is gone.")
    return _SENTENCES.get(Status(delivery.status), lambda: "")()


def allowed(delivery: Delivery) -> set[str]:
    """Return what a person may decide now (outbox.decisions.Decision), for the buttons.

    Sending to an account that may not be used is left out, because it would be refused.
    """
    offered: set[str] = set(decisions.allowed(delivery))
    return offered if delivery.account.may_send else offered - {decisions.Decision.RELEASE}


def _waiting(delivery: Delivery) -> str:
    account = delivery.account
    if not account.may_send:
        return _("It waits: nothing can be sent to this account at the moment.")
    if account.rests_until_at and account.rests_until_at > timezone.now():
        return _("The platform is away or asked us to wait. It goes out by itself, in its turn.")
    if delivery.part > 1:
        return _("It goes out as soon as the part before it stands.")
    return _SENTENCES[Status(delivery.status)]()


def _held(delivery: Delivery) -> str:
    return {
        HoldReason.LATE: lambda: _(
            "It should have gone out more than ten minutes ago. Decide whether it is still worth sending."
        ),
        HoldReason.ACCOUNT: lambda: _("Put the account right first, then try again."),
        HoldReason.CRASHING: lambda: _(
            "Tell whoever runs the portal. Try again only when they have looked at it."
        ),
        HoldReason.UNCLEAR: lambda: _(
            "Look at the account yourself and say whether the post is there. "
            "Nothing is sent again before somebody has looked."
        ),
    }[HoldReason(delivery.hold_reason)]()


def _failed(delivery: Delivery) -> str:
    if delivery.error_kind == ErrorKind.REJECTED:
        return _(
            "The platform refused this post for good. Say it differently in a new edition, or give it up."
        )
    return _("The portal has stopped trying. Try again when the platform works, or give it up.")


_SENTENCES: dict[Status, Callable[[], str]] = {
    Status.QUEUED: lambda: _("It goes out as soon as its turn comes."),
    Status.RETRY: lambda: _("The portal tries again by itself. You need not do anything."),
    Status.UNKNOWN: lambda: _(
        "It may have been sent, so it is not sent again. The portal is looking for it; "
        "if you can see the account, you can say whether it is there."
    ),
    Status.REMOVING: lambda: _(
        "The notice was withdrawn. The portal takes the post down and tries until it is gone."
    ),
}

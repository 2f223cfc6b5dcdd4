"""What the second person has to know about a step before agreeing; reads only."""

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from outbox.enums import WAITING, Status

from ..enums import Step
from ..models import Account, Delivery, Proposal

_CONSEQUENCES: dict[str, tuple[str | Promise, ...]] = {
    Step.CONNECT: (
        gettext_lazy("Look at the account on the platform: is it the council’s own?"),
        gettext_lazy("If you agree, notices are posted there from now on, and it stands on the public list."),
    ),
    Step.RELEASE: (
        gettext_lazy("The platform is asked first whether we are let in. If not, it stays stopped."),
        gettext_lazy("New posts go out again. What waited comes back held, and somebody decides on each."),
    ),
    Step.REVOKE: (
        gettext_lazy("The portal gives its access back and forgets it. It can neither post nor take down."),
        gettext_lazy("The account stays stopped and watched. To use it again, it has to be connected anew."),
        gettext_lazy("Take rogue posts down first: afterwards the portal cannot."),
    ),
    Step.REMOVE_POST: (
        gettext_lazy("The portal takes the post down on the platform. What it said stays kept as evidence."),
    ),
}
SHOWN = 20


def said_of(step: Step) -> list[str | Promise]:
    """Return what the person who asks for a step has to know, in sentences."""
    first = _("Nothing happens yet. A second communications lead or an administrator has to agree.")
    return [first, *_CONSEQUENCES[step]]


def consequences(proposal: Proposal) -> list[str | Promise]:
    """Return what agreeing does, in sentences."""
    said = list(_CONSEQUENCES[proposal.step])
    if proposal.step == Step.RELEASE and proposal.account.public_warning:
        stays = proposal.keeps_warning
        said.append(_("The warning to residents stays.") if stays else _("The warning to residents ends."))
    return said


def waiting_for(account: Account) -> QuerySet[Delivery]:
    """Return what waits for the account, the oldest first; at most as many as a page shows."""
    rows = Delivery.objects.filter(account=account, status__in=[*WAITING, Status.HELD])
    return rows.select_related("edition__notice", "account").order_by("created_at", "pk")[:SHOWN]

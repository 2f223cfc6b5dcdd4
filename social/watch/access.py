"""Incidents about our access: shut out, or blocked by the platform; hears of it from every call we make."""

from django.utils.translation import gettext as _

from outbox.errors import AccountBroken, Blocked, SendError

from ..enums import IncidentKind
from ..models import Account, Incident
from .incidents import Clue, Finding, open_one


def refused(account: Account, error: SendError) -> Incident | None:
    """Open the incident that belongs to this error; None when there is none, or it is open already.

    A platform's own block stops the account; lost access stops nothing that is not stopped already, since
    nothing can be sent with it. Access that we gave back ourselves is no loss.
    """
    if not account.sealed_secrets:
        return None
    said = {"account": account, "why": error.message}
    match error:
        case Blocked():
            kind, sentence, stops = IncidentKind.BLOCKED, _("The platform blocked %(account)s: %(why)s"), True
        case AccountBroken():
            kind, sentence, stops = (
                IncidentKind.LOST_ACCESS,
                _("We are shut out of %(account)s: %(why)s"),
                False,
            )
        case _:
            return None
    clue = Clue(_("What the platform answered"), error.message)
    return open_one(account, Finding(kind, sentence % said, stops=stops, clues=[clue]))

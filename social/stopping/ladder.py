"""Where an account stands on the ladder of steps when something is wrong with it; reads only."""

from typing import Any

from django.conf import settings

from ..enums import IncidentKind
from ..models import Account, Incident
from . import proposals, release, revoking, rogue_posts


def of(account: Account) -> dict[str, Any]:
    """Return what the page of the ladder shows. Six queries, more with each rogue post."""
    asked = proposals.open_posts(account)
    still_open = list(Incident.objects.filter(account=account, closed_at__isnull=True))
    return {
        "incidents": still_open,
        "rogue": [
            (one, asked.get(one.subject), rogue_posts.why_not(one)) for one in still_open if _is_rogue(one)
        ],
        "asked": proposals.open_about(account),
        "why_no_release": release.why_not(account),
        "why_no_revoke": revoking.why_not(account),
        "watched_for": revoking.watched_for(account),
        "drill": account.drills.filter(ended_at__isnull=True).first(),
        "council": settings.COUNCIL,
    }


def _is_rogue(incident: Incident) -> bool:
    return incident.kind == IncidentKind.UNKNOWN_POST and bool(incident.subject)

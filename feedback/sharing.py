"""Makes and ends read-only links to what the summary shows, for people without an account; shows nothing."""

import datetime as dt
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.recorder import record

from .models import CommitteeLink
from .moderation import Refused
from .permissions import SUMMARY_ROLES, team_ids

# A committee's round, from the papers going out to the minutes being agreed.
MOST_DAYS = 90


def make(*, by: Any, name: str, query: str, days: int) -> CommitteeLink:
    """Make a link to the summary as `query` filters it, good for so many days. Raises Refused."""
    if not team_ids(by, *SUMMARY_ROLES):
        raise Refused(_("Only those who read the summary may share it."))
    if not 1 <= days <= MOST_DAYS:
        raise Refused(_("Choose between 1 and %(most)s days.") % {"most": MOST_DAYS})
    expires_at = timezone.now() + dt.timedelta(days=days)
    made = CommitteeLink.objects.create(name=name, query=query, made_by=by, expires_at=expires_at)
    record("committee_link.made", actor=by, target=made, query=query, expires_at=expires_at.isoformat())
    return made


def end(link: CommitteeLink, *, by: Any) -> bool:
    """End a link at once; return whether it worked until now. Whoever may read the summary may end it."""
    ended = CommitteeLink.objects.filter(pk=link.pk, ended_at=None).update(ended_at=timezone.now())
    if ended:
        record("committee_link.ended", actor=by, target=link)
    return bool(ended)


def working(at: dt.datetime | None = None) -> QuerySet[CommitteeLink]:
    """Return the links that lead somewhere at that moment."""
    rows = CommitteeLink.objects.filter(ended_at=None, expires_at__gt=at or timezone.now())
    return rows.select_related("made_by")

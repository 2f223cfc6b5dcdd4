"""What the staff's pages about one edition have in common; must not decide anything."""

from typing import Any

from accounts.access import role_required
from accounts.enums import Kind
from accounts.models import User
from audit import queries as audit_queries
from audit.models import Event
from updates import desk, difference, notice_page, policy
from updates.content import content_hash
from updates.enums import Status
from updates.models import Edition

officers_only = role_required(*desk.OFFICERS)

# Statuses whose words residents have not seen yet, so that a difference to what they see means something.
_NOT_PUBLIC_YET = {Status.DRAFT, Status.SUBMITTED, Status.RETURNED, Status.APPROVED, Status.SCHEDULED}


def reading(edition: Edition) -> dict[str, Any]:
    """Return the context of every page that shows an edition to staff: words, differences, checks, reach."""
    live = live_before(edition)
    found = policy.findings(edition)
    return {
        "edition": edition,
        "notice": edition.notice,
        "residents": residents_see(edition),
        "live": live,
        "changes": difference.changes(live, edition) if live else [],
        "facts": [fact for fact in difference.facts_of(edition) if fact.text],
        "findings": found,
        "is_blocked": bool(policy.blocking(found)),
        "has_warnings": bool(policy.warnings(found)),
        "reach": desk.residents_reached(edition),
        "where": difference.where(edition),
        "seen": content_hash(edition),
    }


def live_before(edition: Edition) -> Edition | None:
    """Return the edition that residents see now and `edition` would replace."""
    live = edition.notice.live_edition
    if live is None or live.pk == edition.pk or edition.status not in _NOT_PUBLIC_YET:
        return None
    # The one instance knows its notice already: no query for what both share.
    live.notice = edition.notice
    return live


def residents_see(edition: Edition) -> dict[str, Any] | None:
    """Return the residents' page of `edition` as a context; None while its kind's details are missing."""
    if edition.notice.kind != Kind.GENERAL and edition.detail is None:
        return None
    return notice_page.context_for(edition, is_preview=edition.status in _NOT_PUBLIC_YET)


def contributors(edition: Edition) -> list[User]:
    """Return everybody who wrote or changed part of `edition`, in the order of their names."""
    return [each.person for each in edition.contributions.select_related("person").order_by("person__name")]


def history(edition: Edition) -> list[Event]:
    """Return what was done to `edition`, newest first, from the audit trail."""
    return list(audit_queries.about("updates.edition", edition.pk).order_by("-sequence"))

"""Finds the facts of a notice that a question asks for: when, where, what it costs; must not guess."""

from django.utils.translation import gettext as _

from accounts.enums import Kind
from updates import facts, notice_page, queries
from updates.facts import Fact
from updates.models import Edition, Notice

from . import likeness

# Nobody looks for their street among more than these.
_MOST_STREETS = 12


def facts_asked_for(text: str, notice: Notice) -> list[Fact]:
    """Return what stands on top of the notice's page and answers `text`. Up to three queries."""
    asks, edition = likeness.asks_for(text), notice.live_edition
    if edition is None or not asks & {"when", "where", "cost"}:
        return []
    if notice.kind == Kind.EVENT:
        return facts.event_facts(edition.event)
    found: list[Fact] = []
    if "when" in asks:
        found += _when(edition)
    if "where" in asks and not edition.is_borough_wide:
        found.append(_where(edition))
    return found


def _when(edition: Edition) -> list[Fact]:
    if edition.notice.kind == Kind.OUTAGE:
        return facts.outage_facts(edition.outage)
    if edition.notice.kind == Kind.PROJECT:
        return facts.project_panel(edition.project).facts
    return []


def _where(edition: Edition) -> Fact:
    here = [ward for ward in queries.wards_with_mark(edition) if getattr(ward, "is_here", False)]
    streets = [street.name for street in queries.streets_of(edition)]
    more = _("and others") if len(streets) > _MOST_STREETS else ""
    named = ", ".join([*streets[:_MOST_STREETS], *([more] if more else [])])
    return (_("Where"), notice_page.where_in_words(edition, here), named)

"""Everything a notice's page shows, to residents and as a preview alike; the template only arranges it."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.enums import Kind
from places import areas
from places import map as ward_map
from places.models import Ward

from . import card_image, cards, corrections, facts, queries, richtext, structured, timeline
from .enums import Urgency
from .events import event_page
from .models import Edition, Notice
from .outages import estimates
from .projects import page as project_page

# A longer list of streets folds away.
STREETS_SHOWN = 6
_SECTIONS: dict[str, tuple[str, str]] = {
    Kind.OUTAGE: ("outages", "updates:outages"),
    Kind.EVENT: ("events", "updates:events"),
    Kind.PROJECT: ("projects", "updates:projects"),
    Kind.GENERAL: ("notices", "updates:list"),
}


def context_for(
    edition: Edition, *, editions: list[Edition] | None = None, is_preview: bool = False
) -> dict[str, Any]:
    """Return the context of updates/notice.html for `edition`, which knows its notice.

    `editions` are its timeline, newest first, all sharing the notice; read here when not given. A preview
    shows the edition as it will stand once live. Four queries, or five; two more for a project; five more
    where something was corrected.
    """
    editions = _timeline_up_to(edition) if editions is None else editions
    notice = edition.notice
    return {
        "notice": notice,
        "edition": edition,
        "is_preview": is_preview,
        "is_withdrawn": notice.withdrawn_at is not None and not is_preview,
        "has_ended": notice.ended_at is not None and not is_preview,
        "tag_text": cards.tag_of(edition),
        "tag_tone": cards.tone_of(edition),
        "body": richtext.render(edition.body),
        "documents": list(edition.documents.defer("text")),
        "timeline": timeline.entries(editions, edition, corrections.changes_in(editions)),
        "is_emergency": edition.urgency == Urgency.EMERGENCY,
        **_section(notice, edition),
        **_detail(edition, editions),
        **_where(edition),
        "structured": "" if is_preview else structured.script(edition, editions),
        **_addresses(notice, edition),
    }


def _timeline_up_to(edition: Edition) -> list[Edition]:
    """Return `edition` on top of the public editions before it. One query."""
    public = queries.public_editions(edition.notice.reference)
    before = [each for each in public if each.number < edition.number]
    for each in before:
        each.notice = edition.notice
    return [edition, *before]


def _section(notice: Notice, edition: Edition) -> dict[str, Any]:
    nav, url_name = _SECTIONS[notice.kind]
    labels = {
        Kind.OUTAGE: _("Outages"),
        Kind.EVENT: _("Events"),
        Kind.PROJECT: _("Projects"),
        Kind.GENERAL: _("Notices"),
    }
    crumbs = [(_("Home"), reverse("updates:home")), (labels[Kind(notice.kind)], reverse(url_name))]
    return {"nav": nav, "crumbs": crumbs}


def _detail(edition: Edition, editions: list[Edition]) -> dict[str, Any]:
    kind = edition.notice.kind
    if kind == Kind.OUTAGE:
        panel = facts.outage_panel(edition.outage, editions)
        return {"outage": edition.outage, "panel": panel, "estimates": estimates.history(editions)}
    if kind == Kind.EVENT:
        return event_page.context_for(edition, editions)
    if kind == Kind.PROJECT:
        return project_page.context_for(edition)
    return {}


def _where(edition: Edition) -> dict[str, Any]:
    wards = queries.wards_with_mark(edition)
    here = [ward for ward in wards if edition.is_borough_wide or _is_here(ward)]
    words = where_in_words(edition, here)
    marked = {ward.pk for ward in here}
    area = None if edition.is_borough_wide else edition.area
    label = _("Map of the wards. Marked: %(where)s.") % {"where": words}
    streets = [street.name for street in queries.streets_of(edition)]
    folds = len(streets) > STREETS_SHOWN + 1  # one more line costs less than a line that unfolds it
    return {
        "where": words,
        "streets": streets[:STREETS_SHOWN] if folds else streets,
        "all_streets": streets if folds else [],
        "map_svg": ward_map.draw(wards, queries.map_features(), marked, label, area)
        if marked or area
        else "",
    }


def _is_here(ward: Ward) -> bool:
    return bool(getattr(ward, "is_here", False))


def where_in_words(edition: Edition, here: list[Ward]) -> str:
    """Return what the map shows: "Millgate and Quayside", "within 300 m of Quay Street, in Millgate"."""
    if edition.is_borough_wide:
        return _("the whole borough")
    if edition.area:
        return areas.in_words_with_wards(edition.area, here)
    return areas.listed([ward.name for ward in here]) or _("no ward named")


def _addresses(notice: Notice, edition: Edition) -> dict[str, Any]:
    """Return the page's own address and its preview card: the state in words, which no photograph shows."""
    page_url = f"{settings.PORTAL_URL}{notice.get_absolute_url()}"
    if edition.published_at is None or notice.withdrawn_at is not None:
        return {"page_url": page_url}
    return {
        "page_url": page_url,
        "og_image_url": card_image.address_of(edition),
        "og_image_alt": card_image.alt_of(edition),
        "og_image_width": card_image.WIDTH,
        "og_image_height": card_image.HEIGHT,
    }

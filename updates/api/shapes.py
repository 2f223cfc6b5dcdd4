"""Turns notices into the API's shapes; must not query: it is given what it shows."""

from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.db.models import Model

from accounts.enums import Kind
from places.models import Ward

from .. import cards, richtext
from ..enums import Severity, Urgency
from ..models import Document, Edition, EventDetail, Notice, OutageDetail

_URGENCIES = {each.value: each.name.lower() for each in Urgency}
_SEVERITIES = {each.value: each.name.lower() for each in Severity}


def notice(found: Notice) -> dict[str, Any]:
    """Return a notice fetched with `with_live_edition()`, its streets and its lists as NoticeOut has it."""
    edition = cards.live_edition(found)
    withdrawn = found.withdrawn_at is not None
    return {
        "reference": found.reference,
        "url": f"{settings.PORTAL_URL}{found.get_absolute_url()}",
        "short_url": found.short_url,
        "kind": found.kind,
        "state": "withdrawn" if withdrawn else "ended" if found.ended_at else "current",
        "title": edition.headline,
        # Withdrawn words stay on the page, struck through; a program could not strike them through.
        "summary": "" if withdrawn else edition.summary,
        "urgency": _URGENCIES[found.urgency],
        "severity": _SEVERITIES[edition.severity],
        "team": str(found.team),
        "first_published_at": found.first_published_at,
        "updated_at": found.updated_at,
        "ended_at": found.ended_at,
        "where": where(edition),
        "change_note": "" if withdrawn else edition.change_note,
        "picture": None if withdrawn else picture(edition),
        "documents": [] if withdrawn else [document(each) for each in edition.documents.all()],
        **details(edition, "" if withdrawn else found.kind),
    }


def whole(found: Notice, editions: list[Edition]) -> dict[str, Any]:
    """Return a notice with its words and its published `editions`, newest first."""
    edition = cards.live_edition(found)
    withdrawn = found.withdrawn_at is not None
    return {
        **notice(found),
        "body_html": "" if withdrawn else richtext.render(edition.body),
        "withdrawn_at": found.withdrawn_at,
        "withdrawn_reason": found.withdrawn_reason,
        "editions": [] if withdrawn else [told(each) for each in editions],
    }


def told(edition: Edition) -> dict[str, Any]:
    """Return one published edition as the history has it."""
    return {
        "number": edition.number,
        "published_at": edition.published_at,
        "title": edition.headline,
        "summary": edition.summary,
        "change_note": edition.change_note,
        "is_minor": edition.is_minor,
        "is_correction": edition.is_correction,
    }


def ward(found: Ward) -> dict[str, Any]:
    """Return a ward without its boundary."""
    return {"slug": found.slug, "code": found.code, "name": found.name}


def where(edition: Edition) -> dict[str, Any]:
    """Return whom an edition concerns; uses prefetched wards and streets."""
    return {
        "whole_borough": edition.is_borough_wide,
        "wards": [ward(each) for each in edition.wards.all()],
        "streets": [street.name for street in edition.streets.all()],
        "area": edition.area,
    }


def picture(edition: Edition) -> dict[str, Any] | None:
    """Return the picture with its description, or None."""
    if edition.picture is None:
        return None
    return {
        "url": urljoin(settings.PORTAL_URL, edition.picture.file.url),
        "alt": edition.alt_text,
        "width": edition.picture.width,
        "height": edition.picture.height,
    }


def details(edition: Edition, kind: str) -> dict[str, Any]:
    """Return what only a notice of `kind` has; None under the names of the other kinds."""
    return {
        "outage": outage(edition.outage) if kind == Kind.OUTAGE else None,
        "event": event(edition.event) if kind == Kind.EVENT else None,
        "project": project(edition) if kind == Kind.PROJECT else None,
    }


def outage(detail: OutageDetail) -> dict[str, Any]:
    """Return an outage's detail under the API's names."""
    return {
        "service": detail.service,
        "state": detail.state,
        "off_since": detail.since_at,
        "back_from": detail.estimate_from_at,
        "back_by": detail.estimate_to_at,
        "estimate": detail.estimate_stage,
        "reason": detail.reason,
        "advice": detail.advice,
        "next_update_by": detail.next_update_by_at,
        "next_update_missed_at": detail.update_missed_at,
        "restored_at": detail.restored_at,
        "works_from": detail.planned_from_at,
        "works_until": detail.planned_to_at,
    }


def event(detail: EventDetail) -> dict[str, Any]:
    """Return an event's detail under the API's names."""
    return {
        "status": detail.event_status,
        "starts_at": detail.starts_at,
        "ends_at": detail.ends_at,
        "venue": detail.venue,
        "access": detail.access,
        "cost": detail.cost,
        "booking_url": detail.booking_url,
        "repeats": detail.repeats,
        "repeats_until": detail.repeats_until_on,
        "not_on": detail.except_on,
    }


def project(edition: Edition) -> dict[str, Any]:
    """Return a project's detail, its milestones and its decisions; uses prefetched lists."""
    return {
        **_columns(
            edition.project, "phase", "horizon", "decided", "can_change", "budget", "progress_percent"
        ),
        "milestones": [
            _columns(each, "title", "planned_on", "reached_on") for each in edition.milestones.all()
        ],
        "decisions": [
            _columns(each, "title", "decided_on", "decided_by", "url") for each in edition.decisions.all()
        ],
    }


def document(found: Document) -> dict[str, Any]:
    """Return a document with its address."""
    return {**_columns(found, "title", "size", "pages"), "url": urljoin(settings.PORTAL_URL, found.file.url)}


def _columns(row: Model, *names: str) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}

"""A notice in schema.org's words, for search engines and assistants; says only what the page says too."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

from accounts.enums import Kind
from look import times

from . import card_image
from .enums import EventStatus, Repeats
from .models import Edition, EventDetail

_STATUSES: dict[str, str] = {
    EventStatus.GOING_AHEAD: "EventScheduled",
    EventStatus.MOVED: "EventScheduled",
    EventStatus.POSTPONED: "EventPostponed",
    EventStatus.CANCELLED: "EventCancelled",
}
# ISO 8601 durations, as schema.org's Schedule has them.
_EVERY: dict[str, str] = {
    Repeats.DAILY: "P1D",
    Repeats.WEEKLY: "P1W",
    Repeats.FORTNIGHTLY: "P2W",
    Repeats.MONTHLY_DATE: "P1M",
    Repeats.MONTHLY_WEEKDAY: "P1M",
}
# A script element ends where "</" stands, whatever is around it (as Django's json_script).
_IN_HTML = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


def script(edition: Edition, editions: Sequence[Edition]) -> SafeString:
    """Return the element for the head of the notice's page: data, which no browser runs.

    `editions` are the public ones, newest first, with their details. Empty for what was withdrawn.
    """
    if edition.notice.withdrawn_at is not None:
        return SafeString("")
    data = json.dumps(data_of(edition, editions), ensure_ascii=False).translate(_IN_HTML)
    return mark_safe(f'<script type="application/ld+json">{data}</script>')


def data_of(edition: Edition, editions: Sequence[Edition]) -> dict[str, Any]:
    """Return what `script` prints: an Event, or for every other kind a NewsArticle."""
    notice = edition.notice
    common = {
        "@context": "https://schema.org",
        "url": f"{settings.PORTAL_URL}{notice.get_absolute_url()}",
        "identifier": notice.reference,
        "description": edition.summary,
        "image": card_image.address_of(edition),
        "inLanguage": settings.LANGUAGE_CODE,
    }
    if notice.kind == Kind.EVENT:
        return {**common, **_event(edition, editions)}
    return {**common, **_article(edition)}


def _article(edition: Edition) -> dict[str, Any]:
    notice = edition.notice
    found = {
        "@type": "NewsArticle",
        "headline": edition.headline,
        "datePublished": _time(notice.first_published_at),
        "dateModified": _time(notice.updated_at),
        "expires": _time(edition.expires_at),
        "author": _council(),
        "publisher": _council(),
    }
    return {name: value for name, value in found.items() if value}


def _event(edition: Edition, editions: Sequence[Edition]) -> dict[str, Any]:
    event = edition.event
    found = {
        "@type": "Event",
        "name": edition.title,
        "startDate": _time(event.starts_at),
        "endDate": _time(event.ends_at),
        "eventStatus": f"https://schema.org/{_STATUSES[event.event_status]}",
        "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
        "location": {"@type": "Place", "name": event.venue, "address": event.venue},
        "organizer": _council(),
        "eventSchedule": _schedule(event),
        "offers": {"@type": "Offer", "url": event.booking_url} if event.booking_url else None,
        **_rescheduled(event, editions),
    }
    return {name: value for name, value in found.items() if value}


def _rescheduled(event: EventDetail, editions: Sequence[Edition]) -> dict[str, str]:
    """Return what changes when an event was moved to another time, not only to another place."""
    before = [each.event.starts_at for each in editions if each.event.starts_at != event.starts_at]
    if event.event_status != EventStatus.MOVED or not before:
        return {}
    return {
        "eventStatus": "https://schema.org/EventRescheduled",
        "previousStartDate": times.machine(before[0]),
    }


def _schedule(event: EventDetail) -> dict[str, Any] | None:
    if event.repeats == Repeats.NEVER:
        return None
    last = {"endDate": event.repeats_until_on.isoformat()} if event.repeats_until_on else {}
    except_on = {"exceptDate": event.except_on} if event.except_on else {}
    return {
        "@type": "Schedule",
        "startDate": times.in_zone(event.starts_at).date().isoformat(),
        "repeatFrequency": _EVERY[event.repeats],
        "scheduleTimezone": settings.COUNCIL.zone,
        **last,
        **except_on,
    }


def _council() -> dict[str, str]:
    return {"@type": "GovernmentOrganization", "name": settings.COUNCIL.name, "url": settings.PORTAL_URL}


def _time(value: datetime | None) -> str:
    return times.machine(value) if value else ""

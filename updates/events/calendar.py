"""Calendars as files (RFC 5545, 7986): one event's, and the feed of all; what they say is in entries.py."""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import lru_cache

from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext as _
from icalendar import Calendar, Timezone, vText

from accounts.enums import Kind
from places.models import Ward

from .. import queries
from ..models import Notice, NoticeQuerySet
from .entries import entries_of, plain

CONTENT_TYPE = "text/calendar; charset=utf-8"
# The kinds that have times; the first is what the feed holds when nobody says.
KINDS = (Kind.EVENT, Kind.OUTAGE)
# More than any borough announces; what is gone stays a while, so that clients take it out.
MOST_CURRENT = 1000
MOST_GONE = 200
# How often clients may ask again.
_ASK_AGAIN = timedelta(hours=1)


def of_notice(notice: Notice) -> bytes:
    """Return the calendar of one published notice, as a file; it has an entry only if it has a time."""
    return _written(notice.title, [notice])


def of_kind(kind: str, ward: Ward | None) -> bytes:
    """Return the feed of a kind, for one ward or all. Two queries."""
    return _written(name_of(kind, ward), [*_current(kind, ward), *_gone(kind, ward)])


def name_of(kind: str, ward: Ward | None) -> str:
    """Return what a client calls the calendar."""
    label = _("planned works") if kind == Kind.OUTAGE else _("events")
    if ward is None:
        return _("%(council)s: %(what)s") % {"council": settings.COUNCIL.name, "what": label}
    words = {"council": settings.COUNCIL.name, "what": label, "ward": ward.name}
    return _("%(council)s: %(what)s in %(ward)s") % words


def _current(kind: str, ward: Ward | None) -> list[Notice]:
    found = Notice.objects.current().filter(kind=kind)
    order = ("starts_at", "id") if kind == Kind.EVENT else ("-updated_at", "-id")
    return list(_with_details(found, kind, ward).order_by(*order)[:MOST_CURRENT])


def _gone(kind: str, ward: Ward | None) -> list[Notice]:
    """Return the latest that have ended or were withdrawn: a client has to hear of it."""
    found = Notice.objects.published().filter(kind=kind)
    gone = found.filter(Q(ended_at__isnull=False) | Q(withdrawn_at__isnull=False))
    return list(_with_details(gone, kind, ward).order_by("-updated_at", "-id")[:MOST_GONE])


def _with_details(found: NoticeQuerySet, kind: str, ward: Ward | None) -> NoticeQuerySet:
    narrowed = queries.in_ward(found, ward) if ward else found
    return narrowed.select_related(f"live_edition__{kind}")


def _written(name: str, notices: Sequence[Notice]) -> bytes:
    entries = [entry for notice in notices for entry in entries_of(notice)]
    made = Calendar()
    made.add("prodid", f"-//{plain(settings.COUNCIL.name)}//Council Portal//EN")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    for key in ("name", "x-wr-calname"):
        made.add(key, vText(plain(name).replace("\n", " ")))
    made.add("x-wr-timezone", settings.COUNCIL.zone)
    made.add("refresh-interval", _ASK_AGAIN, parameters={"VALUE": "DURATION"})
    made.add("x-published-ttl", "PT1H")
    if entries:
        days = [entry.end.year for entry in entries] + [entry.start.year for entry in entries]
        made.add_component(_zone(settings.COUNCIL.zone, min(days), max(days)))
    for entry in entries:
        made.add_component(entry)
    return made.to_ical()


@lru_cache(maxsize=64)
def _zone(name: str, first_year: int, last_year: int) -> Timezone:
    """Return the zone's rules from the year before the first entry to the years a series may last."""
    return Timezone.from_tzid(
        name, first_date=date(first_year - 1, 1, 1), last_date=date(last_year + 4, 1, 1)
    )

"""A notice as entries of a calendar (RFC 5545): pure, so that the same edition always gives the same bytes.

Clients know an entry by its UID and take what has the higher SEQUENCE; both come from what is frozen.
"""

import re
from datetime import UTC, datetime, time
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _
from icalendar import Event, vCalAddress

from accounts.enums import Kind
from look import times

from .. import cards
from ..enums import EventStatus
from ..models import Edition, EventDetail, Notice
from . import recurrence, words
from .recurrence import Span

# RFC 5545, 3.1: no control characters but tab and line ends; the library writes a line end as "\n".
_NOT_IN_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_STATUSES: dict[str, str] = {EventStatus.CANCELLED: "CANCELLED", EventStatus.POSTPONED: "TENTATIVE"}


def entries_of(notice: Notice) -> list[Event]:
    """Return the entries of a published notice; none if it has no time.

    More than one where a single date of a series differs from what its rule says. No query, if the notice
    came with its live edition and the detail of its kind.
    """
    edition = cards.live_edition(notice)
    if notice.kind == Kind.EVENT:
        return _event_entries(notice, edition, edition.event)
    if notice.kind == Kind.OUTAGE and edition.outage.planned_from_at and edition.outage.planned_to_at:
        span = Span(edition.outage.planned_from_at, edition.outage.planned_to_at)
        return [_entry(notice, edition, span, "CONFIRMED")]
    return []


def uid_of(notice: Notice) -> str:
    """Return what names a notice in every calendar for good."""
    return f"{notice.reference}@{urlsplit(settings.PORTAL_URL).hostname}"


def changed_at(notice: Notice) -> datetime:
    """Return when the entry of a published notice last changed."""
    live_at = cards.live_edition(notice).published_at
    moments = [live_at, notice.first_published_at, notice.withdrawn_at]
    return max(moment for moment in moments if moment)


def _event_entries(notice: Notice, edition: Edition, event: EventDetail) -> list[Event]:
    status = _STATUSES.get(event.event_status, "CONFIRMED")
    first = _entry(notice, edition, Span(event.starts_at, event.ends_at), status)
    if not words.rule(event):
        return [first]
    spans = recurrence.spans_of(event)
    _add_rule(first, event, spans)
    odd = [span for span in spans if _is_odd(event, span)]
    return [first, *(_odd_entry(notice, edition, span, status) for span in odd)]


def _add_rule(entry: Event, event: EventDetail, spans: list[Span]) -> None:
    """Let `entry` come back, by the council's clocks in any case."""
    entry.start, entry.end = times.in_zone(event.starts_at), times.in_zone(event.ends_at)
    taken = {times.in_zone(span.starts_at).date() for span in spans}
    # The end of the last day: programs that reckon with one offset all the year do not lose the last date.
    until = datetime.combine(max(taken), time.max, tzinfo=times.zone()).astimezone(UTC)
    entry.add("rrule", {**recurrence.rule_of(event), "UNTIL": until.replace(microsecond=0)})
    left_out = sorted(day for day in recurrence.days_of(event) - taken if day < max(taken))
    if left_out:
        clock = entry.start.time()
        entry.add("exdate", [datetime.combine(day, clock, tzinfo=times.zone()) for day in left_out])


def _odd_entry(notice: Notice, edition: Edition, span: Span, status: str) -> Event:
    """Return the entry of a single date of a series, on which the clocks change."""
    entry = _entry(notice, edition, span, status)
    entry.add("recurrence-id", times.in_zone(span.starts_at).replace(fold=0))
    return entry


def _is_odd(event: EventDetail, span: Span) -> bool:
    """Say whether calendars may make something else of the rule for this date.

    They let every date be exactly as long as the first (RFC 5545, 3.8.5.3), and do not agree on what a clock
    time means that comes twice.
    """
    as_long = span.ends_at - span.starts_at == event.ends_at - event.starts_at
    return not as_long or any(map(_comes_twice, (*span, event.starts_at, event.ends_at)))


def _entry(notice: Notice, edition: Edition, span: Span, status: str) -> Event:
    is_withdrawn = notice.withdrawn_at is not None
    changed = changed_at(notice)
    entry = Event()
    entry.add("uid", uid_of(notice))
    entry.add("sequence", edition.number + is_withdrawn)
    entry.add("dtstamp", changed.astimezone(UTC))
    entry.add("last-modified", changed.astimezone(UTC))
    if notice.first_published_at:
        entry.add("created", notice.first_published_at.astimezone(UTC))
    entry.add("dtstart", _zoned(span.starts_at))
    entry.add("dtend", _zoned(span.ends_at))
    entry.add("status", "CANCELLED" if is_withdrawn else status)
    entry.add("organizer", _organizer())
    entry.add("url", f"{settings.PORTAL_URL}{notice.get_absolute_url()}")
    for name, text in _texts(notice, edition):
        entry.add(name, plain(text))
    return entry


def _texts(notice: Notice, edition: Edition) -> list[tuple[str, str]]:
    """Return the words of an entry; of a withdrawn notice only that, and why."""
    if notice.withdrawn_at is not None:
        headline = _("Withdrawn: %(title)s") % {"title": edition.headline}
        return [("summary", headline), ("description", f"{notice.withdrawn_reason}\n\n{notice.short_url}")]
    event = edition.event if notice.kind == Kind.EVENT else None
    found = [
        ("summary", edition.headline),
        ("location", event.venue if event else ""),
        ("categories", notice.get_kind_display().capitalize()),
        ("description", _description(notice, edition, event)),
    ]
    return [(name, text) for name, text in found if text]


def _description(notice: Notice, edition: Edition, event: EventDetail | None) -> str:
    lines = [edition.change_note, edition.summary]
    if event:
        lines += [_told(_("Access"), event.access), _told(_("Cost"), event.cost)]
        lines += [_told(_("Booking"), event.booking_url), _told(_("Not on"), words.exceptions(event))]
    return "\n".join(line for line in [*lines, notice.short_url] if line)


def _told(term: str, text: str) -> str:
    return f"{term}: {text}" if text else ""


def _zoned(moment: datetime) -> datetime:
    """Return a moment by the council's clocks, or in UTC where they show it twice."""
    return moment.astimezone(UTC) if _comes_twice(moment) else times.in_zone(moment)


def _comes_twice(moment: datetime) -> bool:
    local = times.in_zone(moment)
    return local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()


def _organizer() -> vCalAddress:
    made = vCalAddress(f"mailto:{settings.COUNCIL.contact_email}")
    name: Any = plain(settings.COUNCIL.name).replace('"', "'").replace("\n", " ")
    made.params["CN"] = name
    return made


def plain(text: str) -> str:
    """Return `text` with one kind of line end and without what a calendar cannot hold."""
    return _NOT_IN_TEXT.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n"))

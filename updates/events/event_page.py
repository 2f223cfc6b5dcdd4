"""What an event's page shows beyond what every notice's page does; no query."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from look import times

from .. import facts, spans
from ..enums import EventStatus, Repeats
from ..facts import Fact, Panel, Text
from ..models import Edition, EventDetail
from . import occurrences, recurrence, words
from .recurrence import Span

# A longer list of dates folds away.
DATES_SHOWN = 6


def context_for(edition: Edition, editions: Sequence[Edition]) -> dict[str, Any]:
    """Return what updates/parts/event.html and the panel show of `edition`; `editions` are newest first."""
    event = edition.event
    before = moved_from(edition, editions)
    dates = occurrences.of_notice(edition) if event.repeats != Repeats.NEVER else []
    folds = len(dates) > DATES_SHOWN + 1  # one more line costs less than a line that unfolds it
    return {
        "event": event,
        "event_stands": event.event_status != EventStatus.CANCELLED,
        "panel": panel(event, _shown_date(edition), before),
        "event_dates": {
            "rule": words.rule(event),
            "not_on": words.exceptions(event),
            "shown": _in_words(dates[:DATES_SHOWN] if folds else dates),
            "more": _in_words(dates[DATES_SHOWN:]) if folds else [],
            "calendar_url": _calendar_url(edition),
        },
    }


def moved_from(edition: Edition, editions: Sequence[Edition]) -> EventDetail | None:
    """Return the newest older detail with another time or place, if `edition` says that it was moved."""
    if edition.event.event_status != EventStatus.MOVED:
        return None
    older = [each.event for each in editions if each.number < edition.number]
    now = _time_and_place(edition.event)
    return next((event for event in older if _time_and_place(event) != now), None)


def panel(event: EventDetail, at: Span, before: EventDetail | None = None) -> Panel:
    """Answer when, where and what it costs; what holds no longer stands struck through beside it."""
    found = [_when(event, at, before), _where(event, before), (_("Cost"), event.cost, "")]
    heading = event.get_event_status_display()
    return Panel(heading, facts.event_tone(event), [fact for fact in found if fact[1]])


def _shown_date(edition: Edition) -> Span:
    """Return the next date of a live edition, and the first of one that is not."""
    notice = edition.notice
    is_live = edition.pk is not None and edition.pk == notice.live_edition_id
    return recurrence.span_at(edition.event, notice.starts_at if is_live else None)


def _when(event: EventDetail, at: Span, before: EventDetail | None) -> Fact:
    if event.event_status == EventStatus.POSTPONED:
        return (_("When"), _("New date to be announced"), struck(spans.full_span(*at)))
    if event.event_status == EventStatus.CANCELLED:
        return (_("When"), struck(spans.clock_span(*at)), struck(spans.day_span(*at)))
    note: Text = spans.day_span(*at)
    if rule := words.rule(event):
        note = f"{note}. {rule}."
    if before and (before.starts_at, before.ends_at) != (event.starts_at, event.ends_at):
        note = format_html("{} {}", note, struck(spans.full_span(before.starts_at, before.ends_at)))
    return (_("When"), spans.clock_span(*at), note)


def _where(event: EventDetail, before: EventDetail | None) -> Fact:
    has_moved = before is not None and before.venue != event.venue
    return (_("Where"), event.venue, struck(before.venue) if before and has_moved else "")


def struck(text: Text) -> SafeString:
    """Return what holds no longer, struck through and said so."""
    return format_html(
        '<del class="cp-del"><span class="govuk-visually-hidden">{} </span>{}</del>', _("was"), text
    )


def _time_and_place(event: EventDetail) -> tuple[object, ...]:
    return (event.starts_at, event.ends_at, event.venue)


def _in_words(dates: list[Span]) -> list[SafeString]:
    """Return each date with its year: a series often goes on past the new year."""
    days = [times.words(span.starts_at, "date") for span in dates]
    return [
        format_html("{}, {}", day, spans.clock_span(*span)) for day, span in zip(days, dates, strict=True)
    ]


def _calendar_url(edition: Edition) -> str:
    """Return where the calendar file is; none of what has no date, or was never published."""
    has_date = edition.event.event_status in {EventStatus.GOING_AHEAD, EventStatus.MOVED}
    reference = edition.notice.reference
    is_public = edition.notice.live_edition_id is not None
    return reverse("updates:calendar_of", args=[reference]) if has_date and is_public else ""

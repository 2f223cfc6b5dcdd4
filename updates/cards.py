"""A notice as a card or a row on residents' lists; must not query: it is given what it shows."""

from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext as _

from accounts.enums import Kind

from . import facts
from .enums import EventStatus, Urgency
from .events.recurrence import Span, span_at
from .facts import Fact
from .models import Edition, Notice

_KIND_TONES: dict[str, str] = {Kind.OUTAGE: "outage", Kind.EVENT: "event", Kind.PROJECT: "project"}


@dataclass(frozen=True)
class Card:
    """Everything a card shows, in the words of its template."""

    title: str
    url: str
    tone: str
    tag_text: str
    text: str = ""
    facts: list[Fact] = field(default_factory=list)
    updated_at: datetime | None = None
    where: str = ""
    has_ended: bool = False
    is_emergency: bool = False


@dataclass(frozen=True)
class Row:
    """An event in a list by date, or a project in a list by horizon."""

    title: str
    url: str
    on: datetime | None = None
    text: str = ""
    tag_text: str = ""
    tag_tone: str = "warn"
    percent: int | None = None
    percent_label: str = ""


def tone_of(edition: Edition) -> str:
    """Return the tone of an edition's tag: its kind's, or its state's where that says more."""
    kind = edition.notice.kind
    if kind == Kind.OUTAGE:
        return facts.outage_tone(edition.outage)
    if kind == Kind.EVENT:
        return facts.event_tone(edition.event)
    if edition.urgency == Urgency.EMERGENCY:
        return "outage"
    return _KIND_TONES.get(kind, "neutral")


def tag_of(edition: Edition) -> str:
    """Return the words of an edition's tag: "Water · repairing", "Event · moved", "Project"."""
    kind = edition.notice.kind
    if kind == Kind.OUTAGE:
        state = edition.outage.get_state_display().lower()
        return f"{edition.outage.get_service_display()} · {state}"
    if kind == Kind.EVENT:
        status = edition.event.event_status
        moved = status != EventStatus.GOING_AHEAD
        return f"{_('Event')} · {edition.event.get_event_status_display().lower()}" if moved else _("Event")
    if kind == Kind.PROJECT:
        return f"{_('Project')} · {edition.project.get_phase_display().lower()}"
    return _("News")


def where_of(edition: Edition) -> str:
    """Return the wards in words; uses the prefetched rows."""
    if edition.is_borough_wide:
        return _("Whole borough")
    return ", ".join(ward.name for ward in edition.wards.all())


def card(notice: Notice) -> Card:
    """Return the card of a notice fetched with Notice.objects.with_live_edition()."""
    edition = live_edition(notice)
    return Card(
        title=edition.headline,
        url=notice.get_absolute_url(),
        tone="neutral" if notice.ended_at else tone_of(edition),
        tag_text=tag_of(edition),
        text="" if notice.kind in {Kind.OUTAGE, Kind.EVENT} else edition.summary,
        facts=_card_facts(edition),
        updated_at=notice.updated_at,
        where=where_of(edition),
        has_ended=notice.ended_at is not None,
        is_emergency=edition.urgency == Urgency.EMERGENCY and notice.ended_at is None,
    )


def _card_facts(edition: Edition) -> list[Fact]:
    if edition.notice.kind == Kind.OUTAGE:
        return facts.outage_facts(edition.outage)
    if edition.notice.kind == Kind.EVENT:
        return facts.event_facts(edition.event, next_date(edition.notice))
    return []


def outage_card(notice: Notice) -> Card:
    """Return an outage's card for the home page, which names no wards: the title does."""
    edition = live_edition(notice)
    return Card(
        title=edition.headline,
        url=notice.get_absolute_url(),
        tone=tone_of(edition),
        tag_text=tag_of(edition),
        facts=facts.outage_facts(edition.outage),
    )


def news_card(notice: Notice) -> Card:
    """Return a general notice's card for the home page."""
    edition = live_edition(notice)
    return Card(
        title=edition.headline,
        url=notice.get_absolute_url(),
        tone=tone_of(edition),
        tag_text="",
        text=edition.summary,
        updated_at=notice.updated_at,
    )


def event_row(notice: Notice) -> Row:
    """Return a coming event as a row with its date."""
    edition = live_edition(notice)
    event = edition.event
    changed = event.event_status != EventStatus.GOING_AHEAD
    return Row(
        title=edition.headline,
        url=notice.get_absolute_url(),
        on=next_date(notice).starts_at,
        text=facts.event_line(event, next_date(notice)),
        tag_text=event.get_event_status_display() if changed else "",
        tag_tone=facts.event_tone(event),
    )


def next_date(notice: Notice) -> Span:
    """Return when the event of a published notice takes place next."""
    return span_at(live_edition(notice).event, notice.starts_at)


def project_row(notice: Notice) -> Row:
    """Return a project as a row with its progress."""
    edition = live_edition(notice)
    project = edition.project
    return Row(
        title=edition.headline,
        url=notice.get_absolute_url(),
        text=edition.summary,
        tag_text=_("You can still change this") if facts.may_still_change(project) else "",
        tag_tone="project",
        percent=project.progress_percent,
        percent_label=facts.progress_label(project),
    )


def live_edition(notice: Notice) -> Edition:
    """Return the live edition, knowing its notice, so that no row fetches it again."""
    edition = notice.live_edition
    assert edition is not None  # residents' lists hold published notices only
    edition.notice = notice
    return edition

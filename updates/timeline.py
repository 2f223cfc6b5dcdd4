"""The public timeline: every published edition, newest first, with what each one changed; must not query."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.enums import Kind

from . import cards, difference, spans
from .models import Edition, EventDetail, OutageDetail, ProjectDetail
from .outages import estimates

Text = str | Promise
ESTIMATE = gettext_lazy("Estimate")


@dataclass(frozen=True)
class Change:
    """One fact that is different from the edition before: what was, and what holds now."""

    label: Text
    old: Text
    new: Text


@dataclass(frozen=True)
class Entry:
    """One edition on the timeline."""

    number: int
    at: datetime | None
    label: Text
    tone: str
    text: str
    is_current: bool
    is_minor: bool
    is_first: bool
    was_urgent: bool
    # Events and projects run over years; an outage over hours.
    time_style: str = "short"
    changes: list[Change] = field(default_factory=list)
    is_correction: bool = False
    # Of a correction: every word that was wrong, beside the right one.
    corrected: list[difference.Change] = field(default_factory=list)

    @property
    def moved_estimate(self) -> bool:
        """Say whether the restoration estimate is among the changes."""
        return any(change.label == ESTIMATE for change in self.changes)


def entries(
    editions: Sequence[Edition],
    current: Edition,
    corrected: Mapping[int, list[difference.Change]] | None = None,
) -> list[Entry]:
    """Return the timeline of `editions` (newest first, each with its detail); `current` is drawn as now.

    `corrected` holds what each correction among them put right, by its number.
    """
    before = [*editions[1:], None]
    right = corrected or {}
    return [
        _entry(new, old, current, right.get(new.number, []))
        for new, old in zip(editions, before, strict=True)
    ]


def _entry(new: Edition, old: Edition | None, current: Edition, corrected: list[difference.Change]) -> Entry:
    return Entry(
        number=new.number,
        at=new.published_at,
        label=_label(new, old),
        tone=cards.tone_of(new),
        text=new.change_note or (new.summary if old is None else ""),
        is_current=new.pk == current.pk,
        is_minor=new.is_minor and old is not None,
        is_first=old is None,
        was_urgent=new.is_urgent,
        time_style="short" if new.notice.kind == Kind.OUTAGE else "date",
        # A correction tells every word of the difference, so its facts need not be told twice.
        changes=changes(old, new) if old and not corrected else [],
        is_correction=new.is_correction,
        corrected=corrected,
    )


def _label(new: Edition, old: Edition | None) -> Text:
    if new.notice.kind == Kind.OUTAGE:
        return new.outage.get_state_display()
    if old is None:
        return _("First published")
    if new.is_correction:
        return _("Corrected")
    return _("Small change") if new.is_minor else _("Updated")


Reader = Callable[[Any], Text]


def _estimate(outage: OutageDetail) -> Text:
    if outage.estimate_to_at is None:
        return ""
    return spans.full_span(outage.estimate_from_at or outage.estimate_to_at, outage.estimate_to_at)


def _since(outage: OutageDetail) -> Text:
    return spans.moment(outage.since_at) if outage.since_at else ""


def _when(event: EventDetail) -> Text:
    return spans.full_span(event.starts_at, event.ends_at)


def _progress(project: ProjectDetail) -> Text:
    return _("%(percent)s%%") % {"percent": project.progress_percent}


_COMPARED: dict[str, list[tuple[Text, Reader]]] = {
    Kind.OUTAGE: [
        (ESTIMATE, _estimate),
        (gettext_lazy("Planned for"), estimates.window),
        (gettext_lazy("Since"), _since),
    ],
    Kind.EVENT: [
        (gettext_lazy("When"), _when),
        (gettext_lazy("Where"), lambda event: event.venue),
        (gettext_lazy("Status"), lambda event: event.get_event_status_display()),
        (gettext_lazy("Cost"), lambda event: event.cost),
    ],
    Kind.PROJECT: [
        (gettext_lazy("Phase"), lambda project: project.get_phase_display()),
        (gettext_lazy("Expected"), lambda project: project.get_horizon_display()),
        (gettext_lazy("Progress"), _progress),
        (gettext_lazy("Budget"), lambda project: project.budget),
    ],
}


def changes(old: Edition, new: Edition) -> list[Change]:
    """Return the facts of the kind's detail that differ between two consecutive editions.

    A fact that was not known before is no change: it is news, and the change note tells it.
    """
    before, after = old.detail, new.detail
    if before is None or after is None:
        return []
    read = [(label, read(before), read(after)) for label, read in _COMPARED[new.notice.kind]]
    return [Change(label, was, now) for label, was, now in read if was and was != now]

"""The facts of an outage, an event or a project in residents' words; no query, and no look at the clock."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from . import spans
from .enums import EstimateStage, EventStatus, OutageState, Phase, Service
from .events import words
from .events.recurrence import Span
from .models import Edition, EventDetail, OutageDetail, ProjectDetail
from .outages import estimates

Text = str | Promise
# Term, value, and a small note ("" for none).
Fact = tuple[Text, Text, Text]

_OUTAGE_HEADINGS: dict[str, Text] = {
    OutageState.PLANNED: gettext_lazy("Planned"),
    OutageState.INVESTIGATING: gettext_lazy("Looking for the cause"),
    OutageState.IDENTIFIED: gettext_lazy("Cause found"),
    OutageState.REPAIRING: gettext_lazy("Repairing now"),
    OutageState.MONITORING: gettext_lazy("Repaired, being checked"),
    OutageState.RESTORED: gettext_lazy("Restored"),
}
_OUTAGE_TONES: dict[str, str] = {
    OutageState.PLANNED: "warn",
    OutageState.MONITORING: "warn",
    OutageState.RESTORED: "ok",
}
_EVENT_TONES: dict[str, str] = {
    EventStatus.MOVED: "warn",
    EventStatus.POSTPONED: "warn",
    EventStatus.CANCELLED: "outage",
}
_BACK_BY: dict[str, Text] = {
    Service.WATER: gettext_lazy("Water back by"),
    Service.POWER: gettext_lazy("Power back by"),
    Service.ROADS: gettext_lazy("Open again by"),
    Service.TELECOMS: gettext_lazy("Back by"),
}
# Works that end this close to the time announced were done on time.
ON_TIME = timedelta(minutes=15)
_STEPS = [
    OutageState.INVESTIGATING,
    OutageState.IDENTIFIED,
    OutageState.REPAIRING,
    OutageState.MONITORING,
    OutageState.RESTORED,
]


@dataclass(frozen=True)
class Panel:
    """What stands before anything else on a notice's page: a heading, up to three answers, the steps."""

    heading: Text
    tone: str
    facts: list[Fact]
    steps: list[Text] = field(default_factory=list)
    current: Text = ""


def outage_tone(outage: OutageDetail) -> str:
    """Return the tone in which an outage's state is drawn."""
    return _OUTAGE_TONES.get(outage.state, "outage")


def event_tone(event: EventDetail) -> str:
    """Return the tone in which an event's status is drawn."""
    return _EVENT_TONES.get(event.event_status, "event")


def outage_panel(outage: OutageDetail, editions: Sequence[Edition] = ()) -> Panel:
    """Answer the three questions first: back by when, off since when, next word by when.

    `editions` (newest first) tell how many promised updates came in time.
    """
    is_planned = outage.state == OutageState.PLANNED
    steps: list[Text] = [] if is_planned else [state.label for state in _STEPS]
    found = [_with_record(fact, editions) for fact in outage_facts(outage, large=True)]
    return Panel(
        _outage_heading(outage),
        outage_tone(outage),
        [_with_old_window(fact, editions) for fact in found] if is_planned else found,
        steps,
        outage.get_state_display(),
    )


def _outage_heading(outage: OutageDetail) -> Text:
    if outage.state == OutageState.PLANNED and outage.planned_start_passed_at:
        return _("Planned to have started")
    if outage.state == OutageState.RESTORED and outage.planned_from_at:
        return _("Works finished")
    return _OUTAGE_HEADINGS[outage.state]


def outage_facts(outage: OutageDetail, *, large: bool = False) -> list[Fact]:
    """Return the facts of an outage by its state; `large` gives clock times with the day as a note."""
    if outage.state == OutageState.RESTORED:
        found = [_restored(outage, large), _since(outage, large), works_held(outage) or estimate_held(outage)]
    elif outage.state == OutageState.PLANNED:
        found = [_from(outage, large), _until(outage, large), _next_update(outage, large)]
    else:
        found = [_back_by(outage, large), _since(outage, large), _next_update(outage, large)]
    return [fact for fact in found if fact]


def _with_record(fact: Fact, editions: Sequence[Edition]) -> Fact:
    term, value, note = fact
    kept, made = promises_kept(editions)
    if term not in {_("Next update by"), _("Next update was due by")} or not made:
        return fact
    record = _("We have kept %(kept)s of %(made)s so far.") % {"kept": kept, "made": made}
    return (term, value, f"{note}. {record}")


def _with_old_window(fact: Fact, editions: Sequence[Edition]) -> Fact:
    """Strike the window through that was announced first, where the works have been moved."""
    term, value, note = fact
    old = estimates.first_window(editions)
    if term != _("From") or not old:
        return fact
    return (term, value, format_html('{}. {} <del class="cp-del">{}</del>', note, _("Moved from"), old))


def _timed(term: Text, value: object, large: bool) -> Fact | None:
    if not value:
        return None
    if large:
        return (term, spans.moment(value, "time"), spans.day_of(value))  # type: ignore[arg-type]
    return (term, spans.moment(value), "")  # type: ignore[arg-type]


def _restored(outage: OutageDetail, large: bool) -> Fact | None:
    # Where nobody noted the minute, the edition that says so bounds it.
    term = _("Restored") if outage.restored_at else _("Restored by")
    return _timed(term, outage.restored_at or outage.edition.published_at, large)


def _since(outage: OutageDetail, large: bool) -> Fact | None:
    term = _("Off since") if outage.is_supply else _("Since")
    return _timed(term, outage.since_at, large)


def _from(outage: OutageDetail, large: bool) -> Fact | None:
    start = outage.planned_from_at or outage.since_at or outage.estimate_from_at
    return _timed(_("From"), start, large)


def _until(outage: OutageDetail, large: bool) -> Fact | None:
    return _timed(_("Until"), outage.planned_to_at or outage.estimate_to_at, large)


def _next_update(outage: OutageDetail, large: bool) -> Fact | None:
    if not outage.update_missed_at:
        return _timed(_("Next update by"), outage.next_update_by_at, large)
    found = _timed(_("Next update was due by"), outage.next_update_by_at, large)
    return _noted(found, _("We are late with it."), large)


def _noted(fact: Fact | None, sentence: str, large: bool) -> Fact | None:
    """Add `sentence` to a fact's note."""
    if fact is None:
        return None
    return (fact[0], fact[1], f"{fact[2]}. {sentence}" if large else sentence)


def _back_by(outage: OutageDetail, large: bool) -> Fact:
    term = _BACK_BY.get(outage.service, _("Back by"))
    if outage.estimate_to_at is None or outage.estimate_stage == EstimateStage.ASSESSING:
        return (term, _("We do not know yet"), outage.get_estimate_stage_display() if large else "")
    start = outage.estimate_from_at or outage.estimate_to_at
    stage = outage.get_estimate_stage_display()
    if outage.estimate_missed_at:
        stage = _("This time is over, and it is not back yet")
    if not large:
        return (term, spans.full_span(start, outage.estimate_to_at), stage)
    note = _("%(day)s. %(stage)s.") % {"day": spans.day_span(start, outage.estimate_to_at), "stage": stage}
    return (term, spans.clock_span(start, outage.estimate_to_at), note)


def works_held(outage: OutageDetail) -> Fact | None:
    """Say whether planned works were done by the time announced; None for what was not planned."""
    if not outage.restored_at or not outage.planned_from_at or not outage.planned_to_at:
        return None
    early = outage.planned_to_at - outage.restored_at
    span = {"time": spans.length(early)}
    planned = _("planned until %(time)s") % {"time": spans.times.words(outage.planned_to_at)}
    if abs(early) < ON_TIME:
        return (_("Done"), _("on time"), planned)
    words = _("%(time)s early") if early > timedelta() else _("%(time)s late")
    return (_("Done"), words % span, planned)


def estimate_held(outage: OutageDetail) -> Fact | None:
    """Say whether the last estimate was kept, and by how much; None where there was none."""
    if not outage.restored_at or not outage.estimate_to_at:
        return None
    early = outage.estimate_to_at - outage.restored_at
    if abs(early) < timedelta(minutes=1):
        return (_("Estimate held"), _("yes"), _("on time"))
    if early > timedelta():
        return (_("Estimate held"), _("yes"), _("%(time)s early") % {"time": spans.length(early)})
    return (_("Estimate held"), _("no"), _("%(time)s late") % {"time": spans.length(early)})


def event_line(event: EventDetail, at: Span | None = None) -> str:
    """Return when, where and what it costs in one line: "5pm, Town Quay · free"; `at` is the date meant."""
    start = at.starts_at if at else event.starts_at
    parts = [f"{spans.times.words(start, 'time')}, {event.venue}", event.cost]
    return " · ".join(part for part in parts if part)


def event_facts(event: EventDetail, at: Span | None = None) -> list[Fact]:
    """Return when, where and what it costs; `at` is the date meant, the first if not given."""
    start, end = at or (event.starts_at, event.ends_at)
    when: Fact = (_("When"), spans.full_span(start, end), words.rule(event))
    if event.event_status == EventStatus.POSTPONED:
        when = (_("When"), _("New date to be announced"), "")
    found = [when, (_("Where"), event.venue, ""), (_("Cost"), event.cost, "")]
    return [fact for fact in found if fact[1]]


def project_panel(project: ProjectDetail) -> Panel:
    """Say how far a project is and when it will be felt."""
    found: list[Fact] = [(_("Expected"), project.get_horizon_display(), "")]
    if project.progress_percent:
        found.append((_("Done so far"), _("%(percent)s%%") % {"percent": project.progress_percent}, ""))
    return Panel(
        project.get_phase_display(),
        "ok" if project.phase == Phase.DONE else "project",
        found,
        [phase.label for phase in Phase],
        project.get_phase_display(),
    )


def may_still_change(project: ProjectDetail) -> bool:
    """Say whether residents' views can still move a project: it is not approved, and says what is open."""
    return bool(project.can_change) and project.phase in {Phase.IDEA, Phase.CONSULTATION, Phase.DESIGN}


def promises_kept(editions: Sequence[Edition]) -> tuple[int, int]:
    """Return how many "next update by" were kept, and how many have been put to the test.

    `editions` are an outage's, newest first. The promise of the newest one is still open.
    """
    pairs = list(zip(editions[1:], editions, strict=False))
    tested = [(old.outage.next_update_by_at, new.published_at) for old, new in pairs]
    made = [(promised, came) for promised, came in tested if promised and came]
    return sum(came <= promised for promised, came in made), len(made)


def progress_label(project: ProjectDetail) -> str:
    """Return the words under a project's bar."""
    return _("%(phase)s · %(percent)s%% done") % {
        "phase": project.get_phase_display(),
        "percent": project.progress_percent,
    }

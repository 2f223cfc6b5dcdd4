"""The whole history of an outage's estimate and of its works' window, from its editions; must not query."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .. import spans
from ..enums import EstimateStage, OutageState
from ..models import Edition, OutageDetail

Text = str | Promise
# What each stage means to somebody who waits.
STAGES: dict[str, Text] = {
    EstimateStage.ASSESSING: gettext_lazy("still finding out"),
    EstimateStage.AREA: gettext_lazy("first guess, for the whole area"),
    EstimateStage.LOCAL: gettext_lazy("for these streets, by the crew on site"),
    EstimateStage.REVISED: gettext_lazy("changed since we first said it"),
}


@dataclass(frozen=True)
class Estimate:
    """One thing that was said about when it will be back."""

    said_at: datetime | None
    words: Text
    stage: Text
    why: str
    holds: bool


def history(editions: Sequence[Edition]) -> list[Estimate]:
    """Return every estimate that was said, newest first; `editions` are an outage's, newest first.

    An edition that says the same again adds nothing. Empty where only one thing was ever said.
    """
    said: list[Edition] = []
    for edition in reversed(editions):
        if edition.outage.state == OutageState.PLANNED:
            continue
        if not said or _told(edition.outage) != _told(said[-1].outage):
            said.append(edition)
    if len(said) < 2:  # noqa: PLR2004 one estimate is no history: the panel says it
        return []
    newest = said[-1]
    return [_row(edition, holds=edition is newest) for edition in reversed(said)]


def _row(edition: Edition, *, holds: bool) -> Estimate:
    outage = edition.outage
    return Estimate(
        edition.published_at, in_words(outage), STAGES[_told(outage)[2]], edition.change_note, holds
    )


def _told(outage: OutageDetail) -> tuple[datetime | None, datetime | None, str]:
    """Return what a resident was told: no time means that we are still assessing, whatever the stage."""
    if outage.estimate_to_at is None or outage.estimate_stage == EstimateStage.ASSESSING:
        return None, None, EstimateStage.ASSESSING
    return outage.estimate_from_at, outage.estimate_to_at, outage.estimate_stage


def in_words(outage: OutageDetail) -> Text:
    """Return the estimate as a range, or that nobody knows yet."""
    start, end, _stage = _told(outage)
    return spans.full_span(start or end, end) if end else _("not known yet")


def window(outage: OutageDetail) -> Text:
    """Return the window of planned works: "Wed 2 Dec, 9am to 1pm"; empty without one."""
    start, end = outage.planned_from_at, outage.planned_to_at
    if start is None and end is None:
        return ""
    return spans.full_span(start or end, end or start)  # type: ignore[arg-type]


def first_window(editions: Sequence[Edition]) -> Text:
    """Return the window that was announced before the one that holds, "" if it never moved.

    `editions` are an outage's, newest first.
    """
    now = editions[0].outage if editions else None
    if now is None:
        return ""
    for edition in editions[1:]:
        if window(edition.outage) and _window(edition.outage) != _window(now):
            return window(edition.outage)
    return ""


def _window(outage: OutageDetail) -> tuple[datetime | None, datetime | None]:
    return outage.planned_from_at, outage.planned_to_at

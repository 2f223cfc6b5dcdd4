"""Milestones in residents' words, against what was first announced; must not look at the clock."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from look import times

from ..models import Edition, Milestone

REACHED, LATE, AHEAD = "reached", "late", "ahead"
# Up to here a delay is told in days, then in weeks, then in months.
_DAYS_UNTIL = 21
_WEEKS_UNTIL = 91
_DAYS_A_WEEK = 7
_DAYS_A_MONTH = 30.44


@dataclass(frozen=True)
class Step:
    """One milestone: where it stands, and that in words."""

    title: str
    state: str
    words: SafeString
    on: date | None
    is_next: bool = False


def steps_of(edition: Edition) -> list[Step]:
    """Return the milestones of `edition` in order, each against the first day residents were told. One query.

    What is overdue is judged by the day the edition went live: nobody has said anything since.
    """
    mine, first = [], dict[str, date]()
    for row in _all_public(edition):
        if row.planned_on:
            first.setdefault(row.title.casefold(), row.planned_on)
        if row.edition_id == edition.pk:
            mine.append(row)
    seen_on = times.in_zone(edition.published_at).date() if edition.published_at else None
    return steps(mine, first, seen_on)


def _all_public(edition: Edition) -> Iterable[Milestone]:
    earlier = Q(edition__published_at__isnull=False, edition__number__lt=edition.number)
    rows = Milestone.objects.filter(Q(edition=edition) | earlier, edition__notice=edition.notice_id)
    return rows.order_by("edition__number", "position", "pk")


def steps(rows: Sequence[Milestone], first: dict[str, date], seen_on: date | None) -> list[Step]:
    """Return `rows` as steps; `first` holds the first announced day by title, `seen_on` the last word."""
    following = next((row for row in rows if not row.reached_on), None)
    return [_step(row, first.get(row.title.casefold()), seen_on, row is following) for row in rows]


def _step(row: Milestone, first: date | None, seen_on: date | None, is_next: bool) -> Step:
    if row.reached_on:
        return Step(row.title, REACHED, _reached(row.reached_on, first or row.planned_on), row.reached_on)
    if row.planned_on is None:
        return Step(row.title, AHEAD, SafeString(_("No day is set yet.")), None, is_next)
    is_late = seen_on is not None and row.planned_on < seen_on
    words = _late(row.planned_on) if is_late else _ahead(row.planned_on, first)
    return Step(row.title, LATE if is_late else AHEAD, words, row.planned_on, is_next)


def _reached(reached: date, planned: date | None) -> SafeString:
    if planned is None:
        return _said(_("Reached {}."), reached)
    if planned == reached:
        return _said(_("Reached {}, on the day planned."), reached)
    gap = apart((reached - planned).days)
    later = _("Planned {}, reached {}: %(gap)s later.") % {"gap": gap}
    earlier = _("Planned {}, reached {}: %(gap)s earlier.") % {"gap": gap}
    return _said(later if reached > planned else earlier, planned, reached)


def _late(planned: date) -> SafeString:
    return _said(_("Planned {}. Not reached when this was last updated."), planned)


def _ahead(planned: date, first: date | None) -> SafeString:
    if first and first != planned:
        return _said(_("Planned {}. The first plan was {}."), planned, first)
    return _said(_("Planned {}."), planned)


def _said(sentence: str, *days: date) -> SafeString:
    marked = (format_html('<time datetime="{}">{}</time>', times.machine(day), in_full(day)) for day in days)
    return format_html(sentence, *marked)


def in_full(day: date) -> str:
    """Return a day of a plan without its weekday: "14 August 2026"."""
    return times.date_format(day, "j F Y")


def apart(days: int) -> str:
    """Return a gap of `days`, whichever way, coarsely: "9 days", "6 weeks", "5 months"."""
    days = abs(days)
    if days < _DAYS_UNTIL:
        return ngettext("%(count)s day", "%(count)s days", days) % {"count": days}
    if days < _WEEKS_UNTIL:
        weeks = round(days / _DAYS_A_WEEK)
        return ngettext("%(count)s week", "%(count)s weeks", weeks) % {"count": weeks}
    months = round(days / _DAYS_A_MONTH)
    return ngettext("%(count)s month", "%(count)s months", months) % {"count": months}

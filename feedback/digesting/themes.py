"""Adds up what public words are about, how it changed and in which mood; reads no voice."""

import datetime as dt
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet, Sum

from ..analysis.themes import quote
from ..enums import Face, Mood, Status
from ..models import Tally, Theme
from ..reading import shown_words
from .scope import WEEKS, Period, Scope

SHOWN = 12
# What one person wrote is no theme of a ward.
LEAST_IN_WARD = 2
WARDS_NAMED = 3
_TONES = {Mood.NEGATIVE: "outage", Mood.NEUTRAL: "neutral", Mood.POSITIVE: "ok"}


@dataclass
class ThemeLine:
    """One theme: its size, its change against the period before, its weeks, mood and wards."""

    theme: Theme
    number: int
    before: int
    weeks: list[int]
    moods: list[tuple[str, int, str]]
    quote: str = ""
    ward_ids: list[Any] = field(default_factory=list)

    @property
    def change(self) -> int:
        """How many more than in the period before."""
        return self.number - self.before


def themes(scope: Scope, span: Period, most: int = SHOWN) -> list[ThemeLine]:
    """Return what most is written about, the largest theme first. Four queries."""
    since = span.before().first
    weeks = [span.until - dt.timedelta(weeks=back) for back in range(WEEKS, 0, -1)]
    rows = counts(scope, Period(min(since, weeks[0]), span.until)).filter(theme__isnull=False)
    by_week = _sums(rows, "week")
    now = {theme: _between(found, span) for theme, found in by_week.items()}
    least = 1 if scope.ward_ids is None else LEAST_IN_WARD
    largest = sorted((key for key in now if now[key] >= least), key=lambda key: (-now[key], key))[:most]
    known = Theme.objects.select_related("quoted").in_bulk(largest)
    moods = _sums(rows.filter(week__gte=span.first, theme__in=largest), "mood")
    in_wards = _on(Face.THEME_IN_WARD, scope, span).filter(theme__in=largest)
    wards = _sums(in_wards, "ward")
    return [
        ThemeLine(
            known[key],
            now[key],
            _between(by_week[key], span.before()),
            [by_week[key][week] for week in weeks],
            in_words(moods[key]),
            _quote(known[key], scope),
            [ward for ward, number in wards[key].most_common() if ward and number > 0][:WARDS_NAMED],
        )
        for key in largest
    ]


def _quote(theme: Theme, scope: Scope) -> str:
    """Return what one of its writers said, while it is shown; in a ward only what was said there."""
    voice = theme.quoted
    if voice is None or voice.status != Status.PUBLISHED:
        return ""
    if scope.ward_ids is not None and voice.ward_id not in scope.ward_ids:
        return ""
    return quote(shown_words(voice), theme.terms.split())


def counts(scope: Scope, span: Period) -> QuerySet[Tally]:
    """Return the counts of public words by theme and mood; not to be narrowed to some notices."""
    return _on(Face.THEME if scope.ward_ids is None else Face.THEME_IN_WARD, scope, span)


def _on(face: Face, scope: Scope, span: Period) -> QuerySet[Tally]:
    rows = Tally.objects.filter(face=face, week__gte=span.first, week__lt=span.until)
    rows = rows.filter(sort=scope.sort) if scope.sort else rows
    return rows.order_by() if scope.ward_ids is None else rows.filter(ward__in=scope.ward_ids).order_by()


def mood(scope: Scope, span: Period) -> list[tuple[str, int, str]]:
    """Return how people sound, as (words, number, tone); none when nothing was guessed. One query."""
    rows = counts(scope, span).exclude(mood="").values_list("mood").annotate(many=Sum("number"))
    found = Counter(dict(rows))
    return in_words(found) if found.total() else []


def in_words(found: Counter[Any]) -> list[tuple[str, int, str]]:
    """Return counts by mood as (words, number, tone)."""
    return [(str(each.label), max(found[each.value], 0), _TONES[each]) for each in Mood]


def _sums(rows: QuerySet[Tally], key: str) -> dict[int, Counter[Any]]:
    found: dict[int, Counter[Any]] = defaultdict(Counter)
    for theme, value, many in rows.values_list("theme", key).annotate(many=Sum("number")):
        found[theme][value] += many
    return found


def _between(by_week: Counter[Any], span: Period) -> int:
    return sum(
        n for week, n in by_week.items() if isinstance(week, dt.date) and span.first <= week < span.until
    )

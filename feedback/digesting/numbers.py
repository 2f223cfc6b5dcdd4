"""Adds up the running counts by notice, ward, kind, week and what became of them; reads no voice.

Every number counts everything that was written. Words are given only once a moderator has looked at them.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import F, QuerySet, Sum
from django.db.models.expressions import Combinable
from django.utils.translation import gettext as _

from accounts.enums import Kind
from places.models import Ward
from updates.models import Notice

from ..enums import Face, Helpful, HiddenReason, Sort, Status
from ..models import Tally
from .scope import Period, Scope, weeks, within

TOP_NOTICES = 10


@dataclass
class Line:
    """One line of a table: questions and feedback about one thing."""

    label: str
    questions: int = 0
    feedback: int = 0
    value: Any = ""
    percent: dict[str, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """How many of both."""
        return self.questions + self.feedback


def counts(scope: Scope, span: Period) -> QuerySet[Tally]:
    """Return the counts of everything sent within `scope` in those weeks, presses without words too."""
    return _on(Face.NOTICE_OUTCOME if scope.is_about_some_notices else Face.OUTCOME, scope, span)


def written(scope: Scope, span: Period) -> QuerySet[Tally]:
    """Return the counts of what was sent in words."""
    return counts(scope, span).exclude(status=Status.COUNTED)


def in_words(scope: Scope, span: Period) -> QuerySet[Tally]:
    """Return the counts of what was sent in words by notice, ward and week; not by what became of it."""
    return _on(Face.NOTICE, scope, span)


def _on(face: Face, scope: Scope, span: Period) -> QuerySet[Tally]:
    rows = Tally.objects.filter(face=face, week__gte=span.first, week__lt=span.until)
    return within(rows.filter(sort=scope.sort) if scope.sort else rows, scope)


def by(rows: QuerySet[Tally], key: Combinable) -> dict[Any, Line]:
    """Add the rows up by `key`, the most frequent first. One query."""
    lines: dict[Any, Line] = {}
    for row in rows.order_by().values("sort", key_=key).annotate(many=Sum("number")).filter(many__gt=0):
        line = lines.setdefault(row["key_"], Line(""))
        if row["sort"] == Sort.QUESTION:
            line.questions += row["many"]
        else:
            line.feedback += row["many"]
    return dict(sorted(lines.items(), key=lambda pair: -pair[1].total))


def by_place_and_time(scope: Scope, span: Period) -> QuerySet[Tally]:
    """Return the same from the face with the fewest rows, for sums by ward and week."""
    return in_words(scope, span) if scope.is_about_some_notices else written(scope, span)


def about_notices(scope: Scope, span: Period) -> dict[int, Line]:
    """Add up what was sent in words by notice, the most written about first. One query."""
    return by(in_words(scope, span), F("notice_id"))


def by_week(rows: QuerySet[Tally], day: dt.date) -> list[Line]:
    """Return one line for each week counted, oldest first, empty weeks too."""
    known = by(rows, F("week"))
    return _with_percent([_named(known.get(week, Line("")), "", week) for week in weeks(day)])


def by_kind(notices: dict[int, Line]) -> list[Line]:
    """Return one line for each kind of notice in about_notices(), the most frequent first. One query."""
    found: dict[str, Line] = {}
    for pk, kind in Notice.objects.filter(pk__in=notices).values_list("pk", "kind"):
        line = found.setdefault(kind, Line(str(Kind(kind).label).capitalize(), value=kind))
        line.questions += notices[pk].questions
        line.feedback += notices[pk].feedback
    return _with_percent(sorted(found.values(), key=lambda line: (-line.total, line.value)))


def by_source(rows: QuerySet[Tally]) -> list[Line]:
    """Return one line for the portal and each platform people wrote on; none when all came by the portal."""
    found = by(rows, F("source"))
    if not any(found):
        return []
    return _with_percent([_named(line, source or _("The portal"), source) for source, line in found.items()])


def by_ward(rows: QuerySet[Tally], wards: Iterable[Ward]) -> list[Line]:
    """Return one line for each ward that sent something, and one for people who did not say."""
    names = {ward.pk: ward for ward in wards}
    found = by(rows, F("ward_id"))
    return _with_percent(
        [
            _named(line, names[pk].name if pk else "", names[pk].slug if pk else "")
            for pk, line in found.items()
        ]
    )


def by_notice(found: dict[int, Line]) -> list[Line]:
    """Return those of about_notices() that people wrote most about. One query."""
    found = dict(list(found.items())[:TOP_NOTICES])
    notices = Notice.objects.select_related("live_edition").in_bulk(list(found))
    return _with_percent(
        [_named(line, notices[pk].title, notices[pk].reference) for pk, line in found.items()]
    )


def together(lines: list[Line]) -> Line:
    """Return the sum of `lines` as one line."""
    total = Line("", sum(line.questions for line in lines), sum(line.feedback for line in lines))
    return _with_percent([total])[0]


def _named(line: Line, label: str, value: Any) -> Line:
    line.label, line.value = label, value
    return line


def _with_percent(lines: list[Line]) -> list[Line]:
    longest = max((line.total for line in lines), default=0) or 1
    for line in lines:
        line.percent = {
            "questions": round(100 * line.questions / longest),
            "feedback": round(100 * line.feedback / longest),
        }
    return lines


@dataclass(frozen=True)
class Standing:
    """What became of everything that was sent in words."""

    total: int
    waiting: int
    shown: int
    hidden: list[tuple[Any, int]]


def total(rows: QuerySet[Tally]) -> int:
    """Return how many there are. One query."""
    return rows.aggregate(many=Sum("number"))["many"] or 0


def standing(rows: QuerySet[Tally]) -> Standing:
    """Add up what was sent by what became of it. One query."""
    found: Counter[tuple[str, str]] = Counter()
    for row in rows.order_by().values("status", "hidden_reason").annotate(many=Sum("number")):
        found[row["status"], row["hidden_reason"]] = row["many"]
    hidden = [
        (HiddenReason(why).label, number)
        for (status, why), number in found.most_common()
        if status == Status.HIDDEN and number
    ]
    return Standing(sum(found.values()), found[Status.WAITING, ""], found[Status.PUBLISHED, ""], hidden)


def helpfulness(rows: QuerySet[Tally]) -> list[tuple[Any, int, str]]:
    """Return how many say that the notice helped them, as (words, number, tone). One query."""
    found = rows.exclude(helpful="").order_by().values_list("helpful").annotate(many=Sum("number"))
    said = dict(found)
    tones = {Helpful.YES: "ok", Helpful.PARTLY: "warn", Helpful.NO: "outage"}
    shares = [(helpful.label, said.get(helpful.value, 0), tones[helpful]) for helpful in Helpful]
    return shares if any(number for _label, number, _tone in shares) else []

"""Counts what residents sent, by notice, ward, kind and week, and what waits; changes nothing.

Every number counts everything that came in. Words are given only once a moderator has looked at them.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.db.models.expressions import Combinable
from django.db.models.functions import TruncWeek
from django.utils.translation import gettext as _

from accounts.enums import Kind
from look import times
from places.models import Ward
from updates.models import Notice

from . import listing
from .enums import Helpful, HiddenReason, Sort, Status
from .models import Question

WEEKS = 12
TOP_NOTICES = 10
OLDEST_SHOWN = 5


@dataclass(frozen=True)
class Scope:
    """Which part of what residents sent is looked at."""

    ward_ids: frozenset[int] | None = None
    kind: str = ""
    sort: str = ""
    week: dt.date | None = None
    notice: str = ""


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


def monday(day: dt.date) -> dt.date:
    """Return the Monday of the week `day` lies in."""
    return day - dt.timedelta(days=day.weekday())


def weeks(day: dt.date) -> list[dt.date]:
    """Return the Mondays of the weeks counted, oldest first; the last is the week of `day`."""
    return [monday(day) - dt.timedelta(weeks=back) for back in range(WEEKS - 1, -1, -1)]


def scoped(scope: Scope, day: dt.date, *, whole_time: bool = False) -> QuerySet[Any]:
    """Return questions, feedback and remarks within `scope`; `whole_time` disregards the chosen week."""
    first, last = weeks(day)[0], monday(day) + dt.timedelta(weeks=1)
    if scope.week and not whole_time:
        first, last = scope.week, scope.week + dt.timedelta(weeks=1)
    rows = listing.every(scope.sort)
    return _within(rows.filter(received_at__gte=_midnight(first), received_at__lt=_midnight(last)), scope)


def _within(rows: QuerySet[Any], scope: Scope) -> QuerySet[Any]:
    if scope.ward_ids is not None:
        rows = rows.filter(ward__in=scope.ward_ids)
    if scope.kind:
        rows = rows.filter(notice__kind=scope.kind)
    if scope.notice:
        rows = rows.filter(notice__reference=scope.notice)
    return rows


def _midnight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), times.zone())


def by(rows: QuerySet[Any], key: Combinable) -> dict[Any, Line]:
    """Count the rows by `key`, the most frequent first. One query."""
    lines: dict[Any, Line] = {}
    grouped = rows.order_by().values("sort", key_=key).annotate(number=Count("pk"))
    for row in grouped:
        line = lines.setdefault(row["key_"], Line(""))
        if row["sort"] == Sort.QUESTION:
            line.questions += row["number"]
        else:
            line.feedback += row["number"]
    return dict(sorted(lines.items(), key=lambda pair: -pair[1].total))


def by_week(rows: QuerySet[Any], day: dt.date) -> list[Line]:
    """Return one line for each week counted, oldest first, empty weeks too."""
    found = by(rows, TruncWeek("received_at", tzinfo=times.zone()))
    known = {times.in_zone(key).date(): line for key, line in found.items()}
    lines = [(week, known.get(week, Line(""))) for week in weeks(day)]
    return _with_percent([_named(line, "", week) for week, line in lines])


def by_kind(rows: QuerySet[Any]) -> list[Line]:
    """Return one line for each kind of notice, the most frequent first."""
    found = by(rows, F("notice__kind"))
    return _with_percent(
        [_named(line, str(Kind(kind).label).capitalize(), kind) for kind, line in found.items()]
    )


def by_source(rows: QuerySet[Any]) -> list[Line]:
    """Return one line for the portal and each platform people wrote on; none when all came by the portal."""
    found = by(rows, F("source"))
    if not any(found):
        return []
    return _with_percent([_named(line, source or _("The portal"), source) for source, line in found.items()])


def together(lines: list[Line]) -> Line:
    """Return the sum of `lines` as one line."""
    total = Line("", sum(line.questions for line in lines), sum(line.feedback for line in lines))
    return _with_percent([total])[0]


def by_ward(rows: QuerySet[Any], wards: Iterable[Ward]) -> list[Line]:
    """Return one line for each ward that sent something, and one for people who did not say."""
    names = {ward.pk: ward for ward in wards}
    found = by(rows, F("ward_id"))
    return _with_percent(
        [
            _named(line, names[pk].name if pk else "", names[pk].slug if pk else "")
            for pk, line in found.items()
        ]
    )


def by_notice(rows: QuerySet[Any]) -> list[Line]:
    """Return the notices people wrote most about."""
    found = dict(list(by(rows, F("notice_id")).items())[:TOP_NOTICES])
    notices = Notice.objects.select_related("live_edition").in_bulk(list(found))
    return _with_percent(
        [_named(line, notices[pk].title, notices[pk].reference) for pk, line in found.items()]
    )


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
    """What became of everything that was sent."""

    total: int
    waiting: int
    hidden: list[tuple[Any, int]]


def standing(rows: QuerySet[Any]) -> Standing:
    """Count what was sent by what became of it. One query."""
    counts: Counter[tuple[str, str]] = Counter()
    grouped = rows.order_by().values("status", "hidden_reason").annotate(number=Count("pk"))
    for row in grouped:
        counts[row["status"], row["hidden_reason"]] += row["number"]
    hidden = [
        (HiddenReason(why).label, n) for (status, why), n in counts.most_common() if status == Status.HIDDEN
    ]
    waiting = sum(number for (status, _why), number in counts.items() if status == Status.WAITING)
    return Standing(sum(counts.values()), waiting, hidden)


def helpfulness(rows: QuerySet[Any]) -> list[tuple[Any, int, str]]:
    """Return how many say that the notice helped them, as (words, number, tone). One query."""
    counted = rows.aggregate(**{value: Count("pk", filter=Q(helpful=value)) for value in Helpful.values})
    tones = {Helpful.YES: "ok", Helpful.PARTLY: "warn", Helpful.NO: "outage"}
    found = [(helpful.label, counted[helpful.value], tones[helpful]) for helpful in Helpful]
    return found if any(number for _label, number, _tone in found) else []


def unanswered(scope: Scope) -> QuerySet[Question]:
    """Return the questions without an answer, the longest waiting first, whenever they came in."""
    if scope.sort == Sort.FEEDBACK:
        return Question.objects.none()
    found = _within(Question.objects.filter(listing.IS_OPEN), scope)
    return found.select_related("notice__live_edition", "notice__team", "ward").order_by("received_at", "pk")


def words(scope: Scope, day: dt.date) -> QuerySet[Any]:
    """Return what a moderator has looked at and shows."""
    return scoped(scope, day).filter(status=Status.PUBLISHED)

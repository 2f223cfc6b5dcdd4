"""Written summaries of residents' words as they may be read now; makes none.

What is hidden, changed or erased after a summary was made is gone from it at once: `shown` looks at the words
as they are now.
"""

import datetime as dt
import random
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Mod

from .digesting.scope import midnight
from .enums import Status, SummaryScope
from .models import Sentence, Summary, Voice
from .reading import shown_words

# What was decided within it may not have been committed when the words were read, so it is known by its id.
SETTLING = dt.timedelta(minutes=1)
TEN = 10
# Of fewer people represented than this share, readers are told not to take the sentences for the whole.
SCATTERED_PERCENT = 20


@dataclass(frozen=True)
class About:
    """What a summary is about: a notice, a consultation, or a week in one ward (None: in all)."""

    scope: SummaryScope
    notice_id: int | None = None
    consultation_id: int | None = None
    week: dt.date | None = None
    ward_id: int | None = None

    def columns(self) -> dict[str, Any]:
        """Return it as columns of Summary."""
        return {
            "scope": self.scope,
            "notice_id": self.notice_id,
            "consultation_id": self.consultation_id,
            "week": self.week,
            "ward_id": self.ward_id,
        }


@dataclass
class Shown:
    """A sentence as it may be read now, with how many comments and people are behind it."""

    sentence: Sentence
    comments: int
    people: int


@dataclass
class Page:
    """A summary as it may be read now."""

    summary: Summary
    main: list[Shown] = field(default_factory=list)
    smaller_voices: list[Shown] = field(default_factory=list)
    out_of_date_by: int = 0
    uncovered: int = 0

    @property
    def percent(self) -> int:
        """The share of people represented."""
        return _percent(self.summary.people_represented, self.summary.people)

    @property
    def percent_at_random(self) -> int:
        """The share a random handful of the same length represents."""
        return _percent(self.summary.people_at_random, self.summary.people)

    @property
    def is_scattered(self) -> bool:
        """Say whether so few are represented that no sentences can stand for what was said."""
        return self.percent < SCATTERED_PERCENT


def about_notice(notice_id: int) -> About:
    """Return what the summary of one notice is about."""
    return About(SummaryScope.NOTICE, notice_id=notice_id)


def about_consultation(consultation_id: int) -> About:
    """Return what the summary of one consultation's written answers is about."""
    return About(SummaryScope.CONSULTATION, consultation_id=consultation_id)


def about_week(week: dt.date, ward_id: int | None = None) -> About:
    """Return what the summary of the week from this Monday is about, in one ward or all."""
    return About(SummaryScope.WEEK, week=week, ward_id=ward_id)


def about_of(summary: Summary) -> About:
    """Return what a summary is about."""
    return About(
        SummaryScope(summary.scope), summary.notice_id, summary.consultation_id, summary.week, summary.ward_id
    )


def voices(about: About) -> QuerySet[Voice]:
    """Return the published words a summary about this is made from, the oldest first."""
    rows = Voice.objects.filter(status=Status.PUBLISHED)
    if about.scope == SummaryScope.NOTICE:
        rows = rows.filter(notice=about.notice_id)
    elif about.scope == SummaryScope.CONSULTATION:
        rows = rows.filter(response__consultation=about.consultation_id)
    else:
        assert about.week is not None
        rows = rows.filter(received_at__gte=midnight(about.week))
        rows = rows.filter(received_at__lt=midnight(about.week + dt.timedelta(weeks=1)))
        rows = rows.filter(ward=about.ward_id) if about.ward_id else rows
    return rows.order_by("pk")


def latest(about: About) -> Summary | None:
    """Return the newest finished summary about this, or None."""
    return Summary.objects.filter(**about.columns(), finished_at__isnull=False).first()


def page(summary: Summary) -> Page:
    """Return the summary as it may be read now. A fixed number of queries."""
    main, smaller_voices = _in_turn(shown(summary))
    return Page(summary, main, smaller_voices, out_of_date_by(summary), uncovered(summary).count())


def _in_turn(sentences: list[Shown]) -> tuple[list[Shown], list[Shown]]:
    """Return what most say, and the smaller voices; what one person says is one, if others say more."""
    main = [each for each in sentences if not each.sentence.is_minority]
    apart = [each for each in sentences if each.sentence.is_minority]
    by_many = [each for each in main if each.people > 1]
    return (by_many, apart + [each for each in main if each.people == 1]) if by_many else (main, apart)


def shown(summary: Summary) -> list[Shown]:
    """Return the sentences that still stand in somebody's public words, with what is behind them now.

    The main ones first, of these what most people say; then the smaller voices, in the order they were found.
    """
    public = Q(supports__voice__status=Status.PUBLISHED)
    rows = (
        summary.sentences.filter(taken_from__status=Status.PUBLISHED)
        .select_related("taken_from__notice__live_edition", "theme")
        .annotate(
            comments=Count("supports", filter=public),
            people=Count("supports__voice__person", filter=public, distinct=True),
        )
        .order_by("number")
    )
    found = [
        Shown(row, row.comments, row.people)
        for row in rows
        if row.comments and row.text in shown_words(row.taken_from)
    ]
    main = sorted((each for each in found if not each.sentence.is_minority), key=lambda each: -each.people)
    return main + [each for each in found if each.sentence.is_minority]


def behind(sentence: Sentence) -> QuerySet[Voice]:
    """Return the public comments behind a sentence, the nearest first."""
    rows = Voice.objects.filter(supports__sentence=sentence, status=Status.PUBLISHED)
    return rows.order_by("-supports__nearness", "pk")


def uncovered(summary: Summary) -> QuerySet[Voice]:
    """Return the public comments it was made from that no sentence covers."""
    return _read(summary).exclude(supports__sentence__summary=summary)


def ten_at_random(summary: Summary) -> list[Voice]:
    """Return ten of the comments it was made from, drawn by lot; the same ten as long as it stands."""
    keys = list(_read(summary).order_by("pk").values_list("pk", flat=True))
    chance = random.Random(f"summary {summary.pk}")  # noqa: S311 a sample, not a secret
    return list(Voice.objects.filter(pk__in=chance.sample(keys, min(TEN, len(keys)))).order_by("pk"))


def out_of_date_by(summary: Summary) -> int:
    """Return how many comments became public since it was made. One query."""
    came = voices(about_of(summary)).filter(moderated_at__gt=summary.made_at - SETTLING)
    return came.exclude(pk__in=summary.newest_public).count()


def _read(summary: Summary) -> QuerySet[Voice]:
    rows = public_at(about_of(summary), summary.made_at, summary.newest_public)
    return part(rows, summary.one_in)


def public_at(about: About, moment: dt.datetime, newest: list[int]) -> QuerySet[Voice]:
    """Return what was public at a moment; of what was decided just before, `newest` says which was."""
    return voices(about).filter(Q(moderated_at__lte=moment - SETTLING) | Q(pk__in=newest))


def part(rows: QuerySet[Voice], one_in: int) -> QuerySet[Voice]:
    """Return one in so many: those whose id it divides, which says nothing about their words."""
    return rows if one_in == 1 else rows.alias(left=Mod("pk", one_in)).filter(left=0)


def _percent(part: int, whole: int) -> int:
    return 100 * part // whole if whole else 0

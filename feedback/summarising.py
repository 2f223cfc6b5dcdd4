"""Makes written summaries of residents' words and keeps them true; every sentence is one a resident wrote.

A summary is made from what was public at one moment, and says what came since. What is hidden, changed or
erased afterwards is gone from it at once: `shown` looks at the words as they are now.
"""

import datetime as dt
import random
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import Length, Mod
from django.utils import timezone

from look import times

from .analysis import coverage, extract
from .analysis.extract import Chosen
from .digesting.scope import midnight, monday
from .enums import Status, SummaryScope
from .models import Consultation, Sentence, Summary, Support, Voice
from .reading import as_comments, shown_words

# Fewer can be read as they are.
LEAST = 5
# Made anew when so much came since, and at least once a day when anything did.
_GREW_BY, _AT_LEAST_EVERY = 0.1, dt.timedelta(days=1)
# Beyond so many, an even part is read: docs/summaries.md says what that costs.
MOST_READ = 3000
# So are more letters: comparing a thousand comments of 2,000 letters takes about fifteen seconds and 200 MB.
MOST_LETTERS = 2_000_000
# What was decided within it may not have been committed when the words were read, so it is known by its id.
_SETTLING = dt.timedelta(minutes=1)
TEN = 10


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


def about_notice(notice_id: int) -> About:
    """Return what the summary of one notice is about."""
    return About(SummaryScope.NOTICE, notice_id=notice_id)


def about_consultation(consultation_id: int) -> About:
    """Return what the summary of one consultation's written answers is about."""
    return About(SummaryScope.CONSULTATION, consultation_id=consultation_id)


def about_week(week: dt.date, ward_id: int | None = None) -> About:
    """Return what the summary of the week from this Monday is about, in one ward or all."""
    return About(SummaryScope.WEEK, week=week, ward_id=ward_id)


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


def refresh(about: About, now: dt.datetime | None = None) -> Summary | None:
    """Make a summary if there is enough to sum up and the last one is too old; return the newest there is."""
    now = now or timezone.now()
    last, number = latest(about), voices(about).count()
    if number < LEAST:
        return _without_lost_words(last)
    if last is None or _is_too_old(last, about, number, now):
        return make(about)
    return last


def _without_lost_words(last: Summary | None) -> Summary | None:
    """Return the summary, or nothing if it speaks of words that are gone and too few are left for another."""
    if last is None or not last.has_lost_words:
        return last
    last.delete()
    return None


def _is_too_old(last: Summary, about: About, number: int, now: dt.datetime) -> bool:
    if last.has_lost_words:
        return True
    came = out_of_date_by(last)
    return came >= max(LEAST, _GREW_BY * number) or (came > 0 and now - last.made_at >= _AT_LEAST_EVERY)


def make(about: About) -> Summary:
    """Make a summary of what is public at this moment; earlier ones about the same go.

    The words are read first; what becomes public while they are summed up is counted as come since.
    """
    made_at = timezone.now()
    newest = list(voices(about).filter(moderated_at__gt=made_at - _SETTLING).values_list("pk", flat=True))
    read = _public_at(about, made_at, newest)
    one_in = _one_in(read)
    rows = list(_part(read, one_in))
    comments = as_comments(rows)
    chosen = extract.choose(comments)
    audit = coverage.audit(comments, chosen, seed=f"{about}")
    with transaction.atomic():
        summary = Summary.objects.create(
            **about.columns(),
            made_at=made_at,
            finished_at=timezone.now(),
            voices=len(rows),
            one_in=one_in,
            people=audit.people,
            people_represented=audit.represented,
            people_at_random=audit.at_random,
            newest_voice_id=max((row.pk for row in rows), default=0),
            newest_public=newest,
            has_lost_words=voices(about).filter(pk__in=[row.pk for row in rows]).count() < len(rows),
        )
        _write(summary, chosen, {row.pk: row for row in rows})
        Summary.objects.filter(**about.columns()).exclude(pk=summary.pk).delete()
    return summary


def _one_in(rows: QuerySet[Voice]) -> int:
    """Return of how many comments one is read, so that a worker can do it in seconds. One query."""
    size = rows.order_by().aggregate(number=Count("pk"), letters=Sum(Length("public_text")))
    return max(-(-size["number"] // MOST_READ), -(-(size["letters"] or 0) // MOST_LETTERS), 1)


def _part(rows: QuerySet[Voice], one_in: int) -> QuerySet[Voice]:
    """Return one in so many: those whose id it divides, which says nothing about their words."""
    return rows if one_in == 1 else rows.alias(left=Mod("pk", one_in)).filter(left=0)


def _write(summary: Summary, chosen: Iterable[Chosen], rows: dict[int, Voice]) -> None:
    """Write sentences with their support; voices erased since they were read back nothing."""
    there = set(Voice.objects.filter(pk__in=rows, status=Status.PUBLISHED).values_list("pk", flat=True))
    for number, each in enumerate((one for one in chosen if one.taken_from in there), start=1):
        sentence = Sentence.objects.create(
            summary=summary,
            number=number,
            text=each.words,
            taken_from_id=each.taken_from,
            theme_id=rows[each.taken_from].theme_id,
            is_minority=each.is_minority,
        )
        Support.objects.bulk_create(
            Support(sentence=sentence, voice_id=key, nearness=round(1000 * nearness))
            for key, nearness in each.behind.items()
            if key in there
        )


def page(summary: Summary) -> Page:
    """Return the summary as it may be read now. A fixed number of queries."""
    sentences = shown(summary)
    return Page(
        summary,
        [each for each in sentences if not each.sentence.is_minority],
        [each for each in sentences if each.sentence.is_minority],
        out_of_date_by(summary),
        uncovered(summary).count(),
    )


def shown(summary: Summary) -> list[Shown]:
    """Return the sentences that still stand in somebody's public words, with what is behind them now."""
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
    return [
        Shown(row, row.comments, row.people)
        for row in rows
        if row.comments and row.text in shown_words(row.taken_from)
    ]


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
    came = voices(about_of(summary)).filter(moderated_at__gt=summary.made_at - _SETTLING)
    return came.exclude(pk__in=summary.newest_public).count()


def about_of(summary: Summary) -> About:
    """Return what a summary is about."""
    return About(
        SummaryScope(summary.scope), summary.notice_id, summary.consultation_id, summary.week, summary.ward_id
    )


def _read(summary: Summary) -> QuerySet[Voice]:
    rows = _public_at(about_of(summary), summary.made_at, summary.newest_public)
    return _part(rows, summary.one_in)


def _public_at(about: About, moment: dt.datetime, newest: list[int]) -> QuerySet[Voice]:
    """Return what was public at a moment; of what was decided just before, `newest` says which was."""
    return voices(about).filter(Q(moderated_at__lte=moment - _SETTLING) | Q(pk__in=newest))


def refresh_due(now: dt.datetime | None = None) -> int:
    """Look at what was said or taken away lately, make what is due, and return how many were made."""
    now = now or timezone.now()
    before = set(Summary.objects.values_list("pk", flat=True))
    lost = [about_of(each) for each in Summary.objects.filter(has_lost_words=True)]
    for about in dict.fromkeys([*_talked_about(now), *lost]):
        refresh(about, now)
    return Summary.objects.exclude(pk__in=before).count()


def _talked_about(now: dt.datetime) -> list[About]:
    fresh = Voice.objects.filter(
        status=Status.PUBLISHED, moderated_at__gte=now - 2 * _AT_LEAST_EVERY
    ).order_by()
    notices = fresh.values_list("notice", flat=True).distinct()
    asked = Consultation.objects.filter(pk__in=fresh.values("response__consultation"))
    weeks = {monday(times.in_zone(moment).date()) for moment in fresh.values_list("received_at", flat=True)}
    wards = set(fresh.exclude(ward=None).values_list("ward", flat=True))
    return [
        *map(about_notice, notices),
        *(about_consultation(each.pk) for each in asked),
        *(about_week(week, ward) for week in sorted(weeks) for ward in [None, *sorted(wards)]),
    ]


def _percent(part: int, whole: int) -> int:
    return 100 * part // whole if whole else 0

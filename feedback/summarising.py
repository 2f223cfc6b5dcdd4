"""Makes written summaries of residents' words and keeps them true; every sentence is one a resident wrote.

A summary is made from what was public at one moment; `summaries` reads it, and says what came since.
"""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Count, QuerySet, Sum
from django.db.models.functions import Length
from django.utils import timezone

from look import times

from .analysis import coverage, extract
from .analysis.extract import Chosen
from .digesting.scope import monday
from .enums import Status
from .models import Consultation, Sentence, Summary, Support, Voice
from .reading import as_comments
from .summaries import (
    SETTLING,
    About,
    about_consultation,
    about_notice,
    about_of,
    about_week,
    latest,
    out_of_date_by,
    part,
    public_at,
    voices,
)

# Fewer can be read as they are.
LEAST = 5
# Made anew when so much came since, and at least once a day when anything did.
_GREW_BY, _AT_LEAST_EVERY = 0.1, dt.timedelta(days=1)
# Beyond so many, an even part is read: docs/summaries.md says what that costs.
MOST_READ = 3000
# So are more letters: comparing a thousand comments of 2,000 letters takes about fifteen seconds and 200 MB.
MOST_LETTERS = 2_000_000


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
    newest = list(voices(about).filter(moderated_at__gt=made_at - SETTLING).values_list("pk", flat=True))
    read = public_at(about, made_at, newest)
    one_in = _one_in(read)
    rows = list(part(read, one_in))
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

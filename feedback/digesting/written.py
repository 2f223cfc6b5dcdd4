"""Finds the written summary that fits what is looked at, and the words behind it; writes none."""

import datetime as dt
import random
from typing import Any

from django.db.models import Count, Q, QuerySet

from .. import listing
from ..enums import Sort, Status, SummaryScope
from ..models import Sentence, Summary, Support, Voice
from .scope import Scope, midnight, within

RANDOM = 10


def latest(scope: Scope) -> Summary | None:
    """Return the newest finished summary of exactly this scope, or None. One query.

    There is one for a notice, and one for a week in one ward or in all; for nothing else.
    """
    rows = Summary.objects.filter(finished_at__isnull=False)
    if scope.notice:
        return rows.filter(scope=SummaryScope.NOTICE, notice__reference=scope.notice).first()
    if scope.week is None or scope.kind or scope.sort or len(scope.ward_ids or ()) > 1:
        return None
    ward = next(iter(scope.ward_ids), 0) if scope.ward_ids is not None else None
    return rows.filter(scope=SummaryScope.WEEK, week=scope.week, ward=ward).first()


def sentences(summary: Summary) -> QuerySet[Sentence]:
    """Return the sentences with the number of shown voices behind each; none without any. One query."""
    shown = Count("supports", filter=Q(supports__voice__status=Status.PUBLISHED))
    return summary.sentences.annotate(behind=shown).filter(behind__gt=0).order_by("number")


def behind(sentence: Sentence) -> QuerySet[Any]:
    """Return the shown words a sentence stands for."""
    return listing.every().filter(status=Status.PUBLISHED, supports__sentence=sentence)


def uncovered(summary: Summary) -> QuerySet[Any]:
    """Return the shown words the summary was made from that no sentence stands for."""
    covered = Support.objects.filter(sentence__summary=summary).values("voice")
    return made_from(summary).exclude(pk__in=covered)


def made_from(summary: Summary) -> QuerySet[Any]:
    """Return what was shown, of all the summary has seen."""
    return _of(summary).filter(pk__lte=summary.newest_voice_id)


def out_of_date_by(summary: Summary) -> int:
    """Return how many shown pieces came in since the summary was made. One query."""
    return _of(summary).filter(pk__gt=summary.newest_voice_id).count()


def ten_at_random(summary: Summary) -> list[Voice]:
    """Return ten of the words it was made from, drawn by chance, and the same ones for the same summary."""
    keys = list(made_from(summary).order_by("pk").values_list("pk", flat=True))
    drawn = random.Random(summary.pk).sample(keys, min(RANDOM, len(keys)))  # noqa: S311 a draw, no secret
    found = listing.every().select_related("notice__live_edition", "ward").in_bulk(drawn)
    return [found[key] for key in drawn]


def _of(summary: Summary) -> QuerySet[Any]:
    rows = listing.every().filter(status=Status.PUBLISHED)
    if summary.notice_id:
        return rows.filter(notice=summary.notice_id)
    if summary.consultation_id:
        return rows.filter(sort=Sort.REMARK, response__consultation=summary.consultation_id)
    wards = frozenset({summary.ward_id}) if summary.ward_id else None
    return within(rows.filter(received_at__range=_week(summary)), Scope(ward_ids=wards))


def _week(summary: Summary) -> tuple[dt.datetime, dt.datetime]:
    """Return the first and the last moment of the summary's week."""
    first = summary.week or summary.made_at.date()
    return midnight(first), midnight(first + dt.timedelta(weeks=1)) - dt.timedelta(microseconds=1)

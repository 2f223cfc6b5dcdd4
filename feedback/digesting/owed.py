"""What the council owes: questions without an answer, promises made in answers, news since the last visit."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from look import times

from .. import listing
from ..enums import Sort
from ..models import Answer, Question
from .scope import Scope, within

OLDEST_SHOWN = 5
PROMISES_SHOWN = 5


def unanswered(scope: Scope) -> QuerySet[Question]:
    """Return the questions without an answer, the longest waiting first, whenever they came in."""
    if scope.sort not in ("", Sort.QUESTION):
        return Question.objects.none()
    found = within(Question.objects.filter(listing.IS_OPEN), scope)
    return found.select_related("notice__live_edition", "notice__team", "ward").order_by("received_at", "pk")


def oldest(waiting: QuerySet[Question], day: dt.date) -> list[tuple[Question, int]]:
    """Return the first of them with the days each has waited on `day`."""
    first = waiting[:OLDEST_SHOWN]
    return [(question, (day - times.in_zone(question.received_at).date()).days) for question in first]


@dataclass(frozen=True)
class Promises:
    """What was promised in public answers that still stand."""

    kept: int
    open: int
    broken: int
    next: list[Answer]


def promises(scope: Scope, day: dt.date) -> Promises:
    """Return how many promises were kept, are open, or are late on `day`, and the next due. Two queries."""
    asked = within(Question.objects.filter(current_answer__is_public=True), scope)
    rows = Answer.objects.exclude(promise="").filter(pk__in=asked.values("current_answer"))
    kept = late = waiting = 0
    for kept_at, promised_on in rows.order_by().values_list("promise_kept_at", "promised_on"):
        kept += kept_at is not None
        late += kept_at is None and promised_on is not None and promised_on < day
        waiting += kept_at is None and (promised_on is None or promised_on >= day)
    due = rows.filter(promise_kept_at__isnull=True).select_related("question", "team")
    return Promises(kept, waiting, late, list(due.order_by("promised_on", "pk")[:PROMISES_SHOWN]))


@dataclass(frozen=True)
class News:
    """What happened since a moment."""

    since: dt.datetime
    pieces: int
    answers: int


def news(scope: Scope, since: dt.datetime | None) -> News | None:
    """Count what came in and what was answered since then; None without a moment. Two queries."""
    if since is None:
        return None
    came: QuerySet[Any] = within(listing.every(scope.sort).filter(received_at__gt=since), scope)
    asked = within(Question.objects.filter(current_answer__published_at__gt=since), scope)
    return News(since, came.count(), asked.count())

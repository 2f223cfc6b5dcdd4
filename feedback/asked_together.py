"""Knows which open questions ask the same and are answered as one; must not answer them."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from audit.recorder import record

from . import likeness
from .enums import Status
from .listing import UNANSWERED
from .models import Question, Voice
from .moderation import Refused, locked, told
from .permissions import may_answer


@dataclass(frozen=True)
class Candidate:
    """An open question that may ask the same, how alike it is, and whether it is joined already."""

    question: Any
    is_same: bool
    is_joined: bool


def joined(question: Voice) -> QuerySet[Any]:
    """Return the questions that are asked together with `question`."""
    return Question.objects.filter(asked_with=question)


def candidates(question: Voice) -> list[Candidate]:
    """Return what may be asked together with `question`: the joined ones, then the likest. Two queries."""
    mine = list(joined(question).filter(UNANSWERED).order_by("received_at", "pk"))
    words = question.public_text or question.text
    free = _free(question).filter(asked_with=None)
    alike = likeness.similar_questions(words, free, limit=likeness.MOST_COMPARED)
    return [
        *(Candidate(row, is_same=True, is_joined=True) for row in mine),
        *(Candidate(one.item, is_same=one.is_same, is_joined=False) for one in alike),
    ]


def waiting_alike(question: Voice) -> int:
    """Return how many questions like it still wait for a moderator, so nobody can answer them. One query."""
    rows = Question.objects.filter(notice=question.notice_id, status=Status.WAITING).exclude(pk=question.pk)
    words = question.public_text or question.text
    return len(likeness.similar_questions(words, rows, limit=likeness.MOST_COMPARED))


@transaction.atomic
def choose(question: Question, references: Collection[str], *, by: Any, seen_version: int) -> int:
    """Let exactly `references` be asked together with `question`; return how many are. Raises Refused.

    What can no longer be joined (answered, hidden or joined elsewhere since) is left out.
    """
    if not may_answer(by, question.team):
        raise Refused(_("Only somebody of %(team)s can answer this.") % {"team": question.team})
    row = locked(question)
    if row.version != seen_version:
        raise Refused(told(row))
    if row.status != Status.PUBLISHED or row.current_answer_id or row.asked_with_id:
        raise Refused(_("Only an open question that is not asked with another one can take others in."))
    chosen = list(
        _free(row)
        .filter(reference__in=references)
        .exclude(asked_with__isnull=False)
        .values_list("pk", flat=True)
    ) + list(joined(row).filter(UNANSWERED, reference__in=references).values_list("pk", flat=True))
    joined(row).filter(UNANSWERED).exclude(pk__in=chosen).update(asked_with=None)
    Voice.objects.filter(pk__in=chosen).update(asked_with=row)
    # Whoever approves an answer approves for whom it is meant.
    row.version += 1
    row.save(update_fields=["version"])
    record("question.joined", actor=by, target=row, notice=row.notice.reference, together=len(chosen))
    return len(chosen)


@transaction.atomic
def separate(question: Question, *, by: Any) -> None:
    """Take an open question out of those it is asked together with. Raises Refused."""
    if not may_answer(by, question.team):
        raise Refused(_("Only somebody of %(team)s can answer this.") % {"team": question.team})
    row = locked(question)
    if row.asked_with_id is None or row.current_answer_id:
        raise Refused(_("It is not asked together with another open question any more."))
    first = locked(Voice(pk=row.asked_with_id))
    first.version += 1
    first.save(update_fields=["version"])
    row.asked_with = None
    row.save(update_fields=["asked_with"])
    record("question.separated", actor=by, target=row, notice=row.notice.reference, was=str(first))


def _free(question: Voice) -> QuerySet[Any]:
    """Return the open questions on the same notice, with the same team, that lead no others."""
    rows = Question.objects.filter(UNANSWERED, notice=question.notice_id, team=question.team_id)
    leading = Voice.objects.filter(asked_with__isnull=False, notice=question.notice_id).values("asked_with")
    return rows.exclude(pk=question.pk).exclude(pk__in=leading)

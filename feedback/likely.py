"""Finds what may answer a question before it is sent: the notice's own words, and what others asked."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from updates.facts import Fact
from updates.models import Notice, SearchEntry

from . import me_too
from .enums import Status
from .known_facts import facts_asked_for
from .likeness import likest, similar_questions
from .models import Question

# More than a handful is no help: nobody reads it (questions, sentences).
MOST_HERE, MOST_ELSEWHERE, MOST_SENTENCES = 4, 2, 2
# A sentence of the notice holds other words than a question, so it has to fit better to be no nuisance.
_FITS = 0.35
# The beginning of a long notice (characters), and the shortest thing that answers anybody.
_READ, _SHORTEST = 20_000, 20


@dataclass(frozen=True)
class LikelyAnswers:
    """What is shown before a question is sent; any part may be empty."""

    facts: list[Fact]
    sentences: list[str]
    here: list[Question]
    elsewhere: list[Question]

    def __bool__(self) -> bool:
        """Say whether there is anything to show."""
        return bool(self.facts or self.sentences or self.here or self.elsewhere)


def answers_to(text: str, notice: Notice) -> LikelyAnswers:
    """Return what may already answer `text`, asked about `notice`. Three queries, and those of its facts.

    Elsewhere are the answered questions on the same team's live notices of the same kind.
    """
    rows = _shown()
    here = similar_questions(text, rows.filter(notice=notice), limit=MOST_HERE, by_sentence=True)
    alike = Notice.objects.current().filter(team=notice.team_id, kind=notice.kind).exclude(pk=notice.pk)
    answered = rows.filter(notice__in=alike.order_by().values("pk"), current_answer__isnull=False)
    elsewhere = similar_questions(text, answered, limit=MOST_ELSEWHERE, by_sentence=True)
    return LikelyAnswers(
        facts=facts_asked_for(text, notice),
        sentences=_sentences(text, notice),
        here=[one.item for one in here],
        elsewhere=[one.item for one in elsewhere],
    )


def _shown() -> QuerySet[Any]:
    shown = Question.objects.filter(status=Status.PUBLISHED)
    related = shown.select_related(
        "current_answer__team", "notice__live_edition", "asked_with__current_answer"
    )
    return me_too.counted(related)


def _sentences(text: str, notice: Notice) -> list[str]:
    entry = SearchEntry.objects.filter(notice=notice).first()
    if entry is None:
        return []
    said = f"{entry.summary}\n{entry.body}"[:_READ]
    pieces = said.replace("! ", "!\n").replace("? ", "?\n").replace(". ", ".\n").split("\n")
    sentences = list(dict.fromkeys(piece.strip() for piece in pieces if len(piece) >= _SHORTEST))
    fitting = [one.item for one in likest(text, sentences, str, by_sentence=True) if one.score >= _FITS]
    return fitting[:MOST_SENTENCES]

"""Keeps answers while they are written and while a second person looks at them; must not give one itself."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import permissions as roles
from audit.recorder import record

from . import answering
from .answering import Words
from .enums import DraftState
from .models import Answer, AnswerDraft, AnsweringRule, Question
from .moderation import Refused, locked
from .permissions import may_answer, may_moderate


def words_of(draft: AnswerDraft) -> Words:
    """Return what a draft says, ready to be given."""
    return Words(
        text=draft.text,
        change_note=draft.change_note,
        post=draft.post,
        is_private=draft.is_private,
        promise=draft.promise,
        promised_on=draft.promised_on,
    )


def of(question: Any) -> AnswerDraft | None:
    """Return the draft of a question, if there is one."""
    return AnswerDraft.objects.filter(question=question).select_related("written_by").first()


def save(question: Question, words: Words, *, by: Any, seen: int) -> AnswerDraft:
    """Keep what was written so far; `seen` is the draft's version the person had open, 0 for none.

    Whoever saves a changed text takes it back from the second person. Raises Refused.
    """
    return _keep(question, words, by=by, seen=seen, state=DraftState.WRITING)


def offer(question: Question, words: Words, *, by: Any, seen: int) -> AnswerDraft:
    """Keep what was written and let a second person look at it. Raises Refused."""
    return _keep(question, words, by=by, seen=seen, state=DraftState.OFFERED)


@transaction.atomic
def send_back(question: Question, *, by: Any, seen: int, note: str) -> None:
    """Give an offered answer back to its writer with a note. Raises Refused."""
    if not note.strip():
        raise Refused(_("Say what should change."))
    draft = _offered(question, by=by, seen=seen)
    draft.state, draft.note = DraftState.RETURNED, note.strip()
    draft.version += 1
    draft.save(update_fields=["state", "note", "version"])
    record("draft.returned", actor=by, target=question, notice=question.notice.reference)


@transaction.atomic
def approve(question: Question, *, by: Any, seen: int, seen_version: int) -> Answer:
    """Give exactly the offered text as the answer, as its second person. Raises Refused."""
    draft = _offered(question, by=by, seen=seen)
    if draft.writers.filter(pk=by.pk).exists() or draft.written_by_id == by.pk:
        raise Refused(_("You wrote a part of it, so somebody else has to approve it."))
    return answering.give(
        question, words_of(draft), by=draft.written_by, seen_version=seen_version, checked_by=by
    )


def may_set_rule(user: Any, team: Any) -> bool:
    """Return whether `user` decides how `team` answers: its moderators, and administrators."""
    return may_moderate(user, team) or roles.is_administrator(user)


def set_rule(team: Any, *, by: Any, needs_second_person: bool) -> None:
    """Say whether a second person has to see what `team` answers. Raises Refused."""
    if not may_set_rule(by, team):
        raise Refused(_("Only a moderator of %(team)s or an administrator sets this.") % {"team": team})
    AnsweringRule.objects.update_or_create(team=team, defaults={"needs_second_person": needs_second_person})
    record("answering_rule.changed", actor=by, target=team, second_person=needs_second_person)


@transaction.atomic
def _keep(question: Question, words: Words, *, by: Any, seen: int, state: DraftState) -> AnswerDraft:
    if not may_answer(by, question.team):
        raise Refused(_("Only somebody of %(team)s can answer this.") % {"team": question.team})
    row = locked(question)
    draft = of(row) or AnswerDraft(question=row, written_by=by, version=0)
    if draft.version != seen:
        raise Refused(_told(draft))
    for name, value in vars(words).items():
        setattr(draft, name, value)
    draft.written_by, draft.written_at = by, timezone.now()
    # Why it was sent back stays in sight until it is offered again.
    is_returned = draft.state == DraftState.RETURNED and state == DraftState.WRITING
    draft.state = DraftState.RETURNED if is_returned else state
    draft.version += 1
    draft.save()
    draft.writers.add(by)
    if state == DraftState.OFFERED:
        record("draft.offered", actor=by, target=row, notice=row.notice.reference)
    return draft


def _offered(question: Question, *, by: Any, seen: int) -> AnswerDraft:
    if not may_answer(by, question.team):
        raise Refused(_("Only somebody of %(team)s can answer this.") % {"team": question.team})
    locked(question)
    draft = of(question)
    if draft is None or draft.state != DraftState.OFFERED:
        raise Refused(_("No answer waits for a second person here any more."))
    if draft.version != seen:
        raise Refused(_told(draft))
    return draft


def _told(draft: AnswerDraft) -> str:
    if not draft.version:
        return _("The answer was given or thrown away while you had it open. What you typed is still below.")
    return _("%(who)s saved another draft while you had this open. What you typed is still below.") % {
        "who": draft.written_by
    }

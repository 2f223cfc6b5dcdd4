"""Gives a question its official answer and writes the row of the mail that carries it; sends nothing."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from audit.recorder import record
from outbox import decisions
from updates.conversation import speaker

from . import letters, mail
from .enums import LetterPurpose, Status
from .models import Answer, Letter, Question
from .moderation import Refused, locked, set_status, told
from .permissions import may_answer


def answer_publicly(question: Question, *, by: Any, seen_version: int, text: str, post: str = "") -> Answer:
    """Answer a shown question where everybody can read it, and mail the person who asked. Raises Refused.

    `post` is said under the question on the platform it came from; empty: nothing is posted there.
    """
    return _answer(question, by=by, seen_version=seen_version, text=text, is_public=True, post=post)


def answer_privately(question: Question, *, by: Any, seen_version: int, text: str) -> Answer:
    """Answer by mail alone a question that is nobody else's business. Raises Refused."""
    return _answer(question, by=by, seen_version=seen_version, text=text, is_public=False)


def correct(
    question: Question, *, by: Any, seen_version: int, text: str, change_note: str, post: str = ""
) -> Answer:
    """Give a public answer's next version and say what was corrected; the old one is kept. Raises Refused.

    `post` is said on the platform the question came from, as another answer there.
    """
    if not change_note.strip():
        raise Refused(_("Say what you corrected."))
    return _answer(
        question,
        by=by,
        seen_version=seen_version,
        text=text,
        is_public=True,
        change_note=change_note,
        post=post,
    )


@transaction.atomic
def _answer(
    question: Question,
    *,
    by: Any,
    seen_version: int,
    text: str,
    is_public: bool,
    change_note: str = "",
    post: str = "",
) -> Answer:
    if not may_answer(by, question.team):
        raise Refused(_("Only somebody of %(team)s can answer this.") % {"team": question.team})
    row = locked(question)
    if row.version != seen_version:
        raise Refused(told(row))
    _refuse_what_does_not_fit(row, is_public=is_public, is_correction=bool(change_note))
    given = Answer.objects.create(
        question=row,
        number=row.answers.count() + 1,
        text=text,
        change_note=change_note,
        team=row.team,
        answered_by=by,
        is_public=is_public,
    )
    _note_on_question(row, given, by)
    if row.wants_mail:
        message = mail.compose(row, given)
        once = f"answer-{given.pk}-{row.person}"
        letters.write(LetterPurpose.ANSWER, message, once=once, answer=given, voice=row)
    if post and row.source_key:
        speaker().answer(row.source_key, post, by=by, number=given.number)
    action = "answer.corrected" if change_note else "answer.given"
    record(action, actor=by, target=row, notice=row.notice.reference, public=is_public, number=given.number)
    return given


@transaction.atomic
def send_again(question: Question, *, by: Any) -> Letter:
    """Let a mail go again that failed or waits for a person, and return its row. Raises Refused."""
    row = asker_letter(question)
    if row is None or not may_answer(by, question.team):
        raise Refused(_("There is no mail that you could send again."))
    if not (decisions.release(row) or decisions.settle_as_not_sent(row)):
        raise Refused(_("The mail has moved on since you opened this page."))
    record("answer.mailed_again", actor=by, target=question, notice=question.notice.reference)
    return row


def asker_letter(question: Question) -> Letter | None:
    """Return the mail that carries the newest answer to the person who asked, if there is one."""
    if question.current_answer_id is None:
        return None
    return Letter.objects.filter(answer=question.current_answer_id, voice=question).first()


def _refuse_what_does_not_fit(row: Question, *, is_public: bool, is_correction: bool) -> None:
    if bool(row.current_answer_id) != is_correction:
        raise Refused(
            _("It has no answer to correct yet.")
            if is_correction
            else _("It has an answer already; correct that.")
        )
    if is_public and row.status != Status.PUBLISHED:
        raise Refused(_("A moderator has to publish the question first."))
    if not is_public and row.status != Status.WAITING:
        raise Refused(_("The question is public, so its answer has to be public too."))
    if not is_public and not row.email:
        raise Refused(_("There is no e-mail address to answer to."))
    if not is_public and not row.wants_mail:
        raise Refused(_("The person who asked wants no answer by e-mail."))


def _note_on_question(row: Question, given: Answer, by: Any) -> None:
    row.current_answer = given
    if given.is_public:
        row.version += 1
        row.save(update_fields=["current_answer", "version"])
    else:
        set_status(row, Status.ANSWERED_PRIVATELY, by=by)

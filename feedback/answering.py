"""Gives questions their official answer and writes the rows of the mails that carry it; sends nothing."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Count
from django.utils.translation import gettext as _

from audit.recorder import record
from outbox import decisions
from updates.conversation import speaker

from . import asked_together, identity, letters, mail, me_too
from .enums import LetterPurpose, Status
from .models import Answer, AnswerDraft, AnsweringRule, Letter, Question, Voice
from .moderation import Refused, locked, set_status, told
from .permissions import may_answer


@dataclass(frozen=True)
class Words:
    """What an answer says, and where.

    `post` is said under the question on the platform it came from (empty: nothing is posted there);
    a `change_note` makes it the correction of the answer there is.
    """

    text: str
    change_note: str = ""
    post: str = ""
    is_private: bool = False
    promise: str = ""
    promised_on: dt.date | None = None


def needs_second_person(team: Any) -> bool:
    """Say whether somebody else has to see what `team` answers before it is given. One query."""
    return AnsweringRule.objects.filter(team=team, needs_second_person=True).exists()


def answer_publicly(question: Question, *, by: Any, seen_version: int, text: str, post: str = "") -> Answer:
    """Answer a shown question where everybody can read it, and mail the person who asked. Raises Refused."""
    return give(question, Words(text, post=post), by=by, seen_version=seen_version)


def answer_privately(question: Question, *, by: Any, seen_version: int, text: str) -> Answer:
    """Answer by mail alone a question that is nobody else's business. Raises Refused."""
    return give(question, Words(text, is_private=True), by=by, seen_version=seen_version)


def correct(
    question: Question, *, by: Any, seen_version: int, text: str, change_note: str, post: str = ""
) -> Answer:
    """Give a public answer's next version and say what was corrected; the old one is kept. Raises Refused."""
    if not change_note.strip():
        raise Refused(_("Say what you corrected."))
    return give(question, Words(text, change_note, post), by=by, seen_version=seen_version)


@transaction.atomic
def give(question: Question, words: Words, *, by: Any, seen_version: int, checked_by: Any = None) -> Answer:
    """Give an answer to a question and to all that are asked together with it; everybody is told once.

    `checked_by` is the second person, who then needs the right to answer. Raises Refused.
    """
    if not may_answer(checked_by or by, question.team):
        raise Refused(_("Only somebody of %(team)s can answer this.") % {"team": question.team})
    row = locked(question)
    if row.version != seen_version:
        raise Refused(told(row))
    _refuse_what_does_not_fit(row, words)
    if checked_by is None and needs_second_person(row.team_id):
        raise Refused(
            _("%(team)s wants a second person to see every answer. Offer it to a colleague.")
            % {"team": row.team}
        )
    same = [] if words.is_private else _others(row, words)
    given = _keep(row, words, by=by, checked_by=checked_by)
    answered = [(row, given), *_keep_for(same, given)]
    _note_on_question(row, given, by)
    _tell(answered, given)
    _post(answered, words, by=by)
    AnswerDraft.objects.filter(question=row).delete()
    _record(answered, words, by=by, checked_by=checked_by)
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


def _refuse_what_does_not_fit(row: Question, words: Words) -> None:
    if bool(row.current_answer_id) != bool(words.change_note):
        raise Refused(
            _("It has no answer to correct yet.")
            if words.change_note
            else _("It has an answer already; correct that.")
        )
    if row.asked_with_id is not None:
        raise Refused(
            _("It is asked together with %(other)s: answer that one, or take this one out first.")
            % {"other": row.asked_with}
        )
    if words.is_private:
        _refuse_private(row)
    elif row.status != Status.PUBLISHED:
        raise Refused(_("A moderator has to publish the question first."))


def _refuse_private(row: Question) -> None:
    if row.status != Status.WAITING:
        raise Refused(_("The question is public, so its answer has to be public too."))
    if not row.email:
        raise Refused(_("There is no e-mail address to answer to."))
    if not row.wants_mail:
        raise Refused(_("The person who asked wants no answer by e-mail."))


def _others(row: Question, words: Words) -> list[Any]:
    """Return, locked, the questions that get the same: those still without an answer, or with the old one."""
    rows = asked_together.joined(row).filter(
        status=Status.PUBLISHED, current_answer__isnull=not words.change_note
    )
    return list(rows.select_for_update(of=("self",)).select_related("notice", "team").order_by("pk"))


def _keep(row: Question, words: Words, *, by: Any, checked_by: Any) -> Answer:
    before = row.current_answer
    is_same_promise = before is not None and bool(words.promise) and before.promise == words.promise
    return Answer.objects.create(
        question=row,
        number=row.answers.count() + 1,
        text=words.text,
        change_note=words.change_note,
        team=row.team,
        answered_by=by,
        checked_by=checked_by,
        is_public=not words.is_private,
        promise=words.promise,
        promised_on=words.promised_on if words.promise else None,
        promise_kept_at=before.promise_kept_at if is_same_promise and before else None,
    )


def _keep_for(rows: list[Any], given: Answer) -> list[tuple[Any, Answer]]:
    """Give each of `rows` the answer as its own; a promise stays with the first, so that it counts once."""
    numbers = Answer.objects.filter(question__in=rows).order_by().values_list("question")
    known = dict(numbers.annotate(number=Count("pk")))
    copies = Answer.objects.bulk_create(
        Answer(
            question=row,
            number=known.get(row.pk, 0) + 1,
            text=given.text,
            change_note=given.change_note,
            team=given.team,
            answered_by=given.answered_by,
            checked_by=given.checked_by,
            published_at=given.published_at,
        )
        for row in rows
    )
    for row, copy in zip(rows, copies, strict=True):
        row.current_answer = copy
        row.version += 1
    Voice.objects.bulk_update(rows, ["current_answer", "version"])
    return list(zip(rows, copies, strict=True))


def _note_on_question(row: Question, given: Answer, by: Any) -> None:
    row.current_answer = given
    if given.is_public:
        row.version += 1
        row.save(update_fields=["current_answer", "version"])
    else:
        set_status(row, Status.ANSWERED_PRIVATELY, by=by)


def _tell(answered: Sequence[tuple[Any, Answer]], given: Answer) -> None:
    """Write to everybody who asked, and then to who asks the same; one address gets one mail."""
    for row, answer in answered:
        if row.wants_mail:
            _write(row.email, mail.compose(row, answer, promising=given), given, answer=answer, voice=row)
    if not given.is_public:
        return
    others = me_too.count(row for row, _answer in answered)
    for row, answer in answered:
        for address in me_too.people_to_tell(row) if others[row.pk] else []:
            message = mail.compose(row, answer, promising=given, to=address)
            _write(address, message, given, answer=answer, voice=None)


def _write(address: str, message: dict[str, str], given: Answer, **about: Any) -> None:
    once = f"answer-{given.pk}-{identity.person(address)}"
    letters.write(LetterPurpose.ANSWER, message, once=once, **about)


def _post(answered: Sequence[tuple[Any, Answer]], words: Words, *, by: Any) -> None:
    """Say it where it was asked: in the words given for the first, in the usual ones for the others."""
    first = answered[0][0]
    if first.source_key and not words.post:
        return
    for row, answer in answered:
        if not row.source_key or not answer.is_public:
            continue
        said = words.post if row is first else _usual(row, answer)
        speaker().answer(row.source_key, said, by=by, number=answer.number)


def _usual(row: Question, answer: Answer) -> str:
    url = f"{settings.PORTAL_URL}{row.get_absolute_url()}"
    is_correction = bool(answer.change_note)
    return speaker().usual_words(str(row.source_key), answer.text, url=url, is_correction=is_correction)


def _record(answered: Sequence[tuple[Any, Answer]], words: Words, *, by: Any, checked_by: Any) -> None:
    row, given = answered[0]
    detail: dict[str, Any] = {"notice": row.notice.reference, "public": given.is_public}
    if checked_by is not None:
        detail["written_by"] = str(by)
    if len(answered) > 1:
        detail["together"] = [str(other) for other, _answer in answered[1:]]
    action = "answer.corrected" if words.change_note else "answer.given"
    record(action, actor=checked_by or by, target=row, number=given.number, **detail)

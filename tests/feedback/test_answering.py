"""Official answers: who may give them, that they never change, and the mail that carries them."""

import pytest

from audit.models import Event
from feedback import answering
from feedback.models import Answer, Letter
from feedback.moderation import Refused
from tests.feedback.conftest import asked, shown

pytestmark = pytest.mark.django_db


def answer(question, by, text="Yes, numbers 1 to 40."):
    return answering.answer_publicly(question, by=by, seen_version=question.version, text=text)


@pytest.mark.parametrize(
    ("who", "may"),
    [
        ("author", True),
        ("approver", True),
        ("moderator", True),
        ("lead", False),
        ("councillor", False),
        ("administrator", False),
        ("outsider", False),
    ],
)
def test_who_may_answer(cast, notice, who, may):
    question = shown(asked(notice), cast.moderator)
    if may:
        assert answer(question, getattr(cast, who)).team == cast.team
    else:
        with pytest.raises(Refused, match="Only somebody of Water and Drainage"):
            answer(question, getattr(cast, who))


def test_answer_is_attributed_and_leaves_an_event(cast, notice):
    question = shown(asked(notice), cast.moderator)
    given = answer(question, cast.author)
    question.refresh_from_db()
    assert question.current_answer == given
    assert (given.answered_by, given.team, given.number) == (cast.author, cast.team, 1)
    event = Event.objects.get(action="answer.given")
    assert (event.actor_id, event.target_label) == (cast.author.pk, question.reference)


def test_waiting_question_cannot_be_answered_publicly(cast, notice):
    with pytest.raises(Refused, match="A moderator has to publish the question first"):
        answer(asked(notice), cast.author)


def test_second_answer_at_once_is_told(cast, notice):
    question = shown(asked(notice), cast.moderator)
    answer(question, cast.author)
    with pytest.raises(Refused):
        answer(question, cast.approver)
    assert Answer.objects.count() == 1


def test_answer_never_changes_and_a_correction_is_the_next_one(cast, notice):
    question = shown(asked(notice), cast.moderator)
    first = answer(question, cast.author)
    with pytest.raises(TypeError):
        first.save()
    question.refresh_from_db()
    second = answering.correct(
        question, by=cast.author, seen_version=question.version, text="No, to 38.", change_note="The number."
    )
    question.refresh_from_db()
    assert question.current_answer == second
    assert list(question.answers.values_list("number", "text")) == [(2, "No, to 38."), (1, first.text)]


def test_correction_says_what_was_corrected(cast, notice):
    question = shown(asked(notice), cast.moderator)
    answer(question, cast.author)
    question.refresh_from_db()
    with pytest.raises(Refused, match="Say what you corrected"):
        answering.correct(question, by=cast.author, seen_version=3, text="No.", change_note=" ")


def test_private_answer_keeps_the_question_off_the_page(cast, notice, client):
    question = asked(notice, "My meter number is 12?", email="jan@mail.example", wants_reply=True)
    answering.answer_privately(question, by=cast.author, seen_version=1, text="We will write to you.")
    question.refresh_from_db()
    assert question.status == "private"
    assert client.get(question.get_absolute_url()).status_code == 404
    assert "My meter number" not in client.get(notice.get_absolute_url()).content.decode()
    assert "We will write to you." in client.get(question.receipt_path).content.decode()


def test_private_answer_needs_an_address(cast, notice):
    with pytest.raises(Refused, match="no e-mail address"):
        answering.answer_privately(asked(notice), by=cast.author, seen_version=1, text="We will write.")


def test_mail_is_written_only_for_who_wants_it(cast, notice):
    wants = shown(asked(notice, email="jan@mail.example", wants_reply=True), cast.moderator)
    wants_not = shown(asked(notice, email="eva@mail.example"), cast.moderator)
    answer(wants, cast.author)
    answer(wants_not, cast.author)
    assert [mail.payload["to"] for mail in Letter.objects.all()] == ["jan@mail.example"]

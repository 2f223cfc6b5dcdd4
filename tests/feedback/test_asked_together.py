"""One answer to many: who is joined, that all are answered at once, and that everybody is told once."""

import pytest
from django.urls import reverse

from feedback import answering, asked_together, promises
from feedback.answering import Words
from feedback.models import Answer, Letter, MeToo, Question
from feedback.moderation import Refused
from tests.feedback.conftest import asked, shown

pytestmark = pytest.mark.django_db
MANY = 300


def open_question(cast, notice, text="When is the water back on Tannery Row?", **words):
    return shown(asked(notice, text, **words), cast.moderator)


def join(question, *others, by):
    asked_together.choose(
        question, [other.reference for other in others], by=by, seen_version=question.version
    )
    question.refresh_from_db()


def give(question, by, text="At six."):
    question.refresh_from_db()
    return answering.give(question, Words(text), by=by, seen_version=question.version)


def test_same_question_is_offered_ticked_and_another_is_not(cast, notice, as_):
    first, same = open_question(cast, notice), open_question(cast, notice)
    other = open_question(cast, notice, "Do the bins go out on Monday?")
    page = as_(cast.author).get(reverse("inbox:together", args=[first.reference]))
    offered = {row.question.reference: is_ticked for row, is_ticked in page.context["rows"]}
    assert offered[same.reference] is True
    assert offered.get(other.reference, False) is False


def test_joined_questions_get_the_answer_and_link_to_it(cast, notice, client):
    first, second = open_question(cast, notice), open_question(cast, notice)
    join(first, second, by=cast.author)
    give(first, cast.author)
    html = client.get(second.get_absolute_url()).content.decode()
    assert "At six." in html
    assert first.get_absolute_url() in html


def test_question_taken_out_before_is_not_answered(cast, notice):
    first, second, third = (open_question(cast, notice) for _each in range(3))
    join(first, second, third, by=cast.author)
    join(first, third, by=cast.author)
    give(first, cast.author)
    answered = Question.objects.filter(current_answer__isnull=False)
    assert set(answered) == {first, third}


def test_joined_question_is_not_answered_on_its_own(cast, notice):
    first, second = open_question(cast, notice), open_question(cast, notice)
    join(first, second, by=cast.author)
    with pytest.raises(Refused, match="It is asked together with"):
        give(second, cast.author)
    second.refresh_from_db()
    asked_together.separate(second, by=cast.author)
    assert give(second, cast.author).question_id == second.pk


def test_correction_reaches_all(cast, notice):
    first, second = open_question(cast, notice), open_question(cast, notice)
    join(first, second, by=cast.author)
    give(first, cast.author)
    first.refresh_from_db()
    corrected = Words("At seven.", change_note="The hour.")
    answering.give(first, corrected, by=cast.author, seen_version=first.version)
    second.refresh_from_db()
    assert (second.current_answer.text, second.current_answer.number) == ("At seven.", 2)


def test_promise_is_told_to_everybody_and_counts_once(cast, notice, client):
    first = open_question(cast, notice)
    second = open_question(cast, notice, email="kim@mail.example", wants_reply=True)
    join(first, second, by=cast.author)
    said = Words("At six.", promise="We flush the pipes.")
    given = answering.give(first, said, by=cast.author, seen_version=first.version)
    promises.keep(given, by=cast.author)
    page, mail = client.get(second.get_absolute_url()).content.decode(), Letter.objects.get(purpose="answer")
    assert ("We flush the pipes." in page, "kept" in page) == (True, True)
    assert "We flush the pipes." in mail.payload["text"]
    assert list(promises.made_by(frozenset({cast.team.pk}))) == [given]


def test_somebody_elses_question_is_never_joined(cast, notice):
    first, lead, follower = (open_question(cast, notice) for _each in range(3))
    join(lead, follower, by=cast.author)
    waiting = asked(notice)
    join(first, follower, waiting, lead, by=cast.author)
    assert list(asked_together.joined(first)) == []


def test_one_who_asked_twice_and_pressed_me_too_gets_one_mail(cast, notice):
    jan = {"email": "jan@mail.example", "wants_reply": True}
    first, second = (open_question(cast, notice, **jan) for _each in range(2))
    third = open_question(cast, notice)
    for email in ("Jan@mail.example", "kim@mail.example"):
        MeToo.objects.create(question=third, email=email, confirmed_at=third.received_at)
    join(first, second, third, by=cast.author)
    give(first, cast.author)
    told = Letter.objects.filter(purpose="answer")
    assert sorted(letter.payload["to"] for letter in told) == ["jan@mail.example", "kim@mail.example"]


def test_three_hundred_asked_together_get_one_mail_each(cast, notice):
    first = open_question(cast, notice)
    rows = [
        Question(
            notice=notice,
            text="When is it back?",
            public_text="When is it back?",
            status="published",
            moderated_at=first.moderated_at,
            reference=f"Q-{number:05d}",
            email=f"person{number}@mail.example",
            wants_reply=True,
            asked_with=first,
        )
        for number in range(MANY)
    ]
    for row in rows:
        row.fill_in()
    Question.objects.bulk_create(rows)
    give(first, cast.author)
    assert Answer.objects.count() == MANY + 1
    assert Letter.objects.filter(purpose="answer").count() == MANY
    assert Question.objects.filter(current_answer=None).count() == 0

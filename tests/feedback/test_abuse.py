"""What residents' words and forms might be bent to do."""

import itertools

import pytest

from feedback import answering, receiving
from feedback.masking import mask
from feedback.models import Question
from feedback.moderation import Refused
from tests.feedback.conftest import asked

NUMBER = "07700900123"


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        (f"My ref X{NUMBER}, call {NUMBER}", f"My ref X{NUMBER}, call [a telephone number]"),
        (f"{NUMBER}4567890 or {NUMBER}", f"{NUMBER}4567890 or [a telephone number]"),
    ],
)
def test_number_is_masked_where_it_stands_and_not_where_it_looks_alike(text, masked):
    assert mask(text) == masked


def test_private_answer_to_somebody_who_wants_no_mail_is_refused(cast, notice):
    question = asked(notice, email="jan@mail.example", wants_reply=False)

    with pytest.raises(Refused):
        answering.answer_privately(question, by=cast.author, seen_version=1, text="We will write to you.")


def test_reference_somebody_has_loses_no_words(notice, monkeypatch):
    taken = asked(notice).reference[2:]
    draws = itertools.chain(taken, taken, "Z2Z2Z")
    monkeypatch.setattr("updates.models.notice.secrets.choice", lambda alphabet: next(draws))

    kept = asked(notice, "Another question?")

    assert (kept.reference, Question.objects.count()) == ("Q-Z2Z2Z", 2)


def test_words_survive_a_press_of_the_button_twice(notice):
    key = asked(notice).form_key

    again = receiving.receive_question(notice, receiving.Words("Is Tannery Row affected?"), key=key)

    assert (Question.objects.count(), again.form_key) == (1, key)


@pytest.mark.parametrize("query", ["page=" + "9" * 5000, "page=-1", "page=%00", "team=" + "9" * 40,
                                   "ward=%00", "state=%00", "sort=x", "page=1e9"])  # fmt: skip
def test_inbox_answers_whatever_is_asked_of_it(cast, notice, as_, query):
    asked(notice)

    assert as_(cast.moderator).get(f"/staff/inbox/?{query}").status_code == 200


@pytest.mark.parametrize(
    "path", ["/received/Q-AAAAA/%00/", "/questions/Q-%00AAA/", "/received/F-AAAAA/\ud83d/"]
)
def test_address_nobody_gave_is_not_found(client, db, path):
    assert client.get(path.encode("utf-8", "surrogatepass").decode("latin-1")).status_code == 404

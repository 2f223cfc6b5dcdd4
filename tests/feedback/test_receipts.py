"""The receipt: what happened, where it stands in the queue, and the link that confirms an address."""

import re

import pytest

from feedback import answering, moderation, receipts
from feedback.models import Feedback, Letter, Question
from tests.feedback.conftest import asked, shown, stamp, told

pytestmark = pytest.mark.django_db


def ask(client, notice, REMOTE_ADDR="203.0.113.1", **fields):  # noqa: N803 the name WSGI gives it
    data = {
        "text": "What did the bridge cost?",
        "looked": "on",
        "stamp": stamp("question", notice.reference),
        **fields,
    }
    return client.post(f"/notices/{notice.reference}/ask/", data, REMOTE_ADDR=REMOTE_ADDR)


def page(client, voice) -> str:
    return client.get(voice.receipt_path).content.decode()


def test_receipt_goes_to_the_address_and_its_link_confirms_it(client, notice):
    ask(client, notice, email="jan@mail.example")
    question, letter = Question.objects.get(), Letter.objects.get()
    assert (letter.purpose, letter.payload["to"]) == ("confirm_voice", "jan@mail.example")
    assert question.reference in letter.payload["subject"]

    link = re.search(r"/your-address/\S+", letter.payload["text"])[0]
    assert "Yes, it is mine" in client.get(link).content.decode()
    question.refresh_from_db()
    assert question.email_confirmed_at is None
    client.post(link)
    question.refresh_from_db()
    assert question.email_confirmed_at is not None
    assert "Your address was confirmed" in page(client, question)


def test_nobody_is_written_to_without_an_address(client, notice):
    ask(client, notice)
    assert Letter.objects.count() == 0


def test_sixth_receipt_of_a_day_to_one_address_is_not_sent(client, notice):
    for number in range(6):
        ask(client, notice, email="jan@mail.example", REMOTE_ADDR=f"203.0.113.{number}")
    assert (Question.objects.count(), Letter.objects.count()) == (6, 5)
    assert "so this one stays here only" in page(client, Question.objects.order_by("pk").last())


def test_link_of_a_removed_address_or_a_forged_one_is_over(client, notice):
    ask(client, notice, email="jan@mail.example")
    question = Question.objects.get()
    link = receipts.confirm_path(question)
    Question.objects.filter(pk=question.pk).update(email="")
    assert client.post(link).status_code == 410
    assert client.post("/your-address/forged/").status_code == 410


@pytest.mark.parametrize("wants_reply", [False, True])
def test_address_confirmed_after_the_hiding_is_told_why_once(client, cast, notice, wants_reply):
    question = asked(notice, "Mr Pike is a crook", email="jan@mail.example", wants_reply=wants_reply)
    moderation.hide(question, by=cast.moderator, seen_version=1, reason="personal_data")
    for _press in range(2):
        client.post(receipts.confirm_path(question))
    letter = Letter.objects.get(purpose="hidden")
    assert letter.payload["to"] == "jan@mail.example"
    assert question.receipt_path in letter.payload["text"]


def test_receipts_address_confirms_nothing(client, notice):
    ask(client, notice, email="jan@mail.example")
    question = Question.objects.get()
    assert client.post(f"/your-address/{question.token}/").status_code == 410


def test_receipt_tells_what_happened_in_order(client, cast, notice):
    question = shown(asked(notice), cast.moderator)
    question = answering.answer_publicly(question, by=cast.author, seen_version=2, text="Yes.").question
    assert [step.words for step in receipts.happened(question)] == [
        "We received it",
        "A moderator read it and shows it",
        "We answered it",
    ]


def test_place_in_the_queue_for_an_answer(client, cast, notice):
    first, second = (shown(asked(notice, text), cast.moderator) for text in ("One?", "Two?"))
    assert "Yours is the next to be answered." in page(client, first)
    assert "1 question is due before yours." in page(client, second)


def test_hidden_words_say_why_on_the_receipt(client, cast, notice):
    hidden = moderation.hide(told(notice), by=cast.moderator, seen_version=1, reason="off_topic")
    assert "because it is not about this notice" in page(client, hidden)


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({}, "Enter your name: the law asks for it"),
        ({"name": "Jan Kowalski"}, "Enter your e-mail address"),
        ({"email": "jan@mail.example"}, "Enter your name: the law asks for it"),
    ],
)
def test_information_request_needs_name_and_address(client, notice, fields, says):
    response = ask(client, notice, is_information_request="on", **fields)
    assert says in response.content.decode()
    assert "What did the bridge cost?" in response.content.decode()
    assert Question.objects.count() == 0


def test_information_request_has_the_laws_clock(client, notice, settings):
    settings.INFORMATION_WITHIN_WORKING_DAYS = 25
    form = client.get(f"/notices/{notice.reference}/ask/").content.decode()
    assert "The law gives us 25 working days" in form
    ask(client, notice, is_information_request="on", name="Jan Kowalski", email="jan@mail.example")
    by_law = Question.objects.get()
    assert by_law.is_information_request
    assert by_law.due_on > asked(notice).due_on
    assert "You asked for recorded information." in page(client, by_law)


def test_press_on_useful_is_counted_without_words(client, notice):
    link = f"/notices/{notice.reference}/useful/"
    assert link in client.get(notice.get_absolute_url()).content.decode()
    form = client.get(f"{link}?said=no").context["form"]
    assert form["helpful"].value() == "no"
    sent = {"helpful": "no", "went_wrong": "missing", "stamp": stamp("feedback", notice.reference)}
    receipt = client.post(link, sent)
    row = Feedback.objects.get()
    assert (row.status, row.helpful, row.went_wrong, row.text) == ("counted", "no", "missing", "")
    assert "It is counted with what others say" in client.get(receipt.url).content.decode()


@pytest.mark.parametrize(
    ("fields", "kept"),
    [
        ({"helpful": "yes", "went_wrong": "missing"}, ("counted", "yes", "", "")),
        ({"helpful": "no", "text": "No map."}, ("waiting", "no", "", "No map.")),
        ({"helpful": "no", "text": "   "}, ("counted", "no", "", "")),
    ],
    ids=["nothing went wrong", "words wait for a moderator", "spaces are no words"],
)
def test_useful_form_keeps_what_it_says(client, notice, fields, kept):
    data = {"stamp": stamp("feedback", notice.reference), **fields}
    client.post(f"/notices/{notice.reference}/useful/", data)
    row = Feedback.objects.get()
    assert (row.status, row.helpful, row.went_wrong, row.text) == kept


@pytest.mark.parametrize("said", ["", "maybe"])
def test_useful_form_without_a_choice_asks_for_it(client, notice, said):
    data = {"stamp": stamp("feedback", notice.reference), "helpful": said, "text": "No map."}
    response = client.post(f"/notices/{notice.reference}/useful/", data)
    assert "No map." in response.content.decode()
    assert Feedback.objects.count() == 0


def test_question_asked_together_leads_to_the_one_with_the_answer(client, cast, notice):
    first, second = (shown(asked(notice, text), cast.moderator) for text in ("Is it safe?", "Safe now?"))
    Question.objects.filter(pk=second.pk).update(asked_with=first)
    link = f'<a href="{first.get_absolute_url()}">{first.reference}</a>'
    for path in (second.receipt_path, second.get_absolute_url(), f"/notices/{notice.reference}/questions/"):
        assert f"sked together with {link}" in client.get(path).content.decode()

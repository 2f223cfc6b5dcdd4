"""What residents can send, and what becomes of bad input: nothing typed is lost, nothing is kept twice."""

import pytest
from django.utils import timezone

from feedback.models import Feedback, Question
from feedback.working_days import answer_due_on
from tests import factories
from tests.feedback.conftest import stamp
from updates.enums import Urgency
from updates.models import Notice
from visitors import stamps

pytestmark = pytest.mark.django_db


def send(client, notice, path="ask", *, age=60, **fields):
    sort = {"ask": "question", "feedback": "feedback"}[path]
    data = {"text": "Is Tannery Row affected?", "stamp": stamp(sort, notice.reference, age=age), **fields}
    return client.post(f"/notices/{notice.reference}/{path}/", data)


def test_question_is_kept_and_receipt_shows_it(client, notice):
    response = send(client, notice)
    question = Question.objects.get()
    assert (question.text, question.status, question.notice) == (
        "Is Tannery Row affected?",
        "waiting",
        notice,
    )
    assert response.url == f"/received/{question.reference}/{question.token}/"
    page = client.get(response.url).content.decode()
    assert question.reference in page
    assert "Yours is next." in page


def test_feedback_is_kept_with_its_mood(client, notice):
    send(client, notice, "feedback", text="Clear, thank you.", helpful="yes")
    feedback = Feedback.objects.get()
    assert (feedback.text, feedback.helpful, feedback.email) == ("Clear, thank you.", "yes", "")


def test_pressing_twice_leaves_one_row_and_one_receipt(client, notice):
    same = stamp("question", notice.reference)
    first, second = send(client, notice, stamp=same), send(client, notice, stamp=same)
    assert Question.objects.count() == 1
    assert first.url == second.url


def test_reply_without_address_asks_for_it_and_keeps_the_words(client, notice):
    response = send(client, notice, wants_reply="on")
    page = response.content.decode()
    assert "Enter your e-mail address, so that we can send you the answer." in page
    assert "Is Tannery Row affected?" in page
    assert Question.objects.count() == 0


def test_address_without_the_tick_is_taken_as_wanting_a_reply(client, notice):
    send(client, notice, email="jan@mail.example")
    question = Question.objects.get()
    assert (question.email, question.wants_reply) == ("jan@mail.example", True)


def test_postcode_becomes_its_ward_and_is_forgotten(client, notice):
    ward = factories.ward("Quayside")
    factories.street(ward, postcode="RB11AA")
    send(client, notice, place="rb1 1aa")
    question = Question.objects.get()
    assert question.ward == ward
    assert "RB11AA" not in str(list(vars(question).values())).upper().replace(" ", "")


def test_unknown_place_is_refused_with_the_words_kept(client, notice):
    page = send(client, notice, place="Atlantis").content.decode()
    assert "We do not know that place." in page
    assert "Is Tannery Row affected?" in page


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"website": "http://spam.example"}, "A box that must stay empty was filled in."),
        ({"age": 1}, "Please press the button once more."),
        ({"age": 3 * 86400}, "This page was open for a long time."),
        ({"stamp": "forged"}, "This page was open for a long time."),
        ({"stamp": ""}, "This page was open for a long time."),
    ],
    ids=["honeypot", "too quick", "too old", "forged", "missing"],
)
def test_machines_are_refused_and_people_lose_nothing(client, notice, fields, says):
    page = send(client, notice, **fields).content.decode()
    assert says in page
    assert "Is Tannery Row affected?" in page
    assert Question.objects.count() == 0


def test_refused_machine_form_can_be_sent_again_by_a_person(client, notice):
    page = send(client, notice, website="filled in by the browser")
    again = page.context["form"]
    data = {
        "text": again["text"].value(),
        "stamp": again["stamp"].value(),
        "website": again["website"].value(),
    }
    assert client.post(f"/notices/{notice.reference}/ask/", data).status_code == 302


@pytest.mark.parametrize(
    "fields",
    [{"age": 0}, {"age": 0, "place": "Atlantis"}, {"stamp": ""}],
    ids=["pasted at once", "wrong at once", "stamp too old"],
)
def test_corrected_form_is_never_too_quick(client, notice, fields):
    refused = send(client, notice, **fields).context["form"]
    answer = send(client, notice, stamp=refused["stamp"].value(), place="")
    assert (answer.status_code, Question.objects.count()) == (302, 1)


def test_form_is_taken_after_two_seconds(client, notice):
    assert send(client, notice, age=2.1).status_code == 302


def test_refused_form_keeps_its_key(client, notice):
    first = stamp("question", notice.reference)
    refused = send(client, notice, stamp=first, place="Atlantis").context["form"]
    again = stamps.read(refused["stamp"].value(), "question", notice.reference)
    assert again.key == stamps.read(first, "question", notice.reference).key


def test_stamp_of_one_notice_does_not_serve_another(client, cast, notice):
    other = factories.published(cast, "event").notice
    send(client, notice, stamp=stamp("question", other.reference))
    assert Question.objects.count() == 0


def test_too_many_characters_are_refused_and_kept(client, notice):
    response = send(client, notice, text="x" * 100_000)
    assert "Too long by 99000: the most is 1000 characters." in response.content.decode()
    assert "x" * 100_000 in response.content.decode()
    assert Question.objects.count() == 0


@pytest.mark.parametrize("text", ["\u200b\u200b\u2060", "\u202e\u202d", "\ufeff", "\u2003\n\u00ad"])
def test_words_nobody_can_see_are_no_words(client, notice, text):
    assert "Write your question." in send(client, notice, text=text).content.decode()
    assert not Question.objects.exists()


def test_sign_newer_than_our_tables_is_a_word(client, notice):
    send(client, notice, text="\U0001fae9")
    assert Question.objects.get().text == "\U0001fae9"


def test_emoji_and_right_to_left_text_are_kept_and_nul_is_dropped(client, notice):
    send(client, notice, text="هل الماء آمن؟ 👩‍👩‍👧 \x00really?\r\nYes.")
    assert Question.objects.get().text == "هل الماء آمن؟ 👩‍👩‍👧 really?\nYes."


def test_words_of_exactly_the_limit_are_taken_whatever_the_line_breaks(client, notice):
    send(client, notice, text="a\r\n" * 499 + "bc")
    assert len(Question.objects.get().text) == 1000


def test_sixth_sending_in_ten_minutes_waits_and_keeps_the_words(client, notice):
    answers = [send(client, notice) for _number in range(6)]
    assert [answer.status_code for answer in answers] == [302] * 5 + [429]
    assert "A lot was sent from your network just now." in answers[-1].content.decode()
    assert "Is Tannery Row affected?" in answers[-1].content.decode()
    assert Question.objects.count() == 5


def test_withdrawn_notice_is_closed_with_a_sentence(client, notice):
    Notice.objects.filter(pk=notice.pk).update(withdrawn_at=timezone.now(), withdrawn_reason="Wrong street.")
    response = send(client, notice)
    assert response.status_code == 410
    assert "This notice takes no more questions" in response.content.decode()
    assert Question.objects.count() == 0


def test_draft_has_no_form(client, cast):
    edition = factories.draft(cast)
    assert client.get(f"/notices/{edition.notice.reference}/ask/").status_code == 404


def test_receipt_needs_its_whole_address(client, notice):
    send(client, notice)
    question = Question.objects.get()
    assert client.get(f"/received/{question.reference}/{question.token}/").status_code == 200
    other = "y" if question.token.endswith("x") else "x"
    assert client.get(f"/received/{question.reference}/{question.token[:-1]}{other}/").status_code == 404
    assert client.get("/received/Q-22222/nothing/").status_code == 404


def test_receipt_does_not_hand_its_address_on(client, notice):
    send(client, notice)
    response = client.get(Question.objects.get().receipt_path)
    assert response["Referrer-Policy"] == "same-origin"
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize(
    ("kind", "urgency", "ended", "urgent"),
    [
        ("outage", Urgency.NORMAL, False, True),
        ("outage", Urgency.NORMAL, True, False),
        ("general", Urgency.EMERGENCY, False, True),
        ("general", Urgency.IMPORTANT, False, False),
        ("event", Urgency.NORMAL, False, False),
    ],
)
def test_answer_is_due_sooner_while_an_outage_or_emergency_lasts(client, cast, kind, urgency, ended, urgent):
    notice = factories.published(cast, kind, urgency=urgency).notice
    Notice.objects.filter(pk=notice.pk).update(ended_at=timezone.now() if ended else None)
    form = client.get(f"/notices/{notice.reference}/ask/").content.decode()
    receipt = client.get(send(client, notice, text="Who decided this?").url).content.decode()
    question = Question.objects.get()
    due = answer_due_on(question.received_at, urgent=urgent)
    assert question.due_on == due
    assert ("by the end of the next working day" in form) == urgent
    assert f'datetime="{due}"' in receipt


def test_form_says_what_happens_and_for_how_long(client, cast):
    notice = factories.published(cast, "general").notice
    page = client.get(f"/notices/{notice.reference}/ask/").content.decode()
    assert "We answer within 10 working days." in page
    assert "We remove them 6 months after the answer; your words stay." in page

"""What people wrote on platforms, in the inbox: taken in once, its source told, its writer's name never."""

import csv
import io
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from audit.models import Event
from feedback import masking, moderation, turning
from feedback.digesting import numbers
from feedback.digesting.scope import Scope, period
from feedback.listening import Inbox
from feedback.models import FEEDBACK_MAX, Feedback, Question
from feedback.working_days import today
from tests import factories
from tests.feedback.conftest import asked, shown, told
from updates import keeping
from updates.conversation import Heard

pytestmark = pytest.mark.django_db


def heard(notice, text="When is the water back?", *, key="reply-1", is_question=True, **more) -> Heard:
    said = {"url": "https://bsky.example/1", "handle": "kim.bsky.example", "name": "Kim R."}
    return Heard(key, "Bluesky", notice, text, is_question, **(said | more))


def received(notice, text="When is the water back?", **more):
    one = heard(notice, text, **more)
    reference = Inbox().receive([one])[one.key]
    model = Question if reference.startswith("Q") else Feedback
    return model.objects.get(reference=reference)


def test_question_waits_with_its_source_and_a_day_it_is_due(notice):
    question = received(notice)
    assert (question.status, question.source, question.handle) == ("waiting", "Bluesky", "kim.bsky.example")
    assert question.due_on is not None
    assert (question.email, question.ward) == ("", None)


def test_same_words_twice_are_one_row(notice):
    first = Inbox().receive([heard(notice)])
    assert Inbox().receive([heard(notice), heard(notice, key="reply-2", is_question=False)]) == first | {
        "reply-2": Feedback.objects.get().reference
    }
    assert Question.objects.count() == 1


def test_a_thousand_come_in_with_few_queries(notice, django_assert_max_num_queries):
    many = [heard(notice, f"Reply {number}", key=f"reply-{number}") for number in range(1000)]
    with django_assert_max_num_queries(50):
        found = Inbox().receive(many)
    assert len(set(found.values())) == Question.objects.count() == 1000


def test_long_words_end_where_a_form_would_refuse_and_say_so(notice):
    question = received(notice, "x" * 100_000)
    assert question.text == "x" * FEEDBACK_MAX + " [… it goes on at Bluesky]"


def test_no_words_at_all_say_what_is_there(notice):
    assert received(notice, " \n").text == "[no words: a picture or a film]"


def test_moderator_turns_feedback_into_a_question_and_back(cast, notice):
    feedback = received(notice, "Tell me when it is back.", is_question=False)
    question = turning.turn(feedback, by=cast.moderator, seen_version=1)
    assert (question.sort, question.text, question.source_key) == ("question", feedback.text, "reply-1")
    assert question.received_at == feedback.received_at
    again = turning.turn(question, by=cast.moderator, seen_version=1)
    assert (again.sort, Question.objects.count(), Feedback.objects.count()) == ("feedback", 0, 1)
    assert Event.objects.get(action="question.turned").detail["was"] == feedback.reference


def test_what_a_form_sent_or_somebody_decided_is_not_turned(cast, notice):
    decided = shown(received(notice), cast.moderator)
    for voice in (told(notice), decided):
        with pytest.raises(moderation.Refused):
            turning.turn(voice, by=cast.moderator, seen_version=voice.version)


def test_turning_needs_a_moderator(cast, notice, as_):
    question = received(notice)
    as_(cast.author).post(reverse("inbox:turn", args=[question.reference]), {"version": 1})
    assert Question.objects.get() == question


def test_turn_button_leads_to_the_new_page(cast, notice, as_):
    question = received(notice)
    answer = as_(cast.moderator).post(reverse("inbox:turn", args=[question.reference]), {"version": 1})
    assert answer.url == f"/staff/inbox/{Feedback.objects.get().reference}/"


def test_residents_read_where_it_was_asked_and_never_by_whom(cast, notice, client):
    shown(received(notice), cast.moderator)
    shown(received(notice, "Thanks", key="reply-2", is_question=False), cast.moderator)
    question = Question.objects.get()
    addresses = (
        notice.get_absolute_url(),
        question.get_absolute_url(),
        f"/notices/{notice.reference}/questions/",
    )
    for address in addresses:
        page = client.get(address, follow=True).content.decode()
        assert "Asked on Bluesky" in page
        assert "kim" not in page.lower()


def test_inbox_names_the_source_and_can_be_narrowed_to_it(cast, notice, as_):
    here, there = asked(notice), received(notice)
    client = as_(cast.moderator)
    pages = [
        client.get(f"/staff/inbox/?source={source}").content.decode() for source in ("", "portal", "Bluesky")
    ]
    assert [(here.reference in page, there.reference in page) for page in pages] == [
        (True, True),
        (True, False),
        (False, True),
    ]


def test_source_of_another_team_is_not_offered(cast, notice, as_):
    received(notice)
    moderator = factories.member(factories.team("Roads"), "moderator")
    assert "Bluesky" not in as_(moderator).get("/staff/inbox/").content.decode()


def test_hostile_words_are_shown_as_words(cast, notice, as_):
    question = received(notice, "<script>alert(1)</script> \u202eabc", name="<b>Kim</b>")
    page = as_(cast.moderator).get(reverse("inbox:item", args=[question.reference])).content.decode()
    assert "<script>alert(1)" not in page
    assert "<bdi>&lt;b&gt;Kim&lt;/b&gt;</bdi>" in page


def test_names_on_platforms_are_masked():
    words = "@council.example ask @kim@town.example or Kim.Bsky.Example, not jo@mail.example"
    assert masking.mask(words, "kim.bsky.example") == (
        "[a name on a platform] ask [a name on a platform] or [a name on a platform], not [an e-mail address]"
    )


def test_an_at_sign_alone_is_no_name():
    assert masking.mask("Meet @ 5pm, see example.org/@x") == "Meet @ 5pm, see example.org/@x"


def test_councillor_reads_counts_by_source_and_no_handle(cast, notice, as_):
    asked(notice)
    words = "I am kim.bsky.example and @friend agrees. When?"
    question = received(notice, words)
    moderation.publish(question, by=cast.moderator, seen_version=1, public_text=words)
    client = as_(cast.councillor)
    lines = numbers.by_source(numbers.written(Scope(), period(Scope(), today())))
    page = client.get("/staff/summary/").content.decode()
    assert sorted((line.label, line.total) for line in lines) == [("Bluesky", 1), ("The portal", 1)]
    assert "Where it was said" in page
    assert ("kim.bsky" in page, "@friend" in page) == (False, False)


def test_download_names_the_source_and_no_handle(cast, notice, as_):
    shown(received(notice, "I am kim.bsky.example"), cast.moderator)
    answer = as_(cast.councillor).get("/staff/summary/words.csv")
    table = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))
    row = dict(zip(table[0], table[1], strict=True))
    assert (row["Written on"], row["Words"]) == ("Bluesky", "I am [a name on a platform]")


def test_name_handle_and_link_go_when_their_time_is_over(notice):
    feedback = received(notice, is_question=False)
    keeping.forget(timezone.now() + timedelta(days=190))
    feedback.refresh_from_db()
    assert (feedback.name, feedback.handle, feedback.source_url, feedback.source) == ("", "", "", "Bluesky")

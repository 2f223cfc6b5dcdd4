"""The inbox's pages: who opens them, what they list, what a refused decision looks like."""

from datetime import timedelta

import pytest
from django.urls import reverse

from audit.models import Event
from feedback import listing, moderation
from feedback.models import Letter, Question, Voice
from tests import factories
from tests.feedback.conftest import asked, shown, told

pytestmark = pytest.mark.django_db


def act(client, voice, action, **fields):
    return client.post(
        reverse(f"inbox:{action}", args=[voice.reference]), {"version": voice.version, **fields}
    )


def test_strangers_are_asked_to_sign_in(client):
    response = client.get("/staff/inbox/")
    assert response.status_code == 302
    assert response.url.startswith("/accounts/login/")


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("moderator", 200),
        ("author", 200),
        ("approver", 200),
        ("lead", 200),
        ("councillor", 403),
        ("administrator", 403),
    ],
)
def test_who_opens_the_inbox(cast, as_, who, status):
    assert as_(getattr(cast, who)).get("/staff/inbox/").status_code == status


def test_queue_lists_the_teams_own_oldest_first(cast, notice, as_):
    first, second = asked(notice, "First?"), told(notice, "Second.")
    other = factories.team("Roads")
    moderator = factories.member(other, "moderator")
    html = as_(cast.moderator).get("/staff/inbox/").content.decode()
    assert html.index(first.reference) < html.index(second.reference)
    assert first.reference not in as_(moderator).get("/staff/inbox/").content.decode()


def test_item_of_another_team_is_not_found(cast, notice, as_):
    question = asked(notice)
    assert as_(cast.outsider).get(f"/staff/inbox/{question.reference}/").status_code == 404


def test_decided_feedback_leaves_the_queue_and_unanswered_question_stays(cast, notice, as_):
    question, feedback = shown(asked(notice), cast.moderator), shown(told(notice), cast.moderator)
    html = as_(cast.moderator).get("/staff/inbox/").content.decode()
    assert question.reference in html
    assert feedback.reference not in html


@pytest.mark.parametrize(
    "query",
    [
        "state=waiting",
        "state=overdue",
        "state=nonsense",
        "sort=question",
        "ward=999999",
        "team=%00",
        "page=%00",
    ],
)
def test_any_filter_is_answered(cast, notice, as_, query):
    asked(notice)
    assert as_(cast.moderator).get(f"/staff/inbox/?{query}").status_code == 200


def test_queue_costs_the_same_for_one_and_thirty(cast, notice, as_, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = as_(cast.moderator)
    asked(notice), told(notice)
    client.get("/staff/inbox/")
    with CaptureQueriesContext(connection) as one:
        client.get("/staff/inbox/")
    for number in range(15):
        asked(notice, f"Question {number}?"), told(notice, f"Words {number}.")
    with django_assert_num_queries(len(one)):
        client.get("/staff/inbox/")


def test_publish_button_shows_the_words_and_returns_to_the_queue(cast, notice, as_):
    question = asked(notice)
    response = act(as_(cast.moderator), question, "publish", public_text=question.text, back="queue")
    question.refresh_from_db()
    assert (question.status, response.url) == ("published", "/staff/inbox/")


def test_item_suggests_the_words_with_personal_data_taken_out(cast, notice, as_):
    question = asked(notice, "Ring 07700 900123?")
    html = as_(cast.moderator).get(f"/staff/inbox/{question.reference}/").content.decode()
    assert "Ring [a telephone number]?</textarea>" in html
    assert '<mark class="cp-mark" title="a telephone number">07700 900123</mark>' in html


def test_second_moderator_sees_who_was_first_and_keeps_the_page(cast, notice, as_):
    question = asked(notice)
    shown(question, cast.moderator)
    response = act(as_(cast.moderator), question, "hide", reason="spam")
    assert response.status_code == 409
    assert "Molly Reed published this at" in response.content.decode()
    assert Question.objects.get().status == "published"


def test_refused_answer_keeps_what_was_typed(cast, notice, as_):
    question = shown(asked(notice), cast.moderator)
    stale = question.version
    Question.objects.update(version=stale + 1)
    response = as_(cast.author).post(
        f"/staff/inbox/{question.reference}/answer/", {"version": stale, "text": "My long answer."}
    )
    assert response.status_code == 409
    assert "My long answer." in response.content.decode()


def test_hiding_without_a_reason_is_refused(cast, notice, as_):
    response = act(as_(cast.moderator), asked(notice), "hide")
    assert response.status_code == 400
    assert "Choose why it is hidden." in response.content.decode()


def test_answer_from_the_page_appears_and_writes_the_mail(cast, notice, as_, client):
    question = shown(asked(notice, email="jan@mail.example", wants_reply=True), cast.moderator)
    act(as_(cast.author), question, "answer", text="Yes, numbers 1 to 40.")
    assert Letter.objects.get().payload["to"] == "jan@mail.example"
    assert "Yes, numbers 1 to 40." in client.get(question.get_absolute_url()).content.decode()


def test_failed_mail_can_be_sent_again_from_the_page(cast, notice, as_):
    question = shown(asked(notice, email="jan@mail.example", wants_reply=True), cast.moderator)
    client = as_(cast.author)
    act(client, question, "answer", text="Yes.")
    Letter.objects.update(status="failed", last_error="The mail server refused it (550).")
    assert "Send it again" in client.get(f"/staff/inbox/{question.reference}/").content.decode()
    client.post(f"/staff/inbox/{question.reference}/mail-again/")
    assert Letter.objects.get().status == "retry"
    assert Event.objects.get(action="answer.mailed_again").actor_id == cast.author.pk


@pytest.mark.parametrize("action", ["publish", "hide", "undo", "answer", "mail_again"])
def test_decisions_are_never_made_by_a_link(cast, notice, as_, action):
    question = asked(notice)
    response = as_(cast.moderator).get(reverse(f"inbox:{action}", args=[question.reference]))
    assert response.status_code == 405


def test_residents_text_is_escaped_for_staff_too(cast, notice, as_):
    question = asked(notice, "<script>alert(1)</script>")
    client = as_(cast.moderator)
    for path in ("/staff/inbox/", f"/staff/inbox/{question.reference}/", "/staff/"):
        assert "<script>alert" not in client.get(path).content.decode()


def test_navigation_counts_what_the_person_can_do(cast, notice, as_):
    from feedback.blocks import count_to_do

    asked(notice), told(notice), shown(asked(notice, "Two?"), cast.moderator)
    people = (cast.moderator, cast.author, cast.lead, cast.councillor, cast.outsider)
    assert [count_to_do(person) for person in people] == [3, 1, 0, 0, 0]


def test_decided_item_leads_to_the_oldest_left_and_back_to_the_filtered_list(cast, notice, as_):
    first, second, third = told(notice, "One."), asked(notice, "Two?"), told(notice, "Three.")
    client = as_(cast.moderator)
    path = reverse("inbox:publish", args=[second.reference])
    fields = {"version": second.version, "public_text": second.text}
    response = client.post(f"{path}?state=waiting&sort=question&evil=1", fields)
    assert response.url == f"/staff/inbox/{second.reference}/?state=waiting&sort=question"
    html = client.get(response.url).content.decode()
    assert f'href="/staff/inbox/{first.reference}/?state=waiting&amp;sort=question"' in html
    assert third.reference not in html
    assert html.count('href="/staff/inbox/?state=waiting&amp;sort=question"') == 2


def test_last_decided_item_leads_back_only(cast, notice, as_):
    feedback = shown(told(notice), cast.moderator)
    html = as_(cast.moderator).get(f"/staff/inbox/{feedback.reference}/").content.decode()
    assert "Next in the inbox" not in html
    assert "Back to the list" in html


def test_next_goes_through_everything_in_the_order_of_the_inbox_and_begins_anew(cast, notice):
    urgent, doubted, thanks = asked(notice), asked(notice, "Cheap pills"), told(notice)
    later, twin = asked(notice, "And then?"), asked(notice, "And after?")
    Voice.objects.filter(pk=doubted.pk).update(suspicion="advertising")
    Voice.objects.filter(pk__in=[later.pk, twin.pk]).update(due_on=urgent.due_on + timedelta(days=1))
    seen, here = [], Voice.objects.get(pk=urgent.pk)
    for _step in range(5):
        here = Voice.objects.get(reference=listing.next_to_do(cast.moderator, here))
        seen.append(here)
    assert seen == [later, twin, thanks, doubted, urgent]


def test_next_is_what_the_person_can_do(cast, notice, as_):
    asked(notice, "Waits for a moderator?")
    open_question = shown(asked(notice, "Waits for an answer?"), cast.moderator)
    done = shown(told(notice), cast.moderator)
    html = as_(cast.author).get(f"/staff/inbox/{done.reference}/").content.decode()
    assert f'href="/staff/inbox/{open_question.reference}/"' in html


@pytest.mark.parametrize("who", ["author", "lead"])
def test_waiting_item_says_who_decides(cast, notice, as_, who):
    question = asked(notice)
    html = as_(getattr(cast, who)).get(f"/staff/inbox/{question.reference}/").content.decode()
    assert "Only a moderator of Water and Drainage decides whether this is shown: Molly Reed." in html


def test_shortened_words_are_headed_as_what_they_are(cast, notice, as_):
    question = asked(notice, "Ring 07700 900123?")
    moderation.publish(question, by=cast.moderator, seen_version=1, public_text="Ring?")
    html = as_(cast.moderator).get(f"/staff/inbox/{question.reference}/").content.decode()
    assert "What residents read, and what is taken out" in html


@pytest.mark.parametrize(
    ("query", "is_open"), [("", False), ("?state=overdue&q=road", False), ("?sort=question", True)]
)
def test_further_filters_are_folded_until_one_is_used(cast, as_, query, is_open):
    html = as_(cast.moderator).get(f"/staff/inbox/{query}").content.decode()
    assert ('cp-finder__more" open>' in html) == is_open

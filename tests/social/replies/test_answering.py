"""Answering where it was asked: what is posted, when it is held, what a person may decide."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from audit.models import Event
from feedback.models import Answer, Question
from outbox.enums import HoldReason, Status
from outbox.errors import OutcomeUnknown, Rejected
from social import locks
from social.models import Account, AnswerPost, SandboxPost
from social.publishers.registry import PUBLISHERS
from social.publishers.sandbox import Sandbox
from social.replies import sending
from tests import factories
from tests.social.replies.conftest import collect, question_about

pytestmark = pytest.mark.django_db


@pytest.fixture
def question(cast, posted):
    return question_about(posted, cast)


def answer(client, question, text="At six this evening.", **fields):
    question.refresh_from_db()
    posted = {"version": question.version, "text": text, "is_posted": "on", "post": "", **fields}
    return client.post(reverse("inbox:answer", args=[question.reference]), posted)


def sent():
    row = AnswerPost.objects.latest("pk")
    sending.send_one(row.pk)
    row.refresh_from_db()
    return row


def test_answer_is_posted_under_the_question_on_its_platform(cast, question, posted, as_):
    answer(as_(cast.author), question)
    row = sent()
    there = SandboxPost.objects.get(remote_id=row.remote_id)
    asked = SandboxPost.objects.get(handle="kim")
    assert (there.text, there.parent_id, there.root_id) == (
        "At six this evening.",
        asked.remote_id,
        posted.remote_id,
    )
    assert (row.status, row.account, row.answered_by) == (Status.SENT, posted.account, cast.author)
    assert Event.objects.filter(action="reply.answered", target_id=str(row.reply_id)).count() == 1


def test_answer_that_is_too_long_there_leads_to_its_page(cast, question, as_):
    answer(as_(cast.author), question, "word " * 200)
    post = AnswerPost.objects.get().payload["text"]
    assert post.endswith(question.get_absolute_url())
    assert len(post) < 150


def test_own_words_for_the_platform_are_posted(cast, question, as_):
    answer(as_(cast.author), question, "word " * 200, post="At six.")
    assert AnswerPost.objects.get().payload["text"] == "At six."


def test_own_words_that_are_too_long_are_refused_and_kept(cast, question, as_):
    response = answer(as_(cast.author), question, post="long " * 100)
    page = response.content.decode()
    assert (response.status_code, Answer.objects.count()) == (400, 0)
    assert "499 of 400 characters." in page
    assert "long long long" in page


def test_links_in_the_post_can_be_followed(cast, question, as_):
    answer(as_(cast.author), question, "See https://town.example/ä.")
    [facet] = AnswerPost.objects.get().payload["facets"]
    assert (facet["start"], facet["end"], facet["uri"]) == (4, 27, "https://town.example/ä")


def test_nothing_is_posted_unless_asked_for(cast, question, as_):
    answer(as_(cast.author), question, is_posted="")
    assert (Answer.objects.count(), AnswerPost.objects.count()) == (1, 0)


def test_question_of_the_portal_offers_no_post(cast, posted, as_):
    from tests.feedback.conftest import asked, shown

    plain = shown(asked(posted.edition.notice), cast.moderator)
    page = as_(cast.author).get(reverse("inbox:item", args=[plain.reference])).content.decode()
    assert "What the post says" not in page
    answer(as_(cast.author), plain)
    assert AnswerPost.objects.count() == 0


def test_corrected_answer_is_another_one_there(cast, question, as_):
    client = as_(cast.author)
    answer(client, question)
    sent()
    answer(client, question, "At seven.", change_note="The time.")
    row = sent()
    assert (row.number, SandboxPost.objects.get(remote_id=row.remote_id).text) == (2, "Correction: At seven.")


def test_correction_without_a_post_keeps_the_numbers_in_step(cast, question, as_):
    client = as_(cast.author)
    answer(client, question, is_posted="")
    answer(client, question, "At seven.", change_note="The time.")
    assert AnswerPost.objects.get().number == 2


def test_two_presses_answer_once(cast, question, as_):
    client = as_(cast.author)
    answer(client, question)
    answer(client, question)
    assert AnswerPost.objects.count() == 1


def test_locked_account_holds_the_post_and_the_portal_answers(cast, question, posted, as_, client):
    locks.lock(posted.account, by=cast.lead, reason="Rogue post.")
    answer(as_(cast.author), question)
    row = AnswerPost.objects.get()
    assert (row.status, row.hold_reason, sending.send_one(row.pk)) == (Status.HELD, HoldReason.ACCOUNT, None)
    assert "At six this evening." in client.get(question.get_absolute_url()).content.decode()


def test_lock_after_the_answer_stops_it_at_the_claim(cast, question, posted, as_):
    answer(as_(cast.author), question)
    locks.lock(posted.account, by=cast.lead, reason="Rogue post.")
    assert sending.send_one(AnswerPost.objects.get().pk) is None
    assert sending.collect_due().send == []


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"disconnected_at": timezone.now()}, "not connected any more"),
        ({}, "does not use this account"),
    ],
)
def test_account_that_is_gone_or_not_the_teams_is_told_in_the_form(
    cast, question, posted, as_, change, sentence
):
    if change:
        Account.objects.update(**change)
    else:
        posted.account.teams.set([factories.team("Elsewhere")])
    response = answer(as_(cast.author), question)
    assert (response.status_code, Answer.objects.count()) == (400, 0)
    assert sentence in response.content.decode()


class Trouble(Sandbox):
    """A publisher whose posts end in `error`, and which forgets its keys."""

    def __init__(self, error):
        self.error = error

    def publish(self, post, credentials, *, key, thread=None):
        raise self.error

    def repeat_is_safe(self, age):
        return False


def test_lost_answer_is_looked_for_and_never_posted_twice(cast, question, as_, monkeypatch):
    class Lossy(Sandbox):
        def publish(self, post, credentials, *, key, thread=None):
            super().publish(post, credentials, key=key, thread=thread)
            raise OutcomeUnknown("The answer got lost.")

    monkeypatch.setitem(PUBLISHERS, "sandbox", Lossy())
    answer(as_(cast.author), question)
    row = sent()
    assert row.status == Status.UNKNOWN
    AnswerPost.objects.update(next_attempt_at=timezone.now())
    sending.settle_one(row.pk)
    row.refresh_from_db()
    assert (row.status, SandboxPost.objects.filter(handle="riverbank").count()) == (Status.SENT, 2)


def test_refused_answer_is_shown_with_what_to_do_and_sent_again(cast, question, as_, monkeypatch):
    monkeypatch.setitem(PUBLISHERS, "sandbox", Trouble(Rejected("The post it answers is gone.")))
    client = as_(cast.author)
    answer(client, question)
    row = sent()
    item = reverse("inbox:item", args=[question.reference])
    page = client.get(item).content.decode()
    assert (row.status, "The post it answers is gone." in page) == (Status.FAILED, True)
    assert reverse("social:answer_retry", args=[row.pk]) in page
    monkeypatch.setitem(PUBLISHERS, "sandbox", Sandbox())
    assert client.post(reverse("social:answer_retry", args=[row.pk])).url == item
    assert sent().status == Status.SENT
    assert "See it there" in client.get(item).content.decode()


def test_unclear_answer_is_settled_by_a_person(cast, question, as_):
    client = as_(cast.moderator)
    answer(client, question)
    AnswerPost.objects.update(status="held", hold_reason="unclear", last_error="Please look.")
    row = AnswerPost.objects.get()
    url = reverse("social:answer_it_is_there", args=[row.pk])
    client.post(url, {"link": "https://elsewhere.example/x"})
    row.refresh_from_db()
    assert row.status == Status.HELD
    there = SandboxPost.objects.create(handle="riverbank", remote_id="there", key="k", text="Tonight.")
    client.post(url, {"link": f"https://riverbank.example/sandbox/riverbank/{there.remote_id}/"})
    row.refresh_from_db()
    assert (row.status, row.remote_id) == (Status.SENT, there.remote_id)


@pytest.mark.parametrize(
    ("name", "status"), [("answer_not_there", Status.RETRY), ("answer_give_up", Status.CANCELLED)]
)
def test_held_answer_goes_again_or_never(cast, question, as_, name, status):
    client = as_(cast.lead)
    answer(as_(cast.author), question)
    reason = "unclear" if name == "answer_not_there" else "late"
    AnswerPost.objects.update(status="held", hold_reason=reason, last_error="Please look.")
    as_(cast.lead)
    client.post(reverse(f"social:{name}", args=[AnswerPost.objects.get().pk]))
    assert AnswerPost.objects.get().status == status


@pytest.mark.parametrize("who", ["councillor", "administrator", "outsider"])
def test_strangers_decide_nothing(cast, question, as_, who):
    answer(as_(cast.author), question)
    AnswerPost.objects.update(status="held", hold_reason="late", last_error="Late.")
    client = as_(getattr(cast, who))
    assert client.post(reverse("social:answer_retry", args=[AnswerPost.objects.get().pk])).status_code == 403


def test_retry_on_a_locked_account_is_refused(cast, question, posted, as_):
    answer(as_(cast.author), question)
    AnswerPost.objects.update(status="held", hold_reason="late", last_error="Late.")
    locks.lock(posted.account, by=cast.lead, reason="Rogue post.")
    client = as_(cast.author)
    page = client.post(reverse("social:answer_retry", args=[AnswerPost.objects.get().pk]), follow=True)
    assert "Nothing can be sent to this account" in page.content.decode()
    assert AnswerPost.objects.get().status == Status.HELD


def test_late_answer_waits_for_a_person(cast, question, as_):
    answer(as_(cast.author), question)
    AnswerPost.objects.update(next_attempt_at=timezone.now() - timedelta(minutes=11))
    sending.collect_due()
    assert AnswerPost.objects.get().hold_reason == HoldReason.LATE


def test_our_answer_does_not_come_back_as_a_reply(cast, question, posted, as_):
    answer(as_(cast.author), question)
    sent()
    assert collect(posted.account) == 0
    assert Question.objects.count() == 1


def test_claim_is_one_update_that_looks_at_the_account(cast, question, as_):
    answer(as_(cast.author), question)
    with CaptureQueriesContext(connection) as asked:
        sending.engine.claim(sending.claimable(), AnswerPost.objects.get().pk)
    update = next(query["sql"] for query in asked if query["sql"].startswith("UPDATE"))
    assert ("EXISTS" in update, "locked_at" in update, " IN (SELECT" in update) == (True, True, False)


def test_account_that_rests_sends_nothing_yet(cast, question, posted, as_):
    answer(as_(cast.author), question)
    Account.objects.update(rests_until_at=timezone.now() + timedelta(minutes=2))
    assert sending.send_one(AnswerPost.objects.get().pk) is None
    Account.objects.update(rests_until_at=timezone.now() - timedelta(seconds=1))
    assert sent().status == Status.SENT


def test_answer_that_would_cost_too_much_is_refused_in_the_form(cast, question, as_, monkeypatch):
    class Dear(Sandbox):
        def price(self, post):
            return Decimal("0.2")

    monkeypatch.setitem(PUBLISHERS, "sandbox", Dear())
    Account.objects.update(monthly_cap=Decimal("0.3"))
    client = as_(cast.author)
    answer(client, question)
    refused = answer(client, question, "At seven.", change_note="The time.")
    assert (AnswerPost.objects.get().price, refused.status_code) == (Decimal("0.2"), 400)
    assert "is left of this month" in refused.content.decode()

"""A question on every platform that can be answered there: heard, moderated, answered under it."""

import pytest
from django.utils import timezone

from feedback import answering as giving
from feedback import moderation
from feedback.models import Question
from outbox.enums import Status
from social.credentials import seal
from social.delivery import deliver_one
from social.models import AnswerPost, Reply
from social.replies import sending
from tests import factories
from tests.outbox.rows import account as make_account
from tests.social.replies.conftest import collect
from updates.conversation import speaker

pytestmark = pytest.mark.django_db


def test_question_comes_home_and_its_answer_goes_back(cast, answering):
    ours = answering.credentials
    account = make_account(
        answering.publisher.channel,
        base_url=ours.base_url,
        handle=ours.handle,
        remote_account_id=ours.remote_account_id,
        sealed_secrets=seal(ours.secrets),
        connected_at=timezone.now(),
    )
    account.teams.add(cast.team)
    row = factories.published(cast).deliveries.get(account=account)
    deliver_one(row.pk)
    row.refresh_from_db()
    assert row.status == Status.SENT

    asked_as = answering.says_as_other("When is the water back?", row.remote_id)
    assert collect(account) == 1
    reply, question = Reply.objects.get(), Question.objects.get()
    assert (reply.remote_id, reply.notice, question.text) == (
        asked_as,
        row.edition.notice,
        "When is the water back?",
    )

    moderation.publish(question, by=cast.moderator, seen_version=1, public_text=question.text)
    words = speaker().usual_words(question.source_key, "At six.", url="", is_correction=False)
    giving.answer_publicly(question, by=cast.author, seen_version=2, text="At six.", post=words)
    answer = AnswerPost.objects.get()
    sending.send_one(answer.pk)
    answer.refresh_from_db()
    assert (answer.status, answer.last_error) == (Status.SENT, "")
    assert [text for text in answering.shown() if text.endswith("At six.")] == [answer.payload["text"]]

    assert collect(account) == 0
    again = answering.says_as_other("Thank you.", answer.remote_id)
    assert collect(account) == 1
    assert Reply.objects.get(remote_id=again).notice == row.edition.notice

"""The moderators' decisions: from where, by whom, only once, with the original kept and a trace left."""

import threading

import pytest
from django.db import IntegrityError, connection, transaction

from audit.models import Event
from feedback import moderation
from feedback.enums import HiddenReason, Status
from feedback.models import Feedback, Question
from feedback.moderation import Refused
from tests.feedback.conftest import asked, shown, told

pytestmark = pytest.mark.django_db


def test_publishing_shows_the_words_and_keeps_the_original(cast, notice):
    question = moderation.publish(
        asked(notice, "Ring 07700 900123?"), by=cast.moderator, seen_version=1, public_text="Ring [a number]?"
    )
    assert (question.status, question.public_text, question.text) == (
        "published",
        "Ring [a number]?",
        "Ring 07700 900123?",
    )
    assert (question.moderated_by, question.version) == (cast.moderator, 2)


def test_every_decision_leaves_an_event(cast, notice):
    row = shown(told(notice), cast.moderator)
    row = moderation.hide(row, by=cast.moderator, seen_version=2, reason="abusive")
    moderation.undo(row, by=cast.moderator, seen_version=3)
    events = Event.objects.filter(target_id=str(row.pk), action__startswith="feedback.").order_by("sequence")
    assert [(event.action, event.actor_id, event.target_label) for event in events] == [
        ("feedback.published", cast.moderator.pk, row.reference),
        ("feedback.hidden", cast.moderator.pk, row.reference),
        ("feedback.reopened", cast.moderator.pk, row.reference),
    ]
    assert events[1].detail["reason"] == "abusive"


@pytest.mark.parametrize("who", ["author", "approver", "lead", "councillor", "administrator", "outsider"])
def test_only_moderators_of_the_team_decide(cast, notice, who):
    with pytest.raises(Refused, match="Only a moderator of Water and Drainage"):
        shown(asked(notice), getattr(cast, who))
    assert Question.objects.get().status == Status.WAITING


@pytest.mark.parametrize("reason", ["", "because", "PERSONAL_DATA"])
def test_hiding_needs_one_of_the_fixed_reasons(cast, notice, reason):
    with pytest.raises(Refused, match="Choose why it is hidden"):
        moderation.hide(asked(notice), by=cast.moderator, seen_version=1, reason=reason)


def test_second_moderator_is_told_who_was_first(cast, notice):
    question = asked(notice)
    shown(question, cast.moderator)
    with pytest.raises(Refused, match="Molly Reed published this at"):
        moderation.hide(question, by=cast.moderator, seen_version=1, reason=HiddenReason.SPAM)
    assert Question.objects.get().status == Status.PUBLISHED


def test_undo_gives_a_hidden_one_back_to_the_queue(cast, notice):
    row = moderation.hide(told(notice), by=cast.moderator, seen_version=1, reason="off_topic")
    row = moderation.undo(row, by=cast.moderator, seen_version=2)
    assert (row.status, row.hidden_reason, row.public_text) == ("waiting", "", "")


def test_nothing_left_to_show_is_refused(cast, notice):
    with pytest.raises(Refused, match="no words left"):
        moderation.publish(asked(notice), by=cast.moderator, seen_version=1, public_text="  ")


def test_database_refuses_hidden_words_without_a_reason(notice):
    told(notice)
    with pytest.raises(IntegrityError), transaction.atomic():
        Feedback.objects.update(status=Status.HIDDEN)


@pytest.mark.postgres
@pytest.mark.usefixtures("postgres_url")
@pytest.mark.django_db(transaction=True)
def test_two_moderators_at_once_make_one_decision(cast, notice):
    question, barrier, came = asked(notice), threading.Barrier(2), []

    def decide(act) -> None:
        try:
            barrier.wait(10)
            act()
            came.append("done")
        except Refused:
            came.append("told")
        finally:
            connection.close()

    acts = [
        lambda: shown(question, cast.moderator),
        lambda: moderation.hide(question, by=cast.moderator, seen_version=1, reason="spam"),
    ]
    threads = [threading.Thread(target=decide, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert sorted(came) == ["done", "told"]
    assert Question.objects.get().version == 2
    assert Event.objects.filter(action__in=["question.published", "question.hidden"]).count() == 1


@pytest.mark.postgres
@pytest.mark.usefixtures("postgres_url")
@pytest.mark.django_db(transaction=True)
def test_pressing_send_twice_at_once_leaves_one_row(notice):
    import uuid

    from feedback import receiving

    key, barrier, got = uuid.uuid4(), threading.Barrier(4), []

    def send() -> None:
        try:
            barrier.wait(10)
            got.append(receiving.receive_question(notice, receiving.Words("Twice?"), key=key).reference)
        finally:
            connection.close()

    threads = [threading.Thread(target=send) for _number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert len(got) == 4
    assert len(set(got)) == Question.objects.count() == 1

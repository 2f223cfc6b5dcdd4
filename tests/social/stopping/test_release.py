"""Letting a stopped account go: two people, nothing open, the platform asked, the queue back as held."""

from datetime import timedelta

import pytest
from django.utils import timezone

from audit.models import Event
from outbox.enums import HoldReason, Status
from social import locks
from social.delivery import deliver_one
from social.enums import IncidentKind, Outcome
from social.models import Account, AnswerPost, Incident, Reply, SandboxPost
from social.replies import sending
from social.stopping import proposals, release
from social.stopping.proposals import ProposalRefused
from tests.outbox.rows import POST, account, fresh, row

from .two_people import release_by

pytestmark = pytest.mark.django_db


@pytest.fixture
def stopped(cast):
    """A locked account."""
    made = account()
    locks.lock(made, by=cast.author, reason="A post we did not make.")
    return Account.objects.get(pk=made.pk)


def incident(of, kind=IncidentKind.UNKNOWN_POST, **more):
    return Incident.objects.create(account=of, kind=kind, summary="Something.", **more)


def test_two_people_let_it_go_and_the_trail_names_both(cast, stopped):
    release_by(stopped, asked_by=cast.lead, agreed_by=cast.administrator)

    stopped.refresh_from_db()
    assert (stopped.locked_at, stopped.stop_level, stopped.may_send) == (None, "", True)
    event = Event.objects.get(action="account.unlocked")
    assert (event.actor_id, event.detail["asked_by"]) == (cast.administrator.pk, str(cast.lead))


@pytest.mark.parametrize("status", [Status.QUEUED, Status.RETRY])
def test_what_waited_comes_back_held_and_does_not_leave(cast, stopped, status):
    waiting = row(status, account=stopped)

    release_by(stopped, asked_by=cast.lead, agreed_by=cast.administrator)

    assert deliver_one(waiting.pk) is None
    assert (fresh(waiting).status, fresh(waiting).hold_reason) == (Status.HELD, HoldReason.ACCOUNT)
    assert not SandboxPost.objects.exists()


def test_answers_to_residents_stop_and_come_back_held_too(cast, stopped):
    said = Reply.objects.create(
        account=stopped, remote_id="r-1", text="Why?", author_handle="kim", posted_at=timezone.now()
    )
    answer = AnswerPost.objects.create(
        account=stopped,
        reply=said,
        answered_by=cast.author,
        key="answer-1",
        payload=POST,
        next_attempt_at=timezone.now() - timedelta(seconds=1),
    )
    assert sending.send_one(answer.pk) is None

    release_by(stopped, asked_by=cast.lead, agreed_by=cast.administrator)

    answer.refresh_from_db()
    assert (sending.send_one(answer.pk), answer.status) == (None, Status.HELD)
    assert not SandboxPost.objects.exists()


def test_what_is_made_afterwards_goes_out(cast, stopped):
    release_by(stopped, asked_by=cast.lead, agreed_by=cast.administrator)

    assert deliver_one(row(account=stopped).pk)
    assert SandboxPost.objects.count() == 1


GRAVE = set(IncidentKind) - {IncidentKind.SILENCE, IncidentKind.REMOVED_POST}


@pytest.mark.parametrize("kind", IncidentKind)
@pytest.mark.parametrize("has_stopped", [True, False])
def test_open_incidents_in_the_way(cast, stopped, kind, has_stopped):
    incident(stopped, kind, has_stopped=has_stopped)

    if kind in GRAVE or has_stopped:
        with pytest.raises(ProposalRefused, match="1 incident of this account is open"):
            release.ask_for_release(stopped, by=cast.lead, note="Fine.")
    else:
        assert release.ask_for_release(stopped, by=cast.lead, note="Fine.")


def test_a_closed_incident_is_not_in_the_way(cast, stopped):
    incident(stopped, closed_at=timezone.now(), closed_by=cast.lead, outcome=Outcome.HIJACK)

    release_by(stopped, asked_by=cast.lead, agreed_by=cast.administrator)

    assert Account.objects.get(pk=stopped.pk).may_send


def test_an_incident_opened_after_asking_stops_the_release(cast, stopped):
    asked = release.ask_for_release(stopped, by=cast.lead, note="Fine.")
    incident(stopped)

    with pytest.raises(ProposalRefused):
        proposals.agree(asked, by=cast.administrator)

    assert Account.objects.get(pk=stopped.pk).locked_at


def test_an_account_that_is_not_let_in_stays_stopped(cast, mastodon):
    from social.credentials import seal

    mine = account("mastodon", base_url=mastodon.base_url, sealed_secrets=seal({"token": "revoked"}))
    locks.lock(mine, by=cast.author, reason="Strange.")
    asked = release.ask_for_release(Account.objects.get(pk=mine.pk), by=cast.lead, note="Fine.")

    with pytest.raises(ProposalRefused, match="it is not well"):
        proposals.agree(asked, by=cast.administrator)

    assert Account.objects.get(pk=mine.pk).locked_at
    asked.refresh_from_db()
    assert asked.decided_at is None


def test_an_account_that_is_not_stopped_is_not_let_go(cast):
    with pytest.raises(ProposalRefused, match="not stopped"):
        release.ask_for_release(account(), by=cast.lead, note="Fine.")


@pytest.mark.parametrize(("keeps", "left"), [(False, ""), (True, "Do not trust it.")])
def test_the_warning_ends_with_it_or_is_kept(cast, stopped, keeps, left):
    Account.objects.filter(pk=stopped.pk).update(public_warning="Do not trust it.")
    asked = release.ask_for_release(stopped, by=cast.lead, note="Fine.", keeps_warning=keeps)

    proposals.agree(asked, by=cast.administrator)

    assert Account.objects.get(pk=stopped.pk).public_warning == left


def test_a_hold_becomes_a_lock_and_keeps_its_beginning(cast):
    mine = account()
    assert locks.hold(mine, by=cast.author, reason="Wait.")
    since = timezone.now() - timedelta(minutes=5)
    Account.objects.filter(pk=mine.pk).update(locked_at=since)

    assert locks.lock(mine, by=cast.lead, reason="It is grave.")

    mine.refresh_from_db()
    assert (mine.stop_level, mine.locked_at, mine.locked_by) == ("lock", since, cast.lead)
    assert not locks.hold(mine, by=cast.author, reason="Again.")

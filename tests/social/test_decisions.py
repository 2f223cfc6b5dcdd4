"""What people may decide about one delivery, what is recorded, and the sentences that refuse."""

import pytest
from django.utils import timezone

from audit.models import Event
from outbox.enums import HoldReason, Status
from social import decisions, delivery, locks
from social.decisions import DecisionRefused
from social.enums import Outcome
from social.models import Incident, SandboxPost
from tests.outbox.rows import fresh, row

pytestmark = pytest.mark.django_db


def last_event():
    return Event.objects.order_by("sequence").last()


def test_retry_sends_a_held_delivery(cast):
    made = row(Status.HELD)

    decisions.retry_one(made, by=cast.lead)
    delivery.deliver_one(made.pk)

    assert fresh(made).status == Status.SENT
    assert SandboxPost.objects.count() == 1
    assert (last_event().action, last_event().actor_id) == ("delivery.retried", cast.lead.pk)


def test_retry_to_a_locked_account_is_refused(cast):
    made = row(Status.HELD)
    locks.lock(made.account, by=cast.lead, reason="Drill.")
    made.account.refresh_from_db()

    with pytest.raises(DecisionRefused) as refused:
        decisions.retry_one(made, by=cast.lead)
    assert str(refused.value) == "Nothing can be sent to this account at the moment."


def test_retry_of_an_unclear_delivery_is_refused(cast):
    made = row(Status.HELD, hold_reason=HoldReason.UNCLEAR)

    with pytest.raises(DecisionRefused):
        decisions.retry_one(made, by=cast.lead)
    assert not Event.objects.filter(action="delivery.retried").exists()


def test_give_up_names_the_person(cast):
    made = row(Status.HELD)

    decisions.give_up(made, by=cast.lead, note="Too late.")

    assert fresh(made).status == Status.CANCELLED
    assert fresh(made).last_error == "Given up by Carla Lindqvist. Too late."
    assert last_event().action == "delivery.given_up"


def test_give_up_of_a_sent_delivery_says_what_it_is_now(cast):
    with pytest.raises(DecisionRefused) as refused:
        decisions.give_up(row(Status.SENT), by=cast.lead)
    assert str(refused.value) == "This is not possible any more: the post is now “Sent”."


def test_settle_as_sent_takes_the_link(cast):
    made = row(Status.HELD, hold_reason=HoldReason.UNCLEAR)
    SandboxPost.objects.create(handle=made.account.remote_account_id, remote_id="abc", key="k", text="T")

    decisions.settle_as_sent(made, "https://riverbank.example/sandbox/abc/", by=cast.lead)

    assert (fresh(made).status, fresh(made).remote_id) == (Status.SENT, "abc")
    assert last_event().action == "delivery.settled_as_sent"


def test_settle_as_sent_with_a_strange_link_is_refused(cast):
    made = row(Status.HELD, hold_reason=HoldReason.UNCLEAR)

    with pytest.raises(DecisionRefused):
        decisions.settle_as_sent(made, "https://elsewhere.example/abc", by=cast.lead)
    assert fresh(made).status == Status.HELD


@pytest.mark.parametrize("outcome", ["", Outcome.HIJACK])
def test_a_post_that_is_an_incident_does_not_become_ours_by_its_link(cast, settings, outcome):
    made = row(Status.HELD, hold_reason=HoldReason.UNCLEAR)
    SandboxPost.objects.create(handle=made.account.remote_account_id, remote_id="abc", key="k", text="Scam")
    closed = timezone.now() if outcome else None
    Incident.objects.create(
        account=made.account,
        kind="unknown_post",
        subject="abc",
        summary="S",
        closed_at=closed,
        outcome=outcome,
    )

    with pytest.raises(DecisionRefused, match="incident"):
        decisions.settle_as_sent(made, f"{settings.PORTAL_URL}/sandbox/abc/", by=cast.lead)

    assert fresh(made).status == Status.HELD


def test_one_post_is_not_the_copy_of_two_rows(cast, settings):
    first = row(Status.SENT, remote_id="abc")
    made = row(Status.HELD, hold_reason=HoldReason.UNCLEAR, account=first.account)
    SandboxPost.objects.create(handle=made.account.remote_account_id, remote_id="abc", key="k", text="T")

    with pytest.raises(DecisionRefused, match="another post"):
        decisions.settle_as_sent(made, f"{settings.PORTAL_URL}/sandbox/abc/", by=cast.lead)


def test_settle_as_not_sent_sends_it_again(cast):
    made = row(Status.HELD, hold_reason=HoldReason.UNCLEAR)

    decisions.settle_as_not_sent(made, by=cast.lead)

    assert fresh(made).status == Status.RETRY
    assert last_event().action == "delivery.settled_as_not_sent"


def test_removed_by_hand_closes_a_removal_that_keeps_failing(cast):
    made = row(Status.REMOVING, last_error="No.")

    decisions.removed_by_hand(made, by=cast.lead)

    assert (fresh(made).status, fresh(made).last_error) == (Status.REMOVED, "")
    assert last_event().action == "delivery.removed_by_hand"

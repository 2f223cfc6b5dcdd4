"""A second person confirms an account before anything is sent to it, and nobody does both halves."""

import pytest

from social import connecting
from social.enums import Channel, Step
from social.models import Account, Proposal
from social.publishers.base import Identity
from social.publishers.registry import publisher_for
from social.stopping import proposals
from social.stopping.proposals import ProposalRefused
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def second_lead(cast):
    """Another communications lead."""
    return factories.member(cast.team, "communications_lead", "Lena Second")


def connected(cast, by=None, base_url="", channel="sandbox"):
    publisher = publisher_for(channel)
    identity = Identity("riverbank", "riverbank", "Riverbank", {"token": "t"}, publisher.limits)
    return connecting.keep(channel, base_url, identity, teams=[cast.team], by=by or cast.lead)


def asked_about(account):
    return proposals.open_about(account)[Step.CONNECT]


def now(account):
    return Account.objects.get(pk=account.pk)


def test_nothing_may_be_sent_before_a_second_person_agrees(cast):
    made = connected(cast)

    assert not now(made).may_send
    proposals.agree(asked_about(made), by=cast.administrator)
    assert (now(made).may_send, now(made).confirmed_by) == (True, cast.administrator)


def test_a_notice_published_before_makes_no_delivery_that_could_be_claimed(cast):
    from outbox import engine
    from social.delivery import claimable
    from social.models import Delivery

    connected(cast)
    factories.published(cast)

    assert all(engine.claim(claimable(), row.pk) is None for row in Delivery.objects.all())


def test_whoever_connected_it_cannot_confirm_it(cast):
    made = connected(cast)

    with pytest.raises(ProposalRefused):
        proposals.agree(asked_about(made), by=cast.lead)
    assert now(made).confirmed_at is None


def test_connecting_it_again_does_not_make_somebody_the_second_person(cast, second_lead):
    made = connected(cast)
    first_wish = asked_about(made)
    connected(cast, by=second_lead)

    with pytest.raises(ProposalRefused):
        proposals.agree(first_wish, by=second_lead)
    with pytest.raises(ProposalRefused):
        proposals.agree(asked_about(made), by=second_lead)
    assert now(made).confirmed_at is None


def test_what_the_second_person_does_not_know_is_forgotten(cast):
    made = connected(cast)

    proposals.refuse(asked_about(made), by=cast.administrator, note="Never heard of it.")

    assert (now(made).disconnected_at is not None, bytes(now(made).sealed_secrets)) == (True, b"")


def test_renewed_access_on_the_same_server_stays_confirmed(cast, second_lead):
    made = connected(cast)
    proposals.agree(asked_about(made), by=cast.administrator)

    connected(cast, by=second_lead)

    assert now(made).may_send
    assert not Proposal.objects.filter(decided_at__isnull=True).exists()


def test_whoever_confirmed_it_may_renew_its_access(cast, second_lead):
    made = connected(cast)
    proposals.agree(asked_about(made), by=second_lead)

    connected(cast, by=second_lead)

    assert now(made).may_send
    assert {now(made).connected_by, now(made).confirmed_by} == {cast.lead, second_lead}


def test_another_server_for_the_same_identity_has_to_be_confirmed_anew(cast):
    made = connected(cast, channel=Channel.BLUESKY, base_url="https://one.example")
    proposals.agree(asked_about(made), by=cast.administrator)

    again = connected(cast, channel=Channel.BLUESKY, base_url="https://evil.example")

    assert again.pk == made.pk
    assert not now(made).may_send


def test_an_account_given_up_has_to_be_confirmed_anew(cast):
    made = connected(cast)
    proposals.agree(asked_about(made), by=cast.administrator)
    connecting.disconnect(now(made), by=cast.lead)

    connected(cast)

    assert not now(made).may_send


def test_a_stopped_account_stays_stopped_when_it_is_connected_again(cast):
    from social import locks

    made = connected(cast)
    proposals.agree(asked_about(made), by=cast.administrator)
    locks.lock(now(made), by=cast.lead, reason="Something is wrong.")

    connected(cast)

    assert now(made).stop_level == "lock"


def test_disconnecting_closes_what_was_asked(cast):
    made = connected(cast)

    connecting.disconnect(now(made), by=cast.lead)

    assert not Proposal.objects.filter(decided_at__isnull=True).exists()


def test_a_disconnected_account_cannot_be_confirmed(cast):
    made = connected(cast)
    wish = asked_about(made)
    Account.objects.filter(pk=made.pk).update(disconnected_at=made.connected_at)

    with pytest.raises(ProposalRefused):
        proposals.agree(wish, by=cast.administrator)
    assert now(made).confirmed_at is None

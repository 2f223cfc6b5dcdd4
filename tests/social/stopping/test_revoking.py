"""Giving our access back and taking down what is not ours: on the real servers, by two people."""

from datetime import timedelta

import pytest

from social.enums import IncidentKind, Step
from social.models import Account, Evidence, Incident, SandboxPost
from social.sandbox import network
from social.sessions import credentials_of
from social.stopping import proposals, revoking, rogue_posts
from social.stopping.proposals import ProposalRefused
from tests.outbox.rows import account
from tests.real.process import free_port
from tests.social.connected import connect

from .two_people import take

pytestmark = pytest.mark.django_db


def test_what_is_given_back_on_bluesky_is_watched_for_two_hours_more(cast, pds):
    did, _main_password = pds.make_account("given-back")
    password = pds.make_app_password(did, "portal")
    mine = connect("bluesky", base_url=pds.base_url, handle=did, secret=password, teams=[], by=cast.lead)
    assert revoking.watched_for(mine) is None

    done = take(Step.REVOKE, mine, asked_by=cast.lead, agreed_by=cast.administrator)

    assert done.result == "The platform took our access back, and the portal has forgotten it."
    assert revoking.watched_for(mine) - done.decided_at == timedelta(hours=2)
    mine.refresh_from_db()
    assert (bytes(mine.sealed_secrets), mine.disconnected_at, mine.stop_level) == (b"", None, "lock")


def test_a_platform_that_is_away_keeps_what_has_to_be_given_back(cast):
    secrets = {"token": "secret-token", "client_id": "ours", "client_secret": "secret-app"}
    nowhere = f"http://127.0.0.1:{free_port()}"
    mine = account("mastodon", base_url=nowhere, sealed_secrets=sealed(**secrets))

    done = take(Step.REVOKE, mine, asked_by=cast.lead, agreed_by=cast.administrator)

    mine.refresh_from_db()
    assert done.result.startswith("It was not given back: The server could not be reached")
    assert "secret" not in done.result
    assert (credentials_of(mine).secrets, mine.stop_level) == (secrets, "lock")
    assert proposals.ask(mine, Step.REVOKE, by=cast.lead, note="Again.")


def test_what_only_the_owner_can_end_is_forgotten_and_said(cast):
    mine = account("mastodon", sealed_secrets=sealed(token="made-by-hand"))

    done = take(Step.REVOKE, mine, asked_by=cast.lead, agreed_by=cast.administrator)

    mine.refresh_from_db()
    assert bytes(mine.sealed_secrets) == b""
    assert done.result == (
        "The portal has forgotten its access. This token was made by hand. "
        "Take it away in the account's settings, under Development."
    )


def test_nothing_is_given_back_twice(cast):
    mine = account()
    take(Step.REVOKE, mine, asked_by=cast.lead, agreed_by=cast.administrator)

    with pytest.raises(ProposalRefused, match="no access"):
        revoking.ask_to_revoke(Account.objects.get(pk=mine.pk), by=cast.lead, note="Again.")


def test_a_renewal_under_way_brings_nothing_back(cast):
    from social.sessions import renew

    mine = account(sealed_secrets=sealed(refresh="old"))

    def fetch_while_it_is_given_back(_secrets):
        take(Step.REVOKE, mine, asked_by=cast.lead, agreed_by=cast.administrator)
        return {"refresh": "new"}

    renew(mine.pk, {"refresh": "old"}, fetch_while_it_is_given_back)

    assert bytes(Account.objects.get(pk=mine.pk).sealed_secrets) == b""


@pytest.fixture
def rogue(cast):
    """An incident about a post on the practice network that nobody here made, its words kept."""
    mine = account(handle="hijacked", remote_account_id="hijacked")
    post = network.say("hijacked", "Free money!")
    found = Incident.objects.create(
        account=mine, kind=IncidentKind.UNKNOWN_POST, subject=post.remote_id, summary="Not ours."
    )
    Evidence.objects.create(incident=found, label="The post", text="Free money!", sha256="0" * 64)
    return found


def test_taking_down_is_off_unless_the_council_wants_it(cast, rogue):
    with pytest.raises(ProposalRefused, match="not set up"):
        rogue_posts.ask_to_remove(rogue, by=cast.lead, note="Away with it.")


def test_two_people_take_a_rogue_post_down_and_its_words_stay(cast, rogue, settings):
    settings.SOCIAL_MAY_REMOVE_ROGUE_POSTS = True
    asked = rogue_posts.ask_to_remove(rogue, by=cast.lead, note="Away with it.")
    assert SandboxPost.objects.on_show().count() == 1

    done = proposals.agree(asked, by=cast.administrator)

    assert not SandboxPost.objects.on_show().exists()
    assert rogue.evidence.get().text == "Free money!"
    assert done.result == "The platform took the post down. What it said is kept with the incident."


def test_switched_off_between_asking_and_agreeing_nothing_is_taken_down(cast, rogue, settings):
    settings.SOCIAL_MAY_REMOVE_ROGUE_POSTS = True
    asked = rogue_posts.ask_to_remove(rogue, by=cast.lead, note="Away with it.")
    settings.SOCIAL_MAY_REMOVE_ROGUE_POSTS = False

    with pytest.raises(ProposalRefused):
        proposals.agree(asked, by=cast.administrator)

    assert SandboxPost.objects.on_show().count() == 1


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        ({"kind": IncidentKind.PROFILE}, "not about a post"),
        ({"subject": ""}, "not about a post"),
    ],
)
def test_only_posts_that_are_not_ours_are_taken_down_here(cast, rogue, settings, spoil, says):
    settings.SOCIAL_MAY_REMOVE_ROGUE_POSTS = True
    Incident.objects.filter(pk=rogue.pk).update(**spoil)
    rogue.refresh_from_db()

    assert says in rogue_posts.why_not(rogue)


def test_without_evidence_nothing_is_taken_down(rogue, settings):
    settings.SOCIAL_MAY_REMOVE_ROGUE_POSTS = True
    rogue.evidence.all().delete()

    assert rogue_posts.why_not(rogue) == "Nothing is kept yet of what the post said."


def test_after_giving_back_the_portal_takes_nothing_down(cast, rogue, settings):
    settings.SOCIAL_MAY_REMOVE_ROGUE_POSTS = True
    take(Step.REVOKE, rogue.account, asked_by=cast.lead, agreed_by=cast.administrator)

    assert "no access" in rogue_posts.why_not(Incident.objects.get(pk=rogue.pk))


def sealed(**secrets):
    from social.credentials import seal

    return seal(secrets)

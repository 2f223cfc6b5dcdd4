"""Getting, examining and giving back access to Facebook Pages."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from outbox.errors import AccountBroken, NotSent, Rejected
from social.publishers.base import AppRegistration, SignsInByRedirect
from social.publishers.registry import PUBLISHERS
from tests.real.facebook import Refusal
from tests.real.facebook_tables import challenge_of

PUBLISHER = PUBLISHERS["facebook"]
BACK = "https://riverbank.example/staff/accounts/back/"
ENDS = int(datetime(2027, 1, 31, tzinfo=UTC).timestamp())


@pytest.fixture
def app(graph):
    return AppRegistration(graph.base_url, graph.app_id, graph.app_secret)


@pytest.fixture
def page(facebook, graph):
    return graph.pages[facebook.credentials.remote_account_id]


def test_the_person_is_sent_to_facebooks_own_site_with_the_least_scopes():
    app = AppRegistration("https://graph.facebook.com", "4711", "s")

    url = urlsplit(PUBLISHER.authorise_url(app, BACK, "the-state", "the-challenge"))

    assert isinstance(PUBLISHER, SignsInByRedirect)
    assert (url.scheme, url.netloc, url.path) == ("https", "www.facebook.com", "/v26.0/dialog/oauth")
    assert parse_qs(url.query) == {
        "client_id": ["4711"],
        "redirect_uri": [BACK],
        "state": ["the-state"],
        "response_type": ["code"],
        "scope": [
            "pages_show_list,pages_manage_posts,pages_read_engagement,"
            "pages_manage_engagement,pages_read_user_content"
        ],
        "code_challenge": ["the-challenge"],
        "code_challenge_method": ["S256"],
    }


def test_each_page_the_person_may_post_on_is_an_identity(graph, app):
    mine, other = graph.make_page("parks"), graph.make_page("libraries")
    other.fields["tasks"] = ["ANALYZE"]
    verifier = "v" * 50

    found = PUBLISHER.identities(app, BACK, graph.agree(challenge_of(verifier)), verifier)

    ids = {each.remote_account_id: each for each in found}
    assert mine.id in ids
    assert other.id not in ids
    assert ids[mine.id].handle == mine.username
    assert ids[mine.id].secrets == {
        "token": mine.token,
        "app_id": graph.app_id,
        "app_secret": graph.app_secret,
        "user_id": graph.user_id,
    }


def test_a_code_without_its_verifier_is_worth_nothing(graph, app):
    code = graph.agree(challenge_of("v" * 50))

    with pytest.raises(Rejected):
        PUBLISHER.identities(app, BACK, code, "stolen")


def test_a_code_is_good_once(graph, app):
    code = graph.agree()
    graph.make_page("council")
    PUBLISHER.identities(app, BACK, code, "")

    with pytest.raises(Rejected):
        PUBLISHER.identities(app, BACK, code, "")


def test_a_token_made_by_hand_names_its_page(graph, page):
    page.needs_proof = False

    found = PUBLISHER.sign_in(graph.base_url, "", page.token)

    assert (found.remote_account_id, found.handle) == (page.id, page.username)
    assert found.secrets == {"token": page.token}


@pytest.mark.parametrize(
    ("expires", "data_access", "ends"),
    [(0, 0, None), (ENDS, 0, ENDS), (0, ENDS, ENDS), (ENDS, ENDS + 60, ENDS), (ENDS + 60, ENDS, ENDS)],
)
def test_access_ends_at_the_earlier_of_its_two_ends(facebook, page, expires, data_access, ends):
    page.expires_at, page.data_access_expires_at = expires, data_access

    health = PUBLISHER.check(facebook.credentials)

    assert health.access_ends_at == (datetime.fromtimestamp(ends, UTC) if ends else None)


def test_an_end_nobody_can_live_to_see_is_no_crash(facebook, page):
    page.expires_at = 10**30

    with pytest.raises(NotSent):
        PUBLISHER.check(facebook.credentials)


def test_missing_permissions_are_named(facebook, page):
    page.scopes = ["pages_show_list", "pages_manage_posts", "pages_read_engagement"]

    with pytest.raises(AccountBroken, match=r"pages_manage_engagement, pages_read_user_content"):
        PUBLISHER.check(facebook.credentials)


@pytest.mark.parametrize(("subcode", "word"), [(460, "password"), (458, "removed"), (463, "run out")])
def test_a_token_that_is_dead_says_why(facebook, page, subcode, word):
    page.is_valid, page.subcode = False, subcode

    with pytest.raises(AccountBroken, match=word):
        PUBLISHER.check(facebook.credentials)


def test_a_network_error_is_not_the_end_of_access(facebook, graph):
    graph.spoil("", refusal=Refusal(2, status=500))

    with pytest.raises(NotSent):
        PUBLISHER.check(facebook.credentials)


def test_a_renamed_page_is_seen(facebook, page):
    page.username, page.fields["name"] = "hijacked", "Free Prizes"

    assert PUBLISHER.profile(facebook.credentials).handle == "hijacked"
    assert PUBLISHER.check(facebook.credentials).display_name == "Free Prizes"


def test_what_is_given_back_is_worth_nothing(facebook, page, graph):
    others = [each for each in graph.pages.values() if each is not page]

    PUBLISHER.revoke(facebook.credentials)

    with pytest.raises(AccountBroken):
        PUBLISHER.check(facebook.credentials)
    for other in others:
        other.is_valid = True


def test_a_token_made_by_hand_is_taken_away_by_hand(facebook):
    by_hand = replace(facebook.credentials, secrets={"token": "t"})

    with pytest.raises(Rejected):
        PUBLISHER.revoke(by_hand)


def test_every_call_carries_the_proof_and_no_secret_stands_in_an_address(facebook, graph):
    graph.asked.clear()

    PUBLISHER.check(facebook.credentials)
    PUBLISHER.timeline(facebook.credentials, datetime.now(UTC) - timedelta(minutes=5))

    assert graph.asked
    assert all(asked.get("appsecret_proof") for _method, _path, asked in graph.asked)
    assert graph.problems == []

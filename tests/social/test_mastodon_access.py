"""Access to Mastodon: our own program on a server, sending people there, and giving the token back."""

from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from outbox.errors import AccountBroken, NotSent, Rejected
from social.publishers.base import AppRegistration, Credentials, SignsInByRedirect
from social.publishers.registry import publisher_for
from tests.social.posts import composed, key, signed_in
from tests.social.test_http import saying, server

MASTODON = publisher_for("mastodon")
BACK = "https://riverbank.example/staff/social/connected/"


def person_agrees(mastodon, url):
    """Do what the person's browser does on the server's page, and return where it is sent back to."""
    query = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
    page = url.partition("?")[0]
    httpx.get(url).raise_for_status()
    answer = httpx.post(page, data={**query, "username": handle_on(mastodon)}, follow_redirects=False)
    return answer.headers["location"]


def handle_on(mastodon):
    return signed_in(MASTODON, mastodon.base_url, "", mastodon.token).handle


def test_mastodon_signs_in_by_redirect():
    assert isinstance(MASTODON, SignsInByRedirect)


def test_a_person_is_sent_there_and_comes_back_with_an_account(mastodon):
    app = MASTODON.register_app(mastodon.base_url, BACK)
    back = person_agrees(mastodon, MASTODON.authorise_url(app, BACK, "state-1", "challenge-1"))
    came = parse_qs(urlsplit(back).query)

    [identity] = MASTODON.identities(app, BACK, came["code"][0], "verifier-1")

    assert (back.startswith(BACK), came["state"]) == (True, ["state-1"])
    assert identity.handle == handle_on(mastodon)
    mine = Credentials(mastodon.base_url, identity.handle, identity.remote_account_id, identity.secrets)
    MASTODON.publish(composed(MASTODON), mine, key=key())
    assert len(mastodon.statuses()) == 1


def test_only_the_least_is_asked_for_with_a_challenge():
    app = AppRegistration("https://m.example/", "id", "hush")
    url = MASTODON.authorise_url(app, BACK, "s", "c")
    query = parse_qs(urlsplit(url).query)

    assert url.startswith("https://m.example/oauth/authorize?")
    assert "hush" not in url
    assert query["scope"] == ["write:statuses write:media read:statuses read:notifications profile"]
    assert (query["code_challenge"], query["code_challenge_method"]) == (["c"], ["S256"])


def test_a_code_nobody_gave_is_refused(mastodon):
    app = MASTODON.register_app(mastodon.base_url, BACK)

    with pytest.raises(Rejected):
        MASTODON.identities(app, BACK, "made-up", "verifier")


def test_an_answer_without_a_token_is_no_access():
    with server(saying(200, body=b'{"access_token": ""}')) as (url, _heads), pytest.raises(NotSent):
        MASTODON.identities(AppRegistration(url, "id", "secret"), BACK, "code", "verifier")


def test_revoke_makes_the_token_worthless(mastodon):
    app = MASTODON.register_app(mastodon.base_url, BACK)
    back = person_agrees(mastodon, MASTODON.authorise_url(app, BACK, "s", "c"))
    code = parse_qs(urlsplit(back).query)["code"][0]
    [identity] = MASTODON.identities(app, BACK, code, "v")
    mine = Credentials(mastodon.base_url, identity.handle, identity.remote_account_id, identity.secrets)

    MASTODON.revoke(mine)

    with pytest.raises(AccountBroken):
        MASTODON.publish(composed(MASTODON), mine, key=key())
    assert mastodon.statuses() == []


def test_a_token_made_by_hand_can_only_be_taken_away_by_hand(mastodon):
    mine = signed_in(MASTODON, mastodon.base_url, "", mastodon.token)

    with pytest.raises(Rejected, match="under Development"):
        MASTODON.revoke(mine)

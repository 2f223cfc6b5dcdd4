"""Access to X: sending people there, keeping access alive one at a time, and giving it back."""

import hashlib
from base64 import urlsafe_b64encode
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from outbox.errors import AccountBroken, Blocked, NotSent, Rejected
from social.publishers.base import AppRegistration, Credentials, SignsInByRedirect
from social.publishers.registry import publisher_for
from tests.real.process import free_port
from tests.real.x_refusals import Fault, Refusal
from tests.social.posts import composed, key
from tests.social.test_http import saying, server

X = publisher_for("x")
BACK = "https://riverbank.example/staff/social/connected/"
VERIFIER = "a-verifier-of-some-length"
CHALLENGE = urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).decode().rstrip("=")


def app_on(x_api):
    return AppRegistration(x_api.base_url, x_api.client_id, x_api.client_secret)


class Kept:
    """What the portal keeps of an account's access, and how often it was renewed."""

    def __init__(self, credentials):
        self.times = 0
        self.secrets = credentials.secrets
        self.credentials = replace(credentials, renew=self.renew)

    def renew(self, stale, fetch):
        if self.secrets == stale:
            self.times += 1
            self.secrets = fetch(stale)
        return self.secrets


@pytest.fixture
def kept(x_account):
    return Kept(x_account.credentials)


def mine(x_api, kept):
    return x_api.users[kept.credentials.remote_account_id]


def test_x_signs_in_by_redirect():
    assert isinstance(X, SignsInByRedirect)


def test_only_the_least_is_asked_for_with_a_challenge():
    url = X.authorise_url(AppRegistration("https://api.x.com", "id", "hush"), BACK, "s", "c")
    query = parse_qs(urlsplit(url).query)

    assert url.startswith("https://x.com/i/oauth2/authorize?")
    assert "hush" not in url
    assert query["scope"] == ["tweet.read tweet.write users.read media.write offline.access"]
    assert (query["code_challenge"], query["code_challenge_method"]) == (["c"], ["S256"])


def test_a_person_is_sent_there_and_comes_back_with_an_account(x_api):
    user = x_api.make_account("council")
    url = X.authorise_url(app_on(x_api), BACK, "state-1", CHALLENGE)
    back = httpx.get(url).headers["location"]
    came = parse_qs(urlsplit(back).query)

    [identity] = X.identities(app_on(x_api), BACK, came["code"][0], VERIFIER)

    assert (back.startswith(BACK), came["state"]) == (True, ["state-1"])
    assert (identity.remote_account_id, identity.handle) == (user.id, user.username)
    assert set(identity.secrets) == {"client_id", "client_secret", "access", "refresh"}


@pytest.mark.parametrize(("code", "verifier"), [("nobody-gave-it", VERIFIER), ("", "another-verifier")])
def test_a_wrong_code_or_verifier_is_refused(x_api, code, verifier):
    real = x_api.agree(x_api.make_account("council"), CHALLENGE)

    with pytest.raises(Rejected):
        X.identities(app_on(x_api), BACK, code or real, verifier)


def test_a_program_with_the_wrong_secret_is_refused(x_api):
    app = AppRegistration(x_api.base_url, x_api.client_id, "wrong")

    with pytest.raises(Rejected):
        X.identities(app, BACK, x_api.agree(x_api.make_account("council")), "")


def test_lapsed_access_is_renewed_once_and_the_post_made_once(x_api, x_account, kept):
    x_api.lapse(mine(x_api, kept))

    X.publish(composed(X), kept.credentials, key=key())
    X.publish(composed(X), kept.credentials, key=key())

    assert len(x_account.shown()) == 2
    assert kept.times == 1
    assert kept.secrets["refresh"] != x_account.credentials.secrets["refresh"]


def test_an_answer_without_a_refresh_token_keeps_the_one_we_have(x_api, kept):
    x_api.lapse(mine(x_api, kept))
    mine(x_api, kept).access = "fresh"
    before = kept.secrets["refresh"]
    x_api.faults.append(Fault("/oauth2/token", raw=b'{"access_token": "fresh", "token_type": "bearer"}'))

    X.check(kept.credentials)

    assert (kept.secrets["access"], kept.secrets["refresh"]) == ("fresh", before)


@pytest.mark.parametrize(
    "fault",
    [
        Fault("/oauth2/token"),
        Fault("/oauth2/token", raw=b"{}"),
        Fault("/oauth2/token", raw=b"<html>"),
        Fault("/oauth2/token", refusal=Refusal(503, "Service Unavailable", "Over capacity")),
        Fault("/oauth2/token", refusal=Refusal(429, "Too Many Requests", "Too Many Requests")),
    ],
    ids=["broken off", "empty", "a page", "503", "429"],
)
def test_a_fault_while_renewing_is_no_revocation(x_api, x_account, kept, fault):
    x_api.lapse(mine(x_api, kept))
    x_api.faults.append(fault)

    with pytest.raises(NotSent):
        X.publish(composed(X), kept.credentials, key=key())
    assert kept.secrets == x_account.credentials.secrets
    X.publish(composed(X), kept.credentials, key=key())
    assert len(x_account.shown()) == 1


def test_access_that_cannot_be_renewed_needs_a_person(x_api, kept):
    x_api.lapse(mine(x_api, kept))
    mine(x_api, kept).refresh = "somebody-used-it-up"

    with pytest.raises(AccountBroken, match="Connect it again"):
        X.check(kept.credentials)


def test_access_made_by_hand_cannot_be_renewed(x_api, x_account):
    token = x_account.credentials.secrets["access"]
    identity = X.sign_in(x_api.base_url, "", token)
    by_hand = Credentials(x_api.base_url, identity.handle, identity.remote_account_id, identity.secrets)
    x_api.lapse(x_api.users[identity.remote_account_id])

    with pytest.raises(AccountBroken):
        X.check(by_hand)
    with pytest.raises(Rejected, match="by hand"):
        X.revoke(by_hand)


def test_access_given_back_is_worth_nothing(x_account):
    X.revoke(x_account.credentials)
    X.revoke(x_account.credentials)

    with pytest.raises(AccountBroken):
        X.check(x_account.credentials)


def test_a_suspended_account_is_blocked(x_api, x_account):
    x_api.users[x_account.credentials.remote_account_id].is_suspended = True

    with pytest.raises(Blocked):
        X.check(x_account.credentials)


def test_a_server_that_is_away_was_not_asked_anything(x_account):
    away = replace(x_account.credentials, base_url=f"http://127.0.0.1:{free_port()}")

    with pytest.raises(NotSent):
        X.revoke(away)


def test_no_token_stands_in_an_address(x_account):
    """What stands in an address ends up in logs."""
    with server(saying(200, body=b'{"data": {"id": "1", "username": "c"}}')) as (url, heads):
        X.check(replace(x_account.credentials, base_url=url))

    asked = heads[0].split(b"\r\n")[0] if isinstance(heads[0], bytes) else heads[0].splitlines()[0]
    assert x_account.credentials.secrets["access"] not in str(asked)

"""Servers that answer nonsense: a publisher raises one of the five errors and never anything else."""

import contextlib
import json

import pytest
from django.utils import timezone

from outbox.errors import SendError
from outbox.receipt import Receipt
from social.publishers.base import Credentials
from social.publishers.registry import PUBLISHERS
from tests.social.posts import composed, key
from tests.social.test_http import saying, server

BODIES = [
    b"",
    b"null",
    b"[]",
    b'"text"',
    b"{}",
    b"\xff\xfe",
    b"<html>Login</html>",
    b"[" * 20000,
    b'{"id": null, "uri": 7, "configuration": [], "value": "x"}',
]
# Where it is not simply "error" and "message".
HONEST = {"facebook": {"error": {"code": 100, "message": "Too rude"}}}
SECRETS = {"token": "t", "access": "a", "refresh": "r", "identifier": "i", "password": "p", "secret": "s"}
REMOTE = [publisher for publisher in PUBLISHERS.values() if publisher.needs_server]
# A receiver of our webhook may answer whatever it likes, if only with success.
HEARD = [publisher for publisher in REMOTE if publisher.channel != "webhook"]


@pytest.mark.parametrize("body", BODIES, ids=range(len(BODIES)))
@pytest.mark.parametrize("status", [200, 400, 404, 418, 500])
@pytest.mark.parametrize("publisher", HEARD, ids=[each.channel.value for each in HEARD])
def test_nonsense_is_one_of_the_five_errors(publisher, status, body):
    with server(saying(status, body=body)) as (url, _heads):
        mine = Credentials(url, "council", "did:plc:x", SECRETS)
        post = composed(publisher)
        with pytest.raises(SendError):
            publisher.publish(post, mine, key=key())
        with pytest.raises(SendError):
            publisher.sign_in(url, "council", "secret")


@pytest.mark.parametrize("body", BODIES, ids=range(len(BODIES)))
@pytest.mark.parametrize("status", [200, 404])
@pytest.mark.parametrize("publisher", REMOTE, ids=[each.channel.value for each in REMOTE])
def test_nonsense_read_back_is_nothing_or_one_of_the_five_errors(publisher, status, body):
    since, receipt = timezone.now(), Receipt("at://did:plc:x/app.bsky.feed.post/3lbcdefghij22")
    with server(saying(status, body=body)) as (url, _heads):
        mine = Credentials(url, "council", "did:plc:x", SECRETS)
        calls = [
            lambda: publisher.check(mine),
            lambda: publisher.edit(receipt, composed(publisher), mine),
            lambda: publisher.remove(receipt, mine),
            lambda: publisher.revoke(mine),
        ]
        if publisher.watch_every:
            calls += [
                lambda: publisher.timeline(mine, since),
                lambda: publisher.look(receipt, mine),
                lambda: publisher.profile(mine),
            ]
        if publisher.can_reply:
            calls.append(lambda: publisher.replies(mine, since))
        for ask in calls:
            with contextlib.suppress(SendError):
                ask()


@pytest.mark.parametrize("publisher", REMOTE, ids=[each.channel.value for each in REMOTE])
def test_an_honest_refusal_is_handed_on_in_the_platforms_words(publisher):
    said = json.dumps(
        HONEST.get(publisher.channel, {"error": "InvalidRequest", "message": "Too rude"})
    ).encode()
    with server(saying(422, body=said)) as (url, _heads), pytest.raises(SendError) as refused:
        publisher.publish(composed(publisher), Credentials(url, "c", "did:plc:x", SECRETS), key=key())

    assert "Too rude" in str(refused.value) or "InvalidRequest" in str(refused.value)

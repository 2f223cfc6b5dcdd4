"""The signed webhook: what a receiver gets, and what its answers mean."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone

from outbox.errors import AccountBroken, NotSent, OutcomeUnknown, Rejected
from outbox.receipt import Receipt
from social.publishers.registry import PUBLISHERS
from social.signing import sign
from tests.real.receiver import documented
from tests.social.posts import composed, key, picture_bytes, stored_picture
from tests.social.test_http import reset, saying, server

PUBLISHER = PUBLISHERS["webhook"]


def test_a_new_post_arrives_whole_with_its_event_twice_in_the_headers(webhook, receiver, settings):
    image = stored_picture(picture_bytes())
    post, same = composed(PUBLISHER, image=image), key()

    made = PUBLISHER.publish(post, webhook.credentials, key=same)

    call = receiver.calls[-1]
    assert call["event"] == {
        "id": same,
        "kind": "post.created",
        "created_at": post.created_at,
        "post": {
            "reference": post.link.rstrip("/")[-5:],
            "text": post.text,
            "link": post.link,
            "language": "en",
            "images": [
                {"url": f"{settings.PORTAL_URL}{default_storage.url(image.name)}", "alt": "A flooded street."}
            ],
        },
    }
    headers = {name.lower(): value for name, value in call["headers"].items()}
    assert headers["council-portal-event"] == headers["idempotency-key"] == same
    assert made.remote_url == f"{receiver.base_url}/posts/{made.remote_id}"


def test_a_repeat_has_the_same_body(webhook, receiver):
    post, same = composed(PUBLISHER), key()

    for _time in range(2):
        PUBLISHER.publish(post, webhook.credentials, key=same)

    assert receiver.calls[-1]["event"] == receiver.calls[-2]["event"]


def test_changes_and_removals_name_the_post_and_repeat_their_event(webhook, receiver):
    made = PUBLISHER.publish(composed(PUBLISHER), webhook.credentials, key=key())
    first, second = composed(PUBLISHER), composed(PUBLISHER)

    for post in (first, first, second):
        PUBLISHER.edit(made, post, webhook.credentials)
    PUBLISHER.remove(made, webhook.credentials)

    events = [call["event"] for call in receiver.calls[-4:]]
    assert {event["post"]["id"] for event in events} == {made.remote_id}
    assert [event["kind"] for event in events] == [*["post.updated"] * 3, "post.removed"]
    assert events[0]["id"] == events[1]["id"] != events[2]["id"]


def test_connecting_without_a_secret_makes_one_and_calls_nobody(receiver):
    before = len(receiver.calls)

    found = PUBLISHER.sign_in(f"{receiver.base_url}/hooks/new", "", "")

    assert len(found.secrets["secret"]) >= 40
    assert found.secrets != PUBLISHER.sign_in(f"{receiver.base_url}/hooks/new", "", "").secrets
    assert len(receiver.calls) == before


def test_connecting_sends_a_signed_ping(receiver):
    PUBLISHER.sign_in(f"{receiver.base_url}/hooks/ping", "", receiver.secret)

    assert receiver.calls[-1]["event"]["kind"] == "ping"
    assert "post" not in receiver.calls[-1]["event"]


def test_a_receiver_without_a_word_is_known_by_the_event(webhook):
    same = key()
    with server(saying(204, body=b"")) as (url, _heads):
        mine = replace(webhook.credentials, base_url=url)

        assert PUBLISHER.publish(composed(PUBLISHER), mine, key=same) == Receipt(same, "")


@pytest.mark.parametrize(
    "body", [b'{"id": true, "url": "javascript:x"}', b'{"id": "%s", "url": 7}' % (b"x" * 300)]
)
def test_an_answer_with_nonsense_is_a_receipt_all_the_same(webhook, body):
    same = key()
    with server(saying(200, body=body)) as (url, _heads):
        mine = replace(webhook.credentials, base_url=url)

        assert PUBLISHER.publish(composed(PUBLISHER), mine, key=same) == Receipt(same, "")


@pytest.mark.parametrize(
    ("status", "error"),
    [
        (302, AccountBroken),
        (401, AccountBroken),
        (404, AccountBroken),
        (410, AccountBroken),
        (422, Rejected),
        (429, NotSent),
        (500, OutcomeUnknown),
    ],
)
def test_what_a_receiver_answers_means_what_is_documented(webhook, receiver, status, error):
    receiver.statuses.append(status)

    with pytest.raises(error):
        PUBLISHER.publish(composed(PUBLISHER), webhook.credentials, key=key())
    assert webhook.shown() == []


def test_a_broken_connection_after_the_call_is_unknown(webhook):
    with server(reset) as (url, _heads):
        mine = replace(webhook.credentials, base_url=url)

        with pytest.raises(OutcomeUnknown):
            PUBLISHER.publish(composed(PUBLISHER), mine, key=key())


def test_a_change_that_broke_off_is_simply_told_again(webhook, receiver):
    made = PUBLISHER.publish(composed(PUBLISHER), webhook.credentials, key=key())
    receiver.statuses.append(503)

    with pytest.raises(NotSent):
        PUBLISHER.remove(made, webhook.credentials)
    PUBLISHER.remove(made, webhook.credentials)

    assert webhook.shown() == []


def test_a_private_address_is_not_called(settings, webhook, receiver):
    settings.SOCIAL_ALLOW_PRIVATE_ADDRESSES = False
    before = len(receiver.calls)

    with pytest.raises(AccountBroken):
        PUBLISHER.check(webhook.credentials)
    assert len(receiver.calls) == before


def test_a_repeat_is_safe_for_less_than_the_promised_day():
    assert PUBLISHER.repeat_is_safe(timedelta(hours=22))
    assert not PUBLISHER.repeat_is_safe(timedelta(hours=24))


@pytest.mark.parametrize("age", [0, 299, 301])
def test_the_documented_example_believes_what_we_sign_for_five_minutes(age):
    body = b'{"id": "1"}'
    headers = sign("secret", timezone.now() - timedelta(seconds=age), body)

    assert documented()("secret", headers, body) == (age < 300)
    assert not documented()("other", headers, body)
    assert not documented()("secret", headers, body + b" ")

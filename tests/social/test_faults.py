"""The faults of real life, with real servers: nothing lost, nothing posted twice, a sentence for staff."""

import io
import threading
from datetime import timedelta

import httpx
import pytest
from django.utils import timezone
from PIL import Image

from outbox import sweep
from outbox.enums import ErrorKind, HoldReason, Status
from outbox.removal import withdraw
from social import delivery
from social.models import Account, Delivery
from social.publishers.base import Post
from social.publishers.registry import publisher_for
from social.sessions import credentials_of
from tests.outbox.rows import fresh, row
from tests.real import lossy
from tests.social.connected import connect
from tests.social.posts import composed, picture_bytes, stored_picture

pytestmark = pytest.mark.django_db


def connected(channel, base_url, handle, secret):
    return connect(channel, base_url=base_url, handle=handle, secret=secret, teams=[], by=None)


@pytest.fixture
def toot_account(mastodon):
    return connected("mastodon", mastodon.base_url, "", mastodon.token)


_handles = iter(range(1000))


@pytest.fixture
def sky_account(pds):
    did, password = pds.make_account(f"faults{next(_handles)}")
    return connected("bluesky", pds.base_url, did, password)


def waiting(account, **more):
    """Make a delivery of a fresh post to the account."""
    post = composed(publisher_for(account.channel), **more)
    return row(account=account, payload=post.to_json())


def through(account, proxy):
    """Let the account's calls go through the proxy."""
    Account.objects.filter(pk=account.pk).update(base_url=proxy.base_url)


def settle_now(made):
    Delivery.objects.filter(pk=made.pk).update(next_attempt_at=timezone.now() - timedelta(seconds=1))
    return delivery.settle_one(made.pk)


def sent_once(made, shown):
    found = fresh(made)
    assert (found.status, found.last_error) == (Status.SENT, "")
    assert shown == [found.payload["text"]]


def sky_texts(pds, account):
    return [record["value"]["text"] for record in pds.records(account.remote_account_id)]


@pytest.mark.parametrize("mode", ["lose", "cut"])
def test_mastodon_posted_but_its_answer_was_lost(toot_account, mastodon, mode):
    made = waiting(toot_account)
    with lossy.before(mastodon.port) as proxy:
        through(toot_account, proxy)
        proxy.spoil(mode)
        delivery.deliver_one(made.pk)
        assert fresh(made).status == Status.UNKNOWN

        settle_now(made)

    assert fresh(made).status == Status.SENT
    assert len(mastodon.statuses()) == 1


@pytest.mark.parametrize("mode", ["lose", "cut"])
def test_bluesky_posted_but_its_answer_was_lost(sky_account, pds, mode):
    made = waiting(sky_account)
    with lossy.before(pds.port) as proxy:
        through(sky_account, proxy)
        proxy.spoil(mode)
        delivery.deliver_one(made.pk)
        assert fresh(made).status == Status.UNKNOWN

        settle_now(made)

    sent_once(made, sky_texts(pds, sky_account))


class FailingAfterwards(lossy.Lossy):
    """Lets the server act and then answers 500 in its place."""

    def _answers(self, server, client):
        server.recv(65536)
        client.sendall(b"HTTP/1.1 500 Internal Server Error\r\ncontent-length: 0\r\n\r\n")


@pytest.mark.parametrize("channel", ["mastodon", "bluesky"])
def test_posted_and_answered_500(channel, toot_account, sky_account, mastodon, pds):
    account, port = {
        "mastodon": (toot_account, mastodon.port),
        "bluesky": (sky_account, pds.port),
    }[channel]
    made, proxy = waiting(account), FailingAfterwards(port)
    serving = threading.Thread(target=proxy.serve, daemon=True)
    serving.start()
    Account.objects.filter(pk=account.pk).update(base_url=proxy.base_url)

    delivery.deliver_one(made.pk)
    proxy.close()
    serving.join(5)
    after_the_call = fresh(made)
    Account.objects.filter(pk=account.pk).update(base_url=account.base_url)
    settle_now(made)

    assert after_the_call.status == Status.UNKNOWN
    assert after_the_call.last_error == "The platform answered with a fault of its own (500)."
    assert fresh(made).status == Status.SENT
    assert len(mastodon.statuses()) + len(sky_texts(pds, sky_account)) == 1


@pytest.mark.parametrize("fault", [{"kind": "status", "status": 500}, {"kind": "malformed"}])
def test_mastodon_failed_without_posting_and_is_sent_again_after_two_looks(toot_account, mastodon, fault):
    made = waiting(toot_account)
    mastodon.fault(**fault)

    delivery.deliver_one(made.pk)
    states = [fresh(made).status]
    for _look in range(2):
        settle_now(made)
        states.append(fresh(made).status)
    delivery.deliver_one(made.pk)

    assert states == [Status.UNKNOWN, Status.UNKNOWN, Status.RETRY]
    assert fresh(made).status == Status.SENT
    assert len(mastodon.statuses()) == 1


def test_an_old_unknown_mastodon_post_is_left_to_a_person(toot_account, mastodon):
    made = waiting(toot_account)
    Delivery.objects.filter(pk=made.pk).update(
        status=Status.UNKNOWN, last_error="Hm.", claimed_at=timezone.now() - timedelta(hours=2)
    )

    for _look in range(2):
        settle_now(made)

    assert (fresh(made).status, fresh(made).hold_reason) == (Status.HELD, HoldReason.UNCLEAR)


@pytest.mark.parametrize(
    ("headers", "least", "most"),
    [
        ({"X-RateLimit-Reset": "{iso}"}, 290, 320),
        ({"X-RateLimit-Reset": "{epoch}"}, 290, 320),
        ({"Retry-After": "300"}, 290, 320),
        ({}, 20, 40),
    ],
)
def test_mastodon_asks_to_wait_with_and_without_a_time(toot_account, mastodon, headers, least, most):
    made, at = waiting(toot_account), timezone.now() + timedelta(minutes=5)
    words = {"iso": at.isoformat(), "epoch": str(int(at.timestamp()))}
    said = {name: value.format(**words) for name, value in headers.items()}
    mastodon.fault("status", status=429, headers=said)

    delivery.deliver_one(made.pk)

    found = fresh(made)
    wait = (found.next_attempt_at - timezone.now()).total_seconds()
    assert (found.status, found.error_kind) == (Status.RETRY, ErrorKind.NOT_SENT)
    assert least < wait < most
    assert mastodon.statuses() == []


def test_a_revoked_token_holds_everything_of_the_account(toot_account, mastodon):
    first, second = waiting(toot_account), waiting(toot_account)
    mastodon.fault("status", status=401, body={"error": "The access token was revoked"})

    delivery.deliver_one(first.pk)

    assert [(fresh(each).status, fresh(each).hold_reason) for each in (first, second)] == [
        (Status.HELD, HoldReason.ACCOUNT)
    ] * 2
    toot_account.refresh_from_db()
    assert not toot_account.may_send
    assert toot_account.last_error == (
        "The server does not accept the access token any more. Connect it again."
    )


def test_a_blocked_account_locks_itself(toot_account, mastodon):
    made = waiting(toot_account)
    mastodon.fault("status", status=403, body={"error": "Your login is currently disabled"})

    delivery.deliver_one(made.pk)

    toot_account.refresh_from_db()
    assert toot_account.locked_at is not None
    assert "disabled" in toot_account.locked_reason
    assert fresh(made).status == Status.HELD


def test_an_expired_bluesky_session_renews_itself(sky_account, pds):
    """An access token of another kind is refused like a lapsed one; the refresh token brings a new one."""
    from social.credentials import seal

    secrets = credentials_of(sky_account).secrets
    stale = {**secrets, "access": secrets["refresh"]}
    Account.objects.filter(pk=sky_account.pk).update(sealed_secrets=seal(stale))
    made = waiting(sky_account)

    delivery.deliver_one(made.pk)

    sent_once(made, sky_texts(pds, sky_account))
    sky_account.refresh_from_db()
    renewed = credentials_of(sky_account).secrets
    assert renewed["access"] != stale["access"]
    assert renewed["refresh"] != secrets["refresh"]
    assert sky_account.renewing_until is None


def test_a_network_fault_while_renewing_is_no_revocation(sky_account, pds):
    from social.credentials import seal

    secrets = credentials_of(sky_account).secrets
    stale = seal({**secrets, "access": secrets["refresh"]})
    Account.objects.filter(pk=sky_account.pk).update(sealed_secrets=stale)
    made = waiting(sky_account)
    with lossy.before(pds.port) as proxy:
        through(sky_account, proxy)
        # The first answer (the refusal) passes; the answer to the renewal is lost.
        original = proxy._next
        seen = iter(["pass", "lose"])
        proxy._next = lambda: next(seen, None) or original()
        delivery.deliver_one(made.pk)

    found = fresh(made)
    sky_account.refresh_from_db()
    assert (found.status, found.error_kind) == (Status.RETRY, ErrorKind.NOT_SENT)
    assert sky_account.broken_at is None
    assert bytes(sky_account.sealed_secrets) == stale


def test_a_changed_app_password_needs_a_person(sky_account):
    from social.credentials import seal

    wrong = {"identifier": sky_account.remote_account_id, "password": "x", "access": "x", "refresh": "x"}
    Account.objects.filter(pk=sky_account.pk).update(sealed_secrets=seal(wrong))
    made = waiting(sky_account)

    delivery.deliver_one(made.pk)

    assert (fresh(made).status, fresh(made).hold_reason) == (Status.HELD, HoldReason.ACCOUNT)


@pytest.mark.parametrize("size", [(64, 48), (3000, 2400)])
def test_a_picture_arrives_small_and_without_where_it_was_taken(sky_account, pds, size):
    noisy = Image.effect_noise(size, 90).convert("RGB")
    out, exif = io.BytesIO(), Image.Exif()
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (51.0, 30.0, 0.0)
    noisy.save(out, "JPEG", quality=95, exif=exif)
    made = waiting(sky_account, image=stored_picture(out.getvalue()))

    delivery.deliver_one(made.pk)

    assert fresh(made).status == Status.SENT
    [record] = pds.records(sky_account.remote_account_id)
    [image] = record["value"]["embed"]["images"]
    blob = fetched_blob(pds, sky_account.remote_account_id, image["image"]["ref"]["$link"])
    assert image["alt"] == "A flooded street."
    assert len(blob) <= 1_000_000
    with Image.open(io.BytesIO(blob)) as arrived:
        assert dict(arrived.getexif()) == {}


def fetched_blob(pds, did, cid):
    url = f"{pds.base_url}/xrpc/com.atproto.sync.getBlob"
    return httpx.get(url, params={"did": did, "cid": cid}).raise_for_status().content


def test_mastodon_gets_the_picture_with_its_description(toot_account, mastodon):
    made = waiting(toot_account, image=stored_picture(picture_bytes(gps=True), alt="A flooded street."))

    delivery.deliver_one(made.pk)

    [status] = mastodon.statuses()
    assert [media["description"] for media in status["media_attachments"]] == ["A flooded street."]
    assert (status["visibility"], status["language"]) == ("public", "en")


def test_a_stale_retry_never_brings_a_withdrawn_post_back(sky_account, pds):
    made = waiting(sky_account)
    delivery.deliver_one(made.pk)
    withdraw(Delivery.objects.filter(pk=made.pk))

    delivery.remove_one(made.pk)
    delivery.deliver_one(made.pk)

    assert fresh(made).status == Status.REMOVED
    assert pds.records(sky_account.remote_account_id) == []


def test_withdrawn_while_its_answer_was_lost_is_found_and_taken_down(sky_account, pds):
    made = waiting(sky_account)
    with lossy.before(pds.port) as proxy:
        through(sky_account, proxy)
        proxy.spoil("lose")
        delivery.deliver_one(made.pk)
        withdraw(Delivery.objects.filter(pk=made.pk))
        settle_now(made)
        assert fresh(made).status == Status.REMOVING
        delivery.remove_one(made.pk)

    assert fresh(made).status == Status.REMOVED
    assert pds.records(sky_account.remote_account_id) == []


def test_a_worker_killed_after_posting_leaves_one_post(sky_account, pds):
    """The claim was committed, the post made, the worker died: the sweep and a look settle it."""
    made = waiting(sky_account)
    Delivery.objects.filter(pk=made.pk).update(
        status=Status.SENDING, attempts=1, claimed_at=timezone.now() - timedelta(minutes=5)
    )
    claimed = fresh(made)
    post = Post.from_json(claimed.payload)
    publisher_for("bluesky").publish(post, credentials_of(sky_account), key=claimed.key)

    sweep.abandon_dead_claims(Delivery.objects.all(), timezone.now())
    delivery.settle_one(made.pk)

    sent_once(made, sky_texts(pds, sky_account))

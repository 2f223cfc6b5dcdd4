"""Mastodon servers that forget, fail late or lie about keys: one post all the same."""

import contextlib
import re
import socket
import threading
from datetime import timedelta

import httpx
import pytest
from django.utils import timezone

from outbox.enums import Status
from outbox.removal import withdraw
from social import delivery
from social.models import Account, Delivery
from tests.outbox.rows import fresh
from tests.real import lossy
from tests.social.test_faults import settle_now, through, toot_account, waiting
from tests.social.test_http import saying, server

__all__ = ["toot_account"]
pytestmark = pytest.mark.django_db
STATUSES = "/api/v1/statuses"


class IgnoringKeys(lossy.Lossy):
    """Lets the server know no key, as servers that do not keep them."""

    def _connection(self, client):
        target = ("127.0.0.1", self.target_port)
        with client, contextlib.suppress(OSError), socket.create_connection(target) as server:
            asked = client.recv(65536)
            server.sendall(re.sub(rb"(?i)idempotency-key", b"x-nobody-reads-", asked))
            asking = threading.Thread(target=lossy._pump, args=(client, server), daemon=True)
            asking.start()
            self._answers(server, client)
            client.shutdown(socket.SHUT_RDWR)
            asking.join(1)


@pytest.fixture
def forgetful(mastodon):
    proxy = IgnoringKeys(mastodon.port)
    serving = threading.Thread(target=proxy.serve, daemon=True)
    serving.start()
    yield proxy
    proxy.close()
    serving.join(5)


def test_a_server_that_ignores_keys_would_post_twice(mastodon, forgetful):
    """What the look before every repeat is for."""
    mine = {"Authorization": f"Bearer {mastodon.token}", "Idempotency-Key": "same", "Connection": "close"}
    for _time in range(2):
        body = {"status": "Twice"}
        httpx.post(f"{forgetful.base_url}{STATUSES}", json=body, headers=mine).raise_for_status()

    assert len(mastodon.statuses()) == 2


@pytest.mark.parametrize("mode", ["lose", "cut"])
def test_a_lost_answer_of_a_server_that_ignores_keys(toot_account, mastodon, forgetful, mode):
    made = waiting(toot_account)
    through(toot_account, forgetful)
    forgetful.spoil(mode)

    delivery.deliver_one(made.pk)
    settle_now(made)

    assert fresh(made).status == Status.SENT
    assert len(mastodon.statuses()) == 1


def test_a_server_that_answers_500_to_the_second_of_two(toot_account, mastodon):
    """The first answer is lost, two looks see an old copy of the list, the repeat is answered with 500."""
    made = waiting(toot_account)
    listing = f"/api/v1/accounts/{toot_account.remote_account_id}/statuses"
    with lossy.before(mastodon.port) as proxy:
        through(toot_account, proxy)
        proxy.spoil("lose")
        delivery.deliver_one(made.pk)
        mastodon.fault("status", method="GET", path=listing, status=200, body=[], count=2)
        for _look in range(2):
            settle_now(made)
        assert fresh(made).status == Status.RETRY
        mastodon.fault("status", status=500)
        Delivery.objects.filter(pk=made.pk).update(next_attempt_at=timezone.now() - timedelta(seconds=1))
        delivery.deliver_one(made.pk)
        assert fresh(made).status == Status.UNKNOWN
        settle_now(made)

    assert fresh(made).status == Status.SENT
    assert len(mastodon.statuses()) == 1


def test_a_post_taken_down_by_hand_is_no_trouble_to_take_down_again(toot_account, mastodon):
    made = waiting(toot_account)
    delivery.deliver_one(made.pk)
    mine = {"Authorization": f"Bearer {mastodon.token}"}
    httpx.delete(f"{mastodon.base_url}{STATUSES}/{fresh(made).remote_id}", headers=mine).raise_for_status()
    withdraw(Delivery.objects.filter(pk=made.pk))

    delivery.remove_one(made.pk)

    assert fresh(made).status == Status.REMOVED


def test_a_redirect_to_a_private_address_is_not_followed(toot_account):
    made = waiting(toot_account)
    with server(saying(307, headers="location: http://10.0.0.1/\r\n")) as (url, heads):
        Account.objects.filter(pk=toot_account.pk).update(base_url=url)
        delivery.deliver_one(made.pk)

    assert fresh(made).status == Status.HELD
    assert len(heads) == 1

"""The real parts themselves: each starts, does its one job, and can be counted."""

import smtplib
import socket
from email.message import EmailMessage

import httpx
import psycopg2
import pytest
import redis

from tests.real import lossy
from tests.real.browser import axe_faults
from tests.real.network import NetworkBlocked

pytestmark = pytest.mark.slow
STATUSES = "/api/v1/statuses"


@pytest.mark.postgres
def test_postgresql_is_version_18(postgres_url):
    with psycopg2.connect(postgres_url) as connection:
        assert connection.server_version // 10_000 == 18
    connection.close()


def test_valkey_killed_and_started_answers_at_the_same_address(valkey_server):
    valkey_server.kill()
    valkey_server.start()

    with redis.Redis.from_url(valkey_server.url) as client:
        assert client.ping() is True


def test_valkey_url_is_empty(valkey_url):
    with redis.Redis.from_url(valkey_url) as client:
        assert client.dbsize() == 0


def test_smtp_sink_keeps_mail_and_refuses_the_unknown(smtp_sink):
    message = EmailMessage()
    message["Subject"] = "Water is back"
    message.set_content("Since 6.40am.")

    with smtplib.SMTP(smtp_sink.host, smtp_sink.port) as client:
        refused = client.send_message(
            message, "council@riverbank.example", ["a@r.example", "nobody@r.example"]
        )

    assert [kept["Subject"] for kept in smtp_sink.box] == ["Water is back"]
    assert {address: answer[0] for address, answer in refused.items()} == {"nobody@r.example": 550}


def test_pds_counts_the_posts_of_an_account(pds):
    did, password = pds.make_account("counted")
    with httpx.Client(base_url=f"{pds.base_url}/xrpc/") as client:
        session = client.post(
            "com.atproto.server.createSession", json={"identifier": did, "password": password}
        ).json()
        post = {"$type": "app.bsky.feed.post", "text": "Water is back", "createdAt": "2026-11-22T06:40:00Z"}
        client.post(
            "com.atproto.repo.createRecord",
            json={"repo": did, "collection": "app.bsky.feed.post", "record": post},
            headers={"Authorization": f"Bearer {session['accessJwt']}"},
        ).raise_for_status()

    assert [record["value"]["text"] for record in pds.records(did)] == ["Water is back"]


def test_mastodon_counts_every_page_of_statuses(mastodon):
    headers = {"Authorization": f"Bearer {mastodon.token}"}
    with httpx.Client(base_url=mastodon.base_url, headers=headers) as client:
        for number in range(45):
            client.post(STATUSES, json={"status": f"Notice {number}"}).raise_for_status()

    assert len(mastodon.statuses()) == 45


def test_mastodon_fault_answers_once_and_posts_nothing(mastodon):
    mastodon.fault("status", status=503)
    headers = {"Authorization": f"Bearer {mastodon.token}"}

    with httpx.Client(base_url=mastodon.base_url, headers=headers) as client:
        first = client.post(STATUSES, json={"status": "Notice"}).status_code
        second = client.post(STATUSES, json={"status": "Notice"}).status_code

    assert (first, second, len(mastodon.statuses())) == (503, 200, 1)


@pytest.mark.parametrize("mode", ["lose", "cut", "slow"])
def test_lossy_lets_the_server_act_and_spoils_one_answer(mastodon, mode):
    headers = {"Authorization": f"Bearer {mastodon.token}", "Connection": "close"}
    with lossy.before(mastodon.port) as proxy:
        proxy.spoil(mode, delay=2)
        with (
            pytest.raises(httpx.TransportError),
            httpx.Client(base_url=proxy.base_url, headers=headers, timeout=1) as client,
        ):
            client.post(STATUSES, json={"status": "Posted, but never heard"})
        with httpx.Client(base_url=proxy.base_url, headers=headers, timeout=10) as client:
            after = client.get("/api/v1/instance").status_code

    assert [status["content"] for status in mastodon.statuses()] == ["<p>Posted, but never heard</p>"]
    assert (proxy.spoilt, after) == (1, 200)


def test_chromium_sees_what_axe_finds(browser_page):
    browser_page.set_content(
        "<!doctype html><html lang=en><title>A</title><main><h1>A</h1><img src=a></main>"
    )

    assert [fault.split(" ")[0] for fault in axe_faults(browser_page)] == ["image-alt"]


def test_network_outside_this_machine_is_refused():
    with socket.socket() as one, pytest.raises(NetworkBlocked):
        one.connect(("192.0.2.1", 80))


def test_network_names_outside_this_machine_are_unknown():
    with pytest.raises(socket.gaierror):
        socket.getaddrinfo("riverbank.example", 80)

"""The one way out: what each kind of failure means, and where it refuses to go. Real sockets throughout."""

import contextlib
import socket
import struct
import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from outbox.errors import AccountBroken, NotSent, OutcomeUnknown
from social import http
from social.http import Answer, call, refuse_failure
from social.platform_clock import retry_at
from tests.real.process import free_port


@contextlib.contextmanager
def server(behave):
    """Accept connections one after another, read the request's head and let `behave(connection)` answer."""
    listener = socket.create_server(("127.0.0.1", 0))

    def serve():
        with contextlib.suppress(OSError):
            while True:
                connection, _address = listener.accept()
                with connection:
                    heads.append(connection.recv(65536))
                    behave(connection)

    heads: list[bytes] = []
    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}", heads
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join(5)


def saying(status, headers="", body=b"{}"):
    head = f"HTTP/1.1 {status} X\r\ncontent-length: {len(body)}\r\nconnection: close\r\n{headers}\r\n"
    return lambda connection: connection.sendall(head.encode() + body)


def reset(connection):
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def test_call_gives_the_answer():
    with server(saying(200, body=b'{"id": "7"}')) as (url, _heads):
        answer = call("GET", url)

    assert (answer.status, answer.json()) == (200, {"id": "7"})


def test_call_sends_the_name_and_the_token_in_headers_only():
    with server(saying(200)) as (url, heads):
        call("POST", f"{url.replace('127.0.0.1', 'localhost')}/x", token="s3cret", json={})

    head = heads[0].decode().lower()
    assert "host: localhost:" in head
    assert "authorization: bearer s3cret" in head
    assert "s3cret" not in head.splitlines()[0]


def test_a_refused_connection_is_not_sent():
    with pytest.raises(NotSent):
        call("POST", f"http://127.0.0.1:{free_port()}", makes_post=True)


def test_an_unknown_name_is_not_sent():
    with pytest.raises(NotSent):
        call("POST", "https://no-such-name.example/", makes_post=True)


@pytest.mark.parametrize(("makes_post", "error"), [(True, OutcomeUnknown), (False, NotSent)])
@pytest.mark.parametrize(
    "behave", [reset, lambda connection: connection.sendall(b"HTTP/1.1 200 OK\r\ncontent-")]
)
def test_a_connection_that_breaks_off(behave, makes_post, error):
    with server(behave) as (url, _heads), pytest.raises(error):
        call("POST", url, makes_post=makes_post)


def test_an_answer_that_never_comes_is_unknown(monkeypatch):
    monkeypatch.setattr(http, "TIMEOUT", http.httpx.Timeout(0.2))
    http._client.cache_clear()
    waiting = threading.Event()
    try:
        with server(lambda connection: waiting.wait(5)) as (url, _heads):
            with pytest.raises(OutcomeUnknown):
                call("POST", url, makes_post=True)
            waiting.set()
    finally:
        http._client.cache_clear()


def test_an_endless_answer_is_cut_off():
    def flood(connection):
        connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        with contextlib.suppress(OSError):
            while True:
                connection.sendall(b"x" * 65536)

    with server(flood) as (url, _heads), pytest.raises(OutcomeUnknown):
        call("POST", url, makes_post=True)


def test_a_redirect_is_not_followed():
    with server(saying(302, "location: http://127.0.0.1:1/\r\n")) as (url, heads):
        answer = call("POST", url, makes_post=True)

    assert (answer.status, len(heads)) == (302, 1)
    with pytest.raises(AccountBroken):
        refuse_failure(answer, makes_post=True)


@pytest.mark.parametrize(
    "address",
    [
        "https://127.0.0.1/",
        "https://10.0.0.8/",
        "https://192.168.1.1/",
        "https://169.254.169.254/latest/meta-data/",
        "https://[::1]/",
        "https://[fd00::1]/",
        "https://[::ffff:10.0.0.8]/",
        "https://0.0.0.0/",
        "https://100.64.0.1/",
        "http://riverbank.example/",
        "file:///etc/passwd",
    ],
)
def test_private_addresses_and_plain_http_are_refused(settings, address):
    settings.SOCIAL_ALLOW_PRIVATE_ADDRESSES = False

    with pytest.raises(AccountBroken):
        call("GET", address)


@pytest.mark.parametrize("address", ["https://10.0.0.8/", "https://169.254.169.254/"])
def test_only_loopback_is_ever_allowed(settings, address):
    settings.SOCIAL_ALLOW_PRIVATE_ADDRESSES = True

    with pytest.raises(AccountBroken):
        call("GET", address)


@pytest.mark.parametrize(
    ("status", "makes_post", "error"),
    [
        (429, True, NotSent),
        (500, True, OutcomeUnknown),
        (502, True, OutcomeUnknown),
        (503, True, OutcomeUnknown),
        (500, False, NotSent),
        (307, True, AccountBroken),
    ],
)
def test_what_a_status_means_on_every_platform(status, makes_post, error):
    with pytest.raises(error):
        refuse_failure(Answer(status, {}, b""), makes_post=makes_post)


NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("headers", "moment"),
    [
        ({}, None),
        ({"retry-after": "120"}, NOW + timedelta(seconds=120)),
        ({"x-ratelimit-reset": "2026-11-22T12:05:00.000Z"}, NOW + timedelta(minutes=5)),
        ({"ratelimit-reset": str(int(NOW.timestamp()) + 300)}, NOW + timedelta(minutes=5)),
        ({"retry-after": "Sun, 22 Nov 2026 12:01:00 GMT"}, NOW + timedelta(minutes=1)),
        ({"x-ratelimit-reset": "soon"}, None),
        ({"retry-after": "99999999999999999999"}, None),
        ({"retry-after": "-5"}, None),
        # Their clock is two minutes behind ours: what they call 12:05 is our 12:07.
        (
            {"x-ratelimit-reset": "2026-11-22T12:05:00Z", "date": "Sun, 22 Nov 2026 11:58:00 GMT"},
            NOW + timedelta(minutes=7),
        ),
    ],
)
def test_retry_at_reads_every_spelling(time_machine, headers, moment):
    time_machine.move_to(NOW, tick=False)

    assert retry_at(headers) == moment


def test_refuse_failure_hands_on_the_platforms_clock():
    with pytest.raises(NotSent) as caught:
        refuse_failure(Answer(429, {"retry-after": "60"}, b""))

    assert timedelta(seconds=50) < caught.value.retry_at - timezone.now() < timedelta(seconds=70)


def test_secrets_stay_out_of_what_is_printed():
    answer = Answer(200, {}, b"accessJwt=s3cret")

    assert "s3cret" not in repr(answer)

"""A whole drill with the real watch, the real alarms and the real screens; not a byte leaves the building."""

import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from django.urls import reverse

from outbox.enums import Status
from social.alarms import contacts, sending
from social.drills import report
from social.models import Account, Alarm, Drill, Incident, SandboxPost
from social.sandbox import network
from social.watch import looking
from tests.accounts.signing_in import sign_in
from tests.outbox.rows import account

pytestmark = pytest.mark.django_db


@dataclass
class Receiver:
    """A webhook receiver outside."""

    url: str = ""
    heard: list[bytes] = field(default_factory=list)


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """A web server that keeps what it is sent."""
    made = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            made.heard.append(self.rfile.read(int(self.headers["content-length"])))
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_words: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    made.url = f"http://127.0.0.1:{server.server_port}/hook"
    yield made
    server.shutdown()
    server.server_close()


@pytest.fixture
def building(cast, smtp_sink, receiver, settings, monkeypatch):
    """A practice account, people on duty by mail and webhook, and a note of every line that is opened."""
    settings.SOCIAL_MAY_REMOVE_ROGUE_POSTS = True
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = smtp_sink.host, smtp_sink.port
    mine = account(handle="riverbank-practice", remote_account_id="riverbank-practice")
    mine.teams.add(cast.team)
    contacts.add(name="Duty", email="duty@riverbank.example", webhook_url=receiver.url, by=cast.lead)
    looking.due()
    opened: list[Any] = []
    connect = socket.socket.connect

    def noted(self: socket.socket, address: Any) -> None:
        if self.family != socket.AF_UNIX:
            opened.append(address)
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", noted)
    return mine, opened


def call_everybody():
    for pk in Alarm.objects.values_list("pk", flat=True):
        sending.call_one(pk)


def press(client, who, name, pk, **typed):
    sign_in(client, who)
    return client.post(reverse(f"social:{name}", args=[pk]), typed)


def test_a_whole_drill_leaves_nothing_but_its_report(client, cast, building, smtp_sink, receiver):
    mine, opened = building
    sign_in(client, cast.lead)
    client.post(reverse("social:drill_start"), {"account": mine.pk})
    drill = Drill.objects.get()

    looking.look_at(mine.pk)
    call_everybody()
    incident = Incident.objects.get()
    press(client, cast.author, "warn", mine.pk)
    public = client.get(reverse("updates:home")).content.decode()
    press(client, cast.lead, "ask_remove_post", incident.pk, note="Away with it.")
    press(client, cast.administrator, "agree", mine.proposals.get(step="remove_post").pk)
    press(client, cast.lead, "incident_close", incident.pk, outcome="hijack", note="It was the drill.")
    press(client, cast.lead, "ask_release", mine.pk, note="All is well.")
    press(client, cast.administrator, "agree", mine.proposals.get(step="release").pk)
    press(client, cast.lead, "drill_end", drill.pk, note="It took us a while to find the second person.")
    call_everybody()

    drill.refresh_from_db()
    assert [step.at is None for step in report.steps_of(drill)] == [False] * 4
    assert (report.last(mine), drill.incident) == (drill, incident)
    assert Account.objects.get(pk=mine.pk).may_send
    assert not SandboxPost.objects.on_show().exists()
    assert "may not be under our control" not in public
    assert set(Alarm.objects.values_list("status", flat=True)) == {Status.CANCELLED}
    assert (opened, smtp_sink.lines, receiver.heard) == ([], 0, [])


def test_the_same_outside_a_drill_calls_by_mail_and_webhook(cast, building, smtp_sink, receiver):
    mine, opened = building
    network.say("riverbank-practice", "Free money!")

    looking.look_at(mine.pk)
    call_everybody()

    assert (len(smtp_sink.box), len(receiver.heard), len(opened)) == (1, 1, 2)

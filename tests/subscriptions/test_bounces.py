"""Mail that came back: believed only at an address we signed; gone for good at once, else at the fifth."""

import io
import mailbox
import sys
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from subscriptions import leaving, links
from subscriptions.models import Subscriber

from .conftest import subscriber

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _bounce_address(settings):
    settings.BOUNCE_ADDRESS = "bounces@riverbank.example"


@pytest.fixture
def jan(db) -> Subscriber:
    """Somebody whose mail comes back."""
    return subscriber()


def report(to: str, *, status: str = "5.1.1", action: str = "failed", header: str = "To") -> bytes:
    """Return a delivery report as RFC 3464 has it."""
    return f"""From: MAILER-DAEMON@mx.example
{header}: {to}
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

Sorry.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example

Final-Recipient: rfc822; jan@mail.example
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 {status} no such user

--b--
""".encode()


def complaint(to: str) -> bytes:
    """Return a complaint as RFC 5965 has it."""
    return f"""From: complaints@mailbox.example
To: {to}
MIME-Version: 1.0
Content-Type: multipart/report; report-type=feedback-report; boundary="b"

--b
Content-Type: message/feedback-report

Feedback-Type: abuse
User-Agent: Somebody/1.0
Version: 1

--b--
""".encode()


def read(monkeypatch, raw: bytes) -> str:
    """Pipe one message to the command and return what it says."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw)))
    said = io.StringIO()
    call_command("read_bounces", stdout=said)
    return said.getvalue().strip()


@pytest.mark.parametrize("header", ["To", "Delivered-To", "X-Original-To"])
def test_mailbox_that_is_gone_ends_everything(jan, monkeypatch, header):
    said = read(monkeypatch, report(links.bounce_address(jan), header=header))

    assert said == "Read 1 messages: 1 gone."
    assert Subscriber.objects.get().ended_why == "bounced"


def test_address_in_capitals_is_ours_still(jan, monkeypatch):
    read(monkeypatch, report(links.bounce_address(jan).upper()))

    assert not Subscriber.objects.get().is_active


@pytest.mark.parametrize(
    "to",
    [
        "bounces@riverbank.example",
        "bounces+1-0000000000000000@riverbank.example",
        "jan@mail.example",
        "bounces+x-y@riverbank.example",
        "",
    ],
)
def test_report_that_anybody_could_have_written_changes_nothing(jan, monkeypatch, to):
    said = read(monkeypatch, report(to))

    assert said == "Read 1 messages: 1 unknown."
    assert Subscriber.objects.get().is_active


def test_full_mailbox_ends_it_at_the_fifth(jan, monkeypatch):
    active = []
    for _time in range(5):
        read(monkeypatch, report(links.bounce_address(jan), status="5.2.2"))
        active.append(Subscriber.objects.get().is_active)

    assert active == [True, True, True, True, False]


def test_bounces_of_long_ago_do_not_count(jan):
    now = timezone.now()
    for number in range(6):
        leaving.note_bounce(jan, for_good=False, now=now + timedelta(days=91 * number))

    assert (Subscriber.objects.get().is_active, Subscriber.objects.get().soft_bounces) == (True, 1)


@pytest.mark.parametrize(
    ("status", "action", "word"),
    [
        ("4.4.1", "delayed", "delayed"),
        ("2.0.0", "delivered", "delayed"),
        ("4.4.7", "failed", "bounced"),
        ("5.7.1", "failed", "refused"),
        ("5.3.4", "failed", "refused"),
    ],
)
def test_what_is_not_the_mailboxs_fault_is_told_apart(jan, monkeypatch, status, action, word):
    said = read(monkeypatch, report(links.bounce_address(jan), status=status, action=action))

    assert said == f"Read 1 messages: 1 {word}."
    assert Subscriber.objects.get().is_active


def test_complaint_ends_everything(jan, monkeypatch):
    said = read(monkeypatch, complaint(links.bounce_address(jan)))

    assert said == "Read 1 messages: 1 complaint."
    assert Subscriber.objects.get().ended_why == "complained"


@pytest.mark.parametrize("raw", [b"", b"\xff\xfe\x00", b"Subject: Holiday\n\nI am away.", b"To: \xff\n\n"])
def test_anything_else_is_read_and_left_alone(jan, monkeypatch, raw):
    assert read(monkeypatch, raw) == "Read 1 messages: 1 unknown."


def test_maildir_is_read_once(jan, tmp_path):
    box = mailbox.Maildir(tmp_path / "bounces")
    box.add(report(links.bounce_address(jan), status="5.2.2"))
    said = [io.StringIO(), io.StringIO()]
    for out in said:
        call_command("read_bounces", str(tmp_path / "bounces"), stdout=out)

    assert [out.getvalue().strip() for out in said] == ["Read 1 messages: 1 bounced.", "Read 0 messages."]
    assert Subscriber.objects.get().soft_bounces == 1


def test_folder_that_is_no_maildir_is_explained(tmp_path):
    with pytest.raises(CommandError, match="is no Maildir"):
        call_command("read_bounces", str(tmp_path))


def test_no_bounce_address_means_the_usual_sender(jan, settings):
    settings.BOUNCE_ADDRESS = ""

    assert links.bounce_address(jan) == ""

"""Mail over one reused line, against a real server: refused, deferred, dropped, never lost."""

import smtplib

import pytest
from django.test import override_settings

from outbox.errors import NotSent, OutcomeUnknown, Rejected
from outbox.smtp import Mail, MailServer, Refused, kind_of


@pytest.fixture
def server(smtp_sink):
    """Send Django's mail to the sink of this test."""
    with override_settings(
        EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend",
        EMAIL_HOST=smtp_sink.host,
        EMAIL_PORT=smtp_sink.port,
        EMAIL_TIMEOUT=5,
        DEFAULT_FROM_EMAIL="Riverbank <no-reply@riverbank.example>",
    ):
        yield smtp_sink


def mail(to="jan@mail.example", **more) -> Mail:
    words = {
        "subject": "Water is back",
        "text": "It is.",
        "html": "<p>It is.</p>",
        "key": to.partition("@")[0],
    }
    return Mail(to=to, **{**words, **more})


def received(server) -> list[str]:
    return [message["To"] for message in server.box]


def test_many_mails_go_over_one_line(server):
    with MailServer() as line:
        receipts = [line.send(mail(f"r{number}@mail.example")) for number in range(5)]

    assert server.lines == 1
    assert [message["Message-ID"] for message in server.box] == [receipt.remote_id for receipt in receipts]


def test_refused_recipient_does_not_stop_the_next(server):
    with MailServer() as line:
        with pytest.raises(Refused) as refused:
            line.send(mail("nobody@mail.example"))
        with pytest.raises(NotSent):
            line.send(mail("busy@mail.example"))
        line.send(mail())

    assert (refused.value.code, refused.value.is_mailbox_gone) == (550, True)
    assert (received(server), server.lines) == (["jan@mail.example"], 1)


def test_line_closed_between_mails_is_opened_again(server):
    with MailServer() as line:
        line.send(mail("a@mail.example"))
        server.hang_up()
        line.send(mail("b@mail.example"))

    assert (received(server), server.lines) == (["a@mail.example", "b@mail.example"], 2)


def test_line_dropped_before_the_words_means_not_sent(server):
    server.drop_at_rcpt = 2
    with MailServer() as line, pytest.raises(NotSent):
        line.send(mail("a@mail.example"))
        line.send(mail("b@mail.example"))
        # The second was tried again on a new line; the third meets a server that drops every time.
        server.drop_at_rcpt = 1
        line.send(mail("c@mail.example"))

    assert received(server) == ["a@mail.example", "b@mail.example"]


def test_line_dropped_after_the_words_leaves_it_unknown_and_the_next_goes(server):
    server.drop_after_data = {"a@mail.example"}
    with MailServer() as line:
        with pytest.raises(OutcomeUnknown):
            line.send(mail("a@mail.example"))
        line.send(mail("b@mail.example"))

    assert received(server) == ["a@mail.example", "b@mail.example"]


def test_server_away_means_not_sent():
    with (
        override_settings(
            EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend", EMAIL_HOST="127.0.0.1", EMAIL_PORT=1
        ),
        MailServer() as line,
        pytest.raises(NotSent, match="could not be reached: ConnectionRefusedError"),
    ):
        line.send(mail())


def test_both_headers_of_one_click_stand_on_a_mail_one_can_leave(server):
    with MailServer() as line:
        line.send(mail(leave_url="https://riverbank.example/leave/x/", bounces_to="b+1@riverbank.example"))
        line.send(mail())

    first, second = server.box
    assert (first["List-Unsubscribe"], first["List-Unsubscribe-Post"]) == (
        "<https://riverbank.example/leave/x/>",
        "List-Unsubscribe=One-Click",
    )
    assert (first["From"], first["X-Sink-From"]) == (
        "Riverbank <no-reply@riverbank.example>",
        "b+1@riverbank.example",
    )
    assert (second["List-Unsubscribe"], second["List-Unsubscribe-Post"]) == (None, None)


def test_line_break_in_a_header_is_refused_and_the_next_goes(server):
    with MailServer() as line:
        with pytest.raises(Rejected):
            line.send(mail(subject="Water\nBcc: all@mail.example"))
        line.send(mail())

    assert received(server) == ["jan@mail.example"]


@pytest.mark.parametrize(
    ("error", "gone", "about_mailbox"),
    [
        (smtplib.SMTPRecipientsRefused({"a@b.example": (550, b"5.1.1 no such user")}), True, True),
        (smtplib.SMTPRecipientsRefused({"a@b.example": (552, b"5.2.2 full")}), False, True),
        (smtplib.SMTPRecipientsRefused({"a@b.example": (550, b"go away")}), False, True),
        (smtplib.SMTPRecipientsRefused({"a@b.example": (550, b"5.7.1 blocked")}), False, False),
        (smtplib.SMTPDataError(554, b"spam"), False, False),
        (smtplib.SMTPDataError(550, b"5.1.1 no such user"), True, True),
    ],
)
def test_refusal_is_only_held_against_a_mailbox_it_is_about(error, gone, about_mailbox):
    refused = kind_of(error)

    assert (refused.is_mailbox_gone, refused.is_about_mailbox) == (gone, about_mailbox)


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (smtplib.SMTPDataError(554, b"spam"), "Refused"),
        (smtplib.SMTPDataError(451, b"later"), "Deferred"),
        (smtplib.SMTPRecipientsRefused({"a@b.example": (550, b"5.1.1 no such user")}), "Refused"),
        (smtplib.SMTPRecipientsRefused({"a@b.example": (421, b"going away")}), "NotSent"),
        # Ours to mend: no resident's address is to blame.
        (smtplib.SMTPSenderRefused(550, b"no", "x@y.example"), "NotSent"),
        (smtplib.SMTPAuthenticationError(535, b"no"), "NotSent"),
        (smtplib.SMTPServerDisconnected("gone"), "OutcomeUnknown"),
        (TimeoutError(), "OutcomeUnknown"),
    ],
)
def test_errors_are_told_apart(error, kind):
    assert type(kind_of(error)).__name__ == kind

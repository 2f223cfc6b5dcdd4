"""The mail with the answer, against a real mail server: sent once, tried again, given up, never lost."""

from datetime import timedelta

import pytest
from django.db.models import F
from django.test import override_settings
from django.utils import timezone

from feedback import answering, tasks
from feedback.models import Letter
from tests.feedback.conftest import asked, shown

pytestmark = pytest.mark.django_db
TEXT = "Yes, numbers 1 to 40.\n<b>Bottled water</b> is at the hall."


@pytest.fixture
def mail_server(smtp_sink):
    """Send Django's mail to the sink of this test."""
    with override_settings(
        EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend",
        EMAIL_HOST=smtp_sink.host,
        EMAIL_PORT=smtp_sink.port,
        EMAIL_TIMEOUT=5,
    ):
        yield smtp_sink


def answered(cast, notice, to="jan@mail.example") -> Letter:
    question = shown(asked(notice, "Is it <safe>?", email=to, wants_reply=True), cast.moderator)
    given = answering.answer_publicly(question, by=cast.author, seen_version=2, text=TEXT)
    return Letter.objects.get(answer=given)


def parts(message) -> tuple[str, str]:
    return (
        message.get_body(("plain",)).get_content().replace("\r\n", "\n"),
        message.get_body(("html",)).get_content(),
    )


def test_answer_arrives_as_text_and_html_with_its_link(cast, notice, mail_server):
    mail = answered(cast, notice)
    tasks.send_letter(mail.pk)
    (message,) = mail_server.box
    question = mail.answer.question
    text, html = parts(message)
    assert (message["To"], message["Subject"]) == (
        "jan@mail.example",
        f"Your question {question.reference} has an answer",
    )
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Reply-To"] == "hello@riverbank.example"
    for body in (text, html):
        assert f"https://riverbank.example/questions/{question.reference}/" in body
        assert "Water and Drainage, Riverbank Borough Council" in body
    assert TEXT in text
    assert "&lt;b&gt;Bottled water&lt;/b&gt;" in html
    assert "Is it &lt;safe&gt;?" in html


def test_sent_mail_is_recorded_and_not_sent_again(cast, notice, mail_server):
    mail = answered(cast, notice)
    tasks.send_letter(mail.pk)
    tasks.send_letter(mail.pk)
    mail.refresh_from_db()
    assert mail.status == "sent"
    assert mail.remote_id == mail_server.box[0]["Message-ID"]
    assert len(mail_server.box) == 1


def test_unknown_mailbox_is_given_up_with_a_sentence(cast, notice, mail_server):
    mail = answered(cast, notice, to="nobody@mail.example")
    tasks.send_letter(mail.pk)
    mail.refresh_from_db()
    assert (mail.status, mail.last_error) == ("failed", "The mail server refused it (550).")


def test_full_mailbox_is_tried_again_later(cast, notice, mail_server):
    mail = answered(cast, notice, to="busy@mail.example")
    tasks.send_letter(mail.pk)
    mail.refresh_from_db()
    assert (mail.status, mail.attempts) == ("retry", 1)
    assert mail.next_attempt_at > timezone.now()


def test_mail_server_away_keeps_the_mail(cast, notice):
    mail = answered(cast, notice)
    with override_settings(
        EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend", EMAIL_HOST="127.0.0.1", EMAIL_PORT=1
    ):
        tasks.send_letter(mail.pk)
    mail.refresh_from_db()
    assert (mail.status, mail.last_error) == (
        "retry",
        "The mail server could not be reached: ConnectionRefusedError.",
    )


def test_server_that_goes_away_in_the_middle_leaves_it_unknown_and_it_goes_again(cast, notice, mail_server):
    mail = answered(cast, notice)
    keep = type(mail_server).handle_DATA

    async def keep_and_hang_up(self, server, session, envelope):
        await keep(self, server, session, envelope)
        server.transport.abort()
        return "250 never heard"

    type(mail_server).handle_DATA = keep_and_hang_up
    try:
        tasks.send_letter(mail.pk)
    finally:
        type(mail_server).handle_DATA = keep
    mail.refresh_from_db()
    assert mail.status == "unknown"
    for _look in range(2):
        Letter.objects.update(next_attempt_at=timezone.now())
        tasks.settle_letter(mail.pk)
    tasks.send_letter(mail.pk)
    mail.refresh_from_db()
    assert mail.status == "sent"
    assert len({message["Message-ID"] for message in mail_server.box}) == 1


def test_sweep_revives_what_is_hours_late(cast, notice):
    mail = answered(cast, notice)
    Letter.objects.update(next_attempt_at=F("next_attempt_at") - timedelta(hours=5))
    with override_settings(CELERY_TASK_ALWAYS_EAGER=True):
        handed = []
        original = tasks.send_letter.delay
        tasks.send_letter.delay = handed.append
        try:
            tasks.sweep_letters()
            tasks.sweep_letters()
        finally:
            tasks.send_letter.delay = original
    assert handed == [mail.pk]
    tasks.send_letter(mail.pk)
    mail.refresh_from_db()
    assert mail.status == "sent"


def test_broker_away_does_not_break_the_answer(cast, notice, caplog, settings):
    mail = answered(cast, notice)
    tasks.hand_over(mail)
    mail.refresh_from_db()
    assert mail.status == "queued"

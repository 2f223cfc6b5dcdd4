"""Writes the mail that carries an answer and hands it to the mail server; keeps no state."""

import smtplib
from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from outbox.errors import NotSent, OutcomeUnknown, Rejected, SendError
from outbox.receipt import Receipt

from .models import Answer, Question

# An SMTP reply from here on means "never"; below it, "not now" (RFC 5321, 4.2.1).
FOR_GOOD = 500


def compose(question: Question, answer: Answer) -> dict[str, str]:
    """Return the whole mail as it will be sent: to, subject, text and HTML."""
    path = question.get_absolute_url() if answer.is_public else question.receipt_path
    context = {
        "question": question,
        "words": question.public_text or question.text,
        "answer": answer,
        "url": f"{settings.PORTAL_URL}{path}",
        "council": settings.COUNCIL,
    }
    subject = (
        _("Your question %(reference)s has an answer")
        if answer.number == 1
        else _("The answer to your question %(reference)s was corrected")
    )
    return {
        "to": question.email,
        "subject": subject % {"reference": question.reference},
        "text": render_to_string("emails/feedback_answer.txt", context),
        "html": render_to_string("emails/feedback_answer.html", context),
    }


def send(payload: dict[str, Any], *, key: str) -> Receipt:
    """Send one composed mail and return its Message-ID. Raises one of the five kinds of SendError.

    The Message-ID comes from `key`, so a mail sent twice is the same mail to most mailboxes.
    """
    if not payload.get("to"):
        raise Rejected(_("The address was removed, so there is nobody to send it to."))
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
    message_id = f"<{key}@{domain}>"
    connection = get_connection()
    message = EmailMultiAlternatives(
        payload["subject"],
        payload["text"],
        to=[payload["to"]],
        reply_to=[settings.COUNCIL.contact_email],
        headers={"Message-ID": message_id, "Auto-Submitted": "auto-generated"},
        connection=connection,
    )
    message.attach_alternative(payload["html"], "text/html")
    _open(connection)
    try:
        message.send()
    except (smtplib.SMTPException, OSError) as error:
        raise _kind_of(error) from error
    finally:
        connection.close()
    return Receipt(message_id)


def _open(connection: Any) -> None:
    try:
        connection.open()
    except (smtplib.SMTPException, OSError) as error:
        # Nothing was handed over yet.
        raise NotSent(_("The mail server could not be reached: %s.") % type(error).__name__) from error


def _kind_of(error: Exception) -> SendError:
    code = _reply_code(error)
    if code is None:
        return OutcomeUnknown(_("The mail server went away while it was being handed the mail."))
    if code >= FOR_GOOD:
        return Rejected(_("The mail server refused it (%s).") % code)
    return NotSent(_("The mail server asked to try again later (%s).") % code)


def _reply_code(error: Exception) -> int | None:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return next(iter(error.recipients.values()))[0]
    if isinstance(error, smtplib.SMTPResponseException):
        return error.smtp_code
    return None

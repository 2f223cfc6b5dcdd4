"""Writes the mail that carries an answer and hands it to the mail server; keeps no state."""

from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from outbox.errors import Rejected
from outbox.receipt import Receipt
from outbox.smtp import Mail, MailServer

from .models import Answer, Question


def compose(question: Question, answer: Answer, *, promising: Answer, to: str = "") -> dict[str, str]:
    """Return the whole mail as it will be sent: to, subject, text and HTML.

    `promising` is the answer that holds what is promised, the first of those given together. `to` is an
    address of somebody else who asks the same; empty: it goes to whoever asked.
    """
    path = question.get_absolute_url() if answer.is_public else question.receipt_path
    context = {
        "question": question,
        "words": question.public_text or question.text,
        "answer": answer,
        "promising": promising,
        "url": f"{settings.PORTAL_URL}{path}",
        "is_me_too": bool(to),
        "council": settings.COUNCIL,
    }
    return {
        "to": to or question.email,
        "subject": _subject(is_first=answer.number == 1, is_me_too=bool(to))
        % {"reference": question.reference},
        "text": render_to_string("emails/feedback_answer.txt", context),
        "html": render_to_string("emails/feedback_answer.html", context),
    }


def _subject(*, is_first: bool, is_me_too: bool) -> str:
    if is_me_too:
        return _("Question %(reference)s has an answer") if is_first else _("Answer corrected: %(reference)s")
    if is_first:
        return _("Your question %(reference)s has an answer")
    return _("The answer to your question %(reference)s was corrected")


def send(payload: dict[str, Any], *, key: str) -> Receipt:
    """Send one composed mail and return its Message-ID. Raises one of the five kinds of SendError."""
    if not payload.get("to"):
        raise Rejected(_("The address was removed, so there is nobody to send it to."))
    with MailServer() as server:
        return server.send(Mail(**payload, key=key, reply_to=settings.COUNCIL.contact_email))

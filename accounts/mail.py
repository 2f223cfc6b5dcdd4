"""Writes the mail that people on staff get from us; must not decide when to send it."""

from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string


def send(template: str, to: str, **context: Any) -> None:
    """Send `templates/emails/<template>` as text and HTML. Raises OSError, SMTPException."""
    words = {"council": settings.COUNCIL, "portal_url": settings.PORTAL_URL, **context}
    subject = render_to_string(f"emails/{template}_subject.txt", words).strip()
    message = EmailMultiAlternatives(subject, render_to_string(f"emails/{template}.txt", words), to=[to])
    message.attach_alternative(render_to_string(f"emails/{template}.html", words), "text/html")
    message.send()

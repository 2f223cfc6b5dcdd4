"""Writes the mails about hidden words: why, how to object, what came of it; sends nothing."""

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from . import letters
from .enums import LetterPurpose
from .models import Letter, Objection, Voice


def may_be_told(voice: Voice) -> bool:
    """Say whether its writer left an address that is theirs, or that they wanted an answer at."""
    return bool(voice.email) and (voice.email_confirmed_at is not None or voice.wants_reply)


def tell_hidden(voice: Voice) -> Letter | None:
    """Write the mail that says why words were hidden and how to object; None without an address for it."""
    if not may_be_told(voice):
        return None
    message = _message(voice, "hidden", _("What you sent us is not shown: %(reference)s"))
    once = f"hidden-{voice.pk}-{voice.version}"
    return letters.write(LetterPurpose.HIDDEN, message, once=once, voice=voice)


def tell_outcome(objection: Objection) -> Letter | None:
    """Write the mail that says what came of an objection; None without an address for it."""
    voice = objection.voice
    if not may_be_told(voice):
        return None
    message = _message(voice, "objection", _("Your objection: %(reference)s"), objection)
    once = f"objection-{objection.pk}"
    return letters.write(LetterPurpose.OBJECTION, message, once=once, voice=voice)


def _message(voice: Voice, name: str, subject: str, objection: Objection | None = None) -> dict[str, str]:
    context = {
        "voice": voice,
        "objection": objection,
        "url": f"{settings.PORTAL_URL}{voice.receipt_path}",
        "rules_url": f"{settings.PORTAL_URL}{reverse('feedback:moderation')}",
        "council": settings.COUNCIL,
    }
    return {
        "to": voice.email,
        "subject": subject % {"reference": voice.reference},
        "text": render_to_string(f"emails/feedback_{name}.txt", context),
        "html": render_to_string(f"emails/feedback_{name}.html", context),
    }

"""Sends the receipt to an address that was left, and learns from its link whether the address is right."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from visitors.limits import Limit, seconds_to_wait

from . import hidden_mail, letters, moderation, trust
from .enums import LetterPurpose, Sort, Status
from .models import Letter, Voice

_SALT = "feedback.receipts"
# Somebody who types another's address must not fill that inbox; a lively resident needs no more.
PER_ADDRESS = (Limit(5, 86400),)


def may_go_to(email: str) -> bool:
    """Count one receipt to `email` and say whether it may be sent: only the first few a day are."""
    return bool(email) and not seconds_to_wait("receipt", PER_ADDRESS, email.casefold())


def send(voice: Voice) -> Letter:
    """Write the receipt to the address left with `voice`, with a link that confirms the address.

    Part of the caller's transaction.
    """
    message = _compose(voice)
    return letters.write(LetterPurpose.CONFIRM_VOICE, message, once=_once(voice), voice=voice)


def is_mailed(voice: Voice) -> bool:
    """Say whether the receipt was sent to the address left with `voice`. One query."""
    return bool(voice.email) and Letter.objects.filter(once=_once(voice)).exists()


def confirm_path(voice: Voice) -> str:
    """Return the address that only its mail knows: the receipt's own would prove nothing."""
    return reverse("feedback:confirm_address", args=[signing.dumps([voice.pk, voice.person], salt=_SALT)])


def by_token(token: str) -> Voice | None:
    """Return what a confirming link is about, or None: forged, too old, or the address has gone since."""
    oldest = settings.FEEDBACK_UNFINISHED_DAYS * 86400
    try:
        key, person = signing.loads(token, salt=_SALT, max_age=oldest)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    rows = Voice.objects.filter(pk=key, person=person).exclude(email="")
    return rows.select_related("notice__live_edition", "notice__team").first()


def confirm(voice: Voice) -> None:
    """Keep that the address is its writer's; a second time changes nothing.

    Somebody trusted has the words shown by it (trust.py). Whose words were hidden before is told now: until
    then nobody knew that the address was theirs.
    """
    rows = Voice.objects.filter(pk=voice.pk, email_confirmed_at__isnull=True)
    if rows.update(email_confirmed_at=timezone.now()):
        trust.show_if_earned(voice)
        _tell_if_hidden(voice)


@transaction.atomic
def _tell_if_hidden(voice: Voice) -> None:
    """Write why the words are hidden; who hides them at this moment waits, and then writes the same mail."""
    row = moderation.locked(voice)
    if row.status == Status.HIDDEN and row.moderated_by_id is not None:
        hidden_mail.tell_hidden(row)


@dataclass(frozen=True)
class Step:
    """One thing that happened to what was sent, in words, and when."""

    words: str
    at: datetime


def happened(voice: Voice) -> list[Step]:
    """Return what happened so far, oldest first, as its writer may know it. Two queries."""
    steps = [
        (_("We received it"), voice.received_at),
        (_("Your address was confirmed"), voice.email_confirmed_at),
    ]
    if voice.status in (Status.PUBLISHED, Status.HIDDEN):
        shown = voice.status == Status.PUBLISHED
        words = _("A moderator read it and shows it") if shown else _("A moderator read it and hid it")
        if voice.is_on_trust:
            words = _("We show it at once, because moderators showed what you sent before")
        steps.append((words, voice.moderated_at))
    if voice.sort == Sort.QUESTION:
        for answer in voice.answers.order_by("number"):
            words = _("We answered it") if answer.number == 1 else _("We corrected the answer")
            steps.append((words, answer.published_at))
    for objection in voice.objections.all():
        steps += [
            (_("You objected"), objection.made_at),
            (_("Your objection was decided"), objection.decided_at),
        ]
    done = [Step(words, at) for words, at in steps if at]
    return sorted(done, key=lambda step: step.at)


def _once(voice: Voice) -> str:
    return f"receipt-{voice.pk}"


def _compose(voice: Voice) -> dict[str, str]:
    context = {
        "voice": voice,
        "receipt_url": f"{settings.PORTAL_URL}{voice.receipt_path}",
        "url": f"{settings.PORTAL_URL}{confirm_path(voice)}",
        "days": settings.FEEDBACK_UNFINISHED_DAYS,
        "council": settings.COUNCIL,
    }
    return {
        "to": voice.email,
        "subject": _("We have it: %(reference)s") % {"reference": voice.reference},
        "text": render_to_string("emails/feedback_receipt.txt", context),
        "html": render_to_string("emails/feedback_receipt.html", context),
    }

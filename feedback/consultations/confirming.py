"""Takes answers in with the mail that confirms their address; must not send it, nor draw a page."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from look import times

from .. import identity, letters
from ..enums import LetterPurpose, ResponseState
from ..models import Consultation, Response, Voice
from . import answering
from .answering import NotTaken, TooLate

_SALT = "feedback.confirm_response"


@transaction.atomic
def hand_in(response: Response, *, at: dt.datetime, is_in_burst: bool = False) -> Response:
    """Send a saved answer as of `at`, with a letter to its address where there is something to confirm.

    Raises NotTaken. Sent twice it is one answer and one letter.
    """
    row = answering.send(response, at=at, is_in_burst=is_in_burst)
    if needs_confirming(row):
        ask(row)
    return row


def needs_confirming(row: Response) -> bool:
    """Say whether the address is still to be confirmed: for the answer to count, or to hear the outcome."""
    if row.email_confirmed_at or not row.email:
        return False
    is_wanted = row.state == ResponseState.COUNTED and row.wants_outcome
    return row.state == ResponseState.UNCONFIRMED or is_wanted


def ask(row: Response) -> None:
    """Write the letter that leads to the button; one for each time the answer was saved and sent."""
    context = _about(row, f"{settings.PORTAL_URL}{_path(row)}")
    counts = row.state == ResponseState.UNCONFIRMED
    subject = _("Confirm your answer: %(title)s") if counts else _("Confirm your address: %(title)s")
    message = _message(row.email, subject, "confirm_response", {**context, "counts": counts})
    letters.write(
        LetterPurpose.CONFIRM_RESPONSE,
        message,
        once=f"response-{row.pk}-{row.version}",
        response=row,
        consultation=row.consultation,
    )


def mail_address(row: Response, to: str) -> None:
    """Write the letter with the address of a saved answer; once for each version of it and address."""
    path = reverse("consultations:go_on", args=[row.consultation.reference, row.token])
    subject = _("Go on with your answer: %(title)s")
    message = _message(to, subject, "come_back", _about(row, f"{settings.PORTAL_URL}{path}"))
    letters.write(
        LetterPurpose.COME_BACK,
        message,
        once=f"come-back-{row.pk}-{row.version}-{identity.person(to)[:16]}",
        response=row,
        consultation=row.consultation,
    )


def _about(row: Response, url: str) -> dict[str, Any]:
    return {
        "consultation": row.consultation,
        "closes": times.words(row.consultation.closes_at, "long"),
        "url": url,
        "council": settings.COUNCIL,
    }


def _message(to: str, subject: str, template: str, context: dict[str, Any]) -> dict[str, str]:
    titled = " ".join((subject % {"title": context["consultation"].title}).split())
    return {
        "to": to,
        "subject": titled,
        "text": render_to_string(f"emails/{template}.txt", context),
        "html": render_to_string(f"emails/{template}.html", {**context, "subject": titled}),
    }


def _path(row: Response) -> str:
    return reverse("consultations:confirm", args=[row.consultation.reference, token_of(row)])


def token_of(row: Response) -> str:
    """Return what stands in the letter's link: good for this answer as long as it has this address."""
    return signing.dumps([row.pk, row.email], salt=_SALT)


def find(consultation: Consultation, token: str) -> Response | None:
    """Return whose address `token` confirms; None for one that is not ours, or of another address."""
    try:
        pk, email = signing.loads(token, salt=_SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return Response.objects.filter(pk=pk, email=email, consultation=consultation).first()


@transaction.atomic
def confirm(response: Response, *, at: dt.datetime) -> Response:
    """Take the address as confirmed at `at`, and count the answer if it waits for that.

    Pressed twice it is once. Raises TooLate at or after the closing second, NotTaken for an answer that was
    taken back to be changed.
    """
    row = _locked(response)
    row.consultation = Consultation.objects.select_related("notice", "team").get(pk=row.consultation_id)
    if row.state == ResponseState.STARTED or row.email != response.email:
        raise NotTaken(_("You went back to change this answer. Send it again, and we send you a new link."))
    if row.state == ResponseState.UNCONFIRMED:
        if not row.consultation.takes_answers(at):
            raise TooLate(_("The consultation closed before the address was confirmed."))
        row.email_confirmed_at = at
        return answering.count(row, at)
    if row.email_confirmed_at is None:
        row.email_confirmed_at = at
        row.save(update_fields=["email_confirmed_at"])
        Voice.objects.filter(response=row, email=row.email).update(email_confirmed_at=at)
    return row


def _locked(response: Response) -> Response:
    """Return the answer as it is now, locked with every other of the same address, always in one order.

    So two of one address confirmed at the same time wait for each other, and never in a ring.
    """
    same = Response.objects.select_for_update().filter(
        consultation=response.consultation_id, email=response.email
    )
    rows = {row.pk: row for row in same.order_by("pk")}
    return rows.get(response.pk) or Response.objects.get(pk=response.pk)

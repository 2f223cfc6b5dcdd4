"""Writes the mails that tell people what came of a consultation they took part in; sends nothing."""

import secrets
from itertools import islice
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from .. import identity
from ..enums import LetterPurpose, ResponseState, Via
from ..models import Letter, Outcome, Response

# Rows in one statement.
BATCH = 500


def tell_outcome(outcome: Outcome) -> int:
    """Write one letter to everybody who took part, wanted to hear and left an address we know is theirs.

    Part of the caller's transaction; the sweep hands the rows to the workers. Twice is once. Returns how many
    people it concerns.
    """
    if outcome.consultation is None:
        return 0
    words, told = _words(outcome), 0
    people = to_tell(outcome).values_list("email", "pk").iterator(chunk_size=BATCH)
    while rows := [_letter(outcome, words, email, pk) for email, pk in islice(people, BATCH)]:
        Letter.objects.bulk_create(rows, ignore_conflicts=True)
        told += len(rows)
    return told


def to_tell(outcome: Outcome) -> QuerySet[Response]:
    """Return the counted answers whose people are told: the address is confirmed, or came on paper."""
    is_known = Q(email_confirmed_at__isnull=False) | ~Q(via=Via.WEB)
    rows = Response.objects.filter(is_known, consultation=outcome.consultation_id, wants_outcome=True)
    return rows.filter(state=ResponseState.COUNTED).exclude(email="").order_by("pk")


def _letter(outcome: Outcome, words: dict[str, str], email: str, response: int) -> Letter:
    person = identity.person(email)
    return Letter(
        purpose=LetterPurpose.OUTCOME,
        once=f"outcome-{outcome.pk}-{person}",
        key=f"{LetterPurpose.OUTCOME.value}-{secrets.token_hex(12)}",
        payload={"to": email, **words},
        person=person,
        response_id=response,
        consultation_id=outcome.consultation_id,
    )


def _words(outcome: Outcome) -> dict[str, str]:
    """Return the mail without its address: it is the same for everybody."""
    consultation = outcome.consultation
    assert consultation is not None
    context: dict[str, Any] = {
        "outcome": outcome,
        "consultation": consultation,
        "url": f"{settings.PORTAL_URL}{consultation.get_absolute_url()}",
        "council": settings.COUNCIL,
    }
    subject = " ".join((_("What came of “%(title)s”") % {"title": consultation.title}).split())
    return {
        "subject": subject,
        "text": render_to_string("emails/outcome.txt", context),
        "html": render_to_string("emails/outcome.html", {**context, "subject": subject}),
    }

"""Writes the mails that tell people what came of a consultation they took part in; sends nothing."""

import secrets
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from .. import identity
from ..enums import LetterPurpose, ResponseState, Via
from ..models import Letter, Outcome, Response

# Letters in one transaction: a tenth of a second's work, so that publishing waits for no more.
BATCH = 500


def begin(outcome: Outcome) -> None:
    """Write to the first of everybody who took part; `go_on` writes to the rest, if there are more.

    Part of the caller's transaction. Called once, when the outcome becomes public.
    """
    if outcome.consultation_id is not None:
        outcome.told_up_to = 0
        _write_batch(outcome)


def unfinished() -> list[int]:
    """Return the outcomes of which not everybody who took part is told yet. One query."""
    return list(Outcome.objects.filter(told_up_to__isnull=False).order_by("pk").values_list("pk", flat=True))


def go_on(pk: int) -> int:
    """Write to everybody who is not told of an outcome yet, batch by batch; return how many batches it took.

    A batch and the note that it is done are one transaction: a worker that dies leaves whole batches, whoever
    comes next goes on behind them, and two at once wait for each other.
    """
    batches = 0
    while _next_batch(pk):
        batches += 1
    return batches


@transaction.atomic
def _next_batch(pk: int) -> bool:
    outcome = Outcome.objects.select_for_update().filter(pk=pk, told_up_to__isnull=False).first()
    if outcome is not None:
        _write_batch(outcome)
    return outcome is not None


def _write_batch(outcome: Outcome) -> None:
    """Write one letter to each of the next people, and how far they are told. Twice is once."""
    words = _words(outcome)
    people = list(to_tell(outcome).filter(pk__gt=outcome.told_up_to).values_list("email", "pk")[:BATCH])
    rows = [_letter(outcome, words, email, key) for email, key in people]
    Letter.objects.bulk_create(rows, ignore_conflicts=True)
    outcome.told_up_to = people[-1][1] if len(people) == BATCH else None
    outcome.save(update_fields=["told_up_to"])


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

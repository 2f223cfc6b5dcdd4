"""Counts who else asks the same, and knows whom to tell the answer; must not know who pressed."""

import uuid
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from . import letters
from .enums import LetterPurpose, Status
from .models import MeToo, Question, Voice

# Who left no address counts at once; an address counts once it is confirmed.
_COUNTS = Q(email="") | Q(confirmed_at__isnull=False)


def count(questions: Iterable[Voice]) -> dict[int, int]:
    """Return how many others ask the same, by the question's key; none is left out. One query."""
    keys = [question.pk for question in questions]
    rows = MeToo.objects.filter(_COUNTS, question__in=keys).values_list("question")
    return dict.fromkeys(keys, 0) | dict(rows.annotate(number=Count("pk")))


def counted(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Return `rows`, each with `others`: how many more ask the same. No query of its own."""
    same = MeToo.objects.filter(_COUNTS, question=OuterRef("pk")).order_by().values("question")
    number = same.annotate(number=Count("pk")).values("number")
    return rows.annotate(others=Coalesce(Subquery(number), 0))


def people_to_tell(question: Question) -> list[str]:
    """Return the confirmed addresses that wait for the answer to `question`, each once. One query.

    Without the address that asked: its writer is told as its writer.
    """
    rows = MeToo.objects.filter(question=question, confirmed_at__isnull=False).exclude(email="")
    asker = question.email.casefold()
    return sorted({email for email in rows.values_list("email", flat=True) if email.casefold() != asker})


def is_open(question: Question) -> bool:
    """Say whether "me too" can be pressed: the question is shown and still waits for its answer."""
    return question.status == Status.PUBLISHED and question.current_answer_id is None


def add(question: Question, *, key: uuid.UUID, email: str = "") -> MeToo:
    """Count one more who asks the same; with an address, write to it so that it can be confirmed.

    The same form, and the same address, leave one row and one mail.
    """
    email = email.strip().lower()
    known = MeToo.objects.filter(Q(form_key=key) | Q(question=question, email=email) & ~Q(email="")).first()
    if known:
        return known
    try:
        with transaction.atomic():
            row = MeToo.objects.create(question=question, form_key=key, email=email)
            if email:
                letters.write(
                    LetterPurpose.CONFIRM_ME_TOO, _compose(row), once=f"me-too-{row.pk}", voice=question
                )
    except IntegrityError:
        # Two presses at once, and the other one was first.
        return MeToo.objects.get(Q(form_key=key) | Q(question=question, email=email) & ~Q(email=""))
    return row


def confirm(row: MeToo) -> None:
    """Count an address whose owner followed the link; a second time changes nothing."""
    MeToo.objects.filter(pk=row.pk, confirmed_at__isnull=True).update(confirmed_at=timezone.now())


def _compose(row: MeToo) -> dict[str, str]:
    question = row.question
    context = {
        "question": question,
        "url": settings.PORTAL_URL + reverse("feedback:me_too_confirm", args=[question.reference, row.token]),
        "days": settings.FEEDBACK_UNFINISHED_DAYS,
        "council": settings.COUNCIL,
    }
    return {
        "to": row.email,
        "subject": _("Confirm: tell me the answer to %(reference)s") % {"reference": question.reference},
        "text": render_to_string("emails/feedback_me_too.txt", context),
        "html": render_to_string("emails/feedback_me_too.html", context),
    }

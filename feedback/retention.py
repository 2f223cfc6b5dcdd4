"""How long names and addresses are kept, and their removal; the one place that says so."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from audit.recorder import record
from outbox.enums import FINISHED

from .enums import Status
from .models import Feedback, Letter, Question

DAYS_A_MONTH = 30.5


def months_kept() -> int:
    """Return for how many months a name and an address are kept, as told on the form and the receipt."""
    return int(settings.FEEDBACK_CONTACT_MONTHS)


def forget_addresses(now: datetime | None = None, *, dry_run: bool = False) -> dict[str, int]:
    """Empty names, e-mail addresses and links to people's own posts; return how many rows of each sort.

    Questions: that long after the answer, or after they were hidden. Feedback: after it was received. The
    mails that carried answers lose their content with the address. `dry_run` counts and changes nothing.
    """
    before = (now or timezone.now()) - timedelta(days=months_kept() * DAYS_A_MONTH)
    questions, feedback, mails = _questions(before), _feedback(before), _mails(before)
    counts = {"questions": questions.count(), "feedback": feedback.count(), "mails": mails.count()}
    if not dry_run and any(counts.values()):
        with transaction.atomic():
            mails.update(payload={})
            questions.update(**_NOBODY)
            feedback.update(**_NOBODY)
            record("addresses.forgotten", **counts)
    return counts


_NOBODY = {"name": "", "email": "", "handle": "", "source_url": ""}
_KNOWN = ~Q(**_NOBODY)


def _questions(before: datetime) -> QuerySet[Question]:
    answered = Q(current_answer__published_at__lt=before)
    hidden = Q(status=Status.HIDDEN, moderated_at__lt=before)
    over = Question.objects.filter(_KNOWN).filter(answered | hidden).values("pk")
    # The subquery keeps the UPDATE free of joins.
    return Question.objects.filter(pk__in=over)


def _feedback(before: datetime) -> QuerySet[Feedback]:
    return Feedback.objects.filter(_KNOWN, received_at__lt=before)


def _mails(before: datetime) -> QuerySet[Letter]:
    return Letter.objects.filter(created_at__lt=before, status__in=FINISHED).exclude(payload={})

"""Celery's thin door to the answer mails and to forgetting addresses; turns results into row states only."""

import logging
from datetime import timedelta

from celery import shared_task
from django.utils import timezone
from kombu.exceptions import OperationalError

from outbox import engine, settle, sweep
from outbox.enums import WAITING
from outbox.timing import timing

from . import mail, retention
from .models import AnswerMail

logger = logging.getLogger(__name__)


@shared_task
def send_answer_mail(pk: int) -> None:
    """Send one answer mail, if it is still to be sent and nobody else is sending it."""
    row = engine.claim(AnswerMail.objects.all(), pk)
    if row is not None:
        engine.deliver(row, lambda: mail.send(row.payload, key=row.key))


@shared_task
def settle_answer_mail(pk: int) -> None:
    """Decide about a mail nobody knows the fate of: a mailbox cannot be asked, so it goes again.

    It carries the same Message-ID, by which most mailboxes drop the second copy; an answer that never came
    would be worse than one that came twice.
    """
    row = settle.claim_settling(AnswerMail.objects.all(), pk)
    if row is not None:
        settle.settle(row, lambda: None, repeat_is_safe=True)


@shared_task
def sweep_answer_mails() -> None:
    """Find mails left behind: lost by the broker, orphaned by a dead worker, kept while we were off."""
    now, rows = timezone.now(), AnswerMail.objects.all()
    sweep.abandon_dead_claims(rows, now)
    # An answer is as true tomorrow: what is late is due now, not held for a person.
    nearly_late = now - timedelta(seconds=timing().late_after / 2)
    rows.filter(status__in=WAITING, next_attempt_at__lt=nearly_late).update(next_attempt_at=now)
    for ids, task in (
        (sweep.due_ids(rows, now), send_answer_mail),
        (sweep.settle_ids(rows, now), settle_answer_mail),
    ):
        sweep.mark_told(rows, ids, now)
        for pk in ids:
            task.delay(pk)


@shared_task
def forget_addresses() -> None:
    """Remove the names and e-mail addresses whose time is over; safe to run twice."""
    retention.forget_addresses()


def hand_over(answer_mail: AnswerMail) -> None:
    """Tell the workers about a mail just written; when the broker is away the sweep tells them later."""
    try:
        send_answer_mail.delay(answer_mail.pk)
    except (OperationalError, OSError):
        logger.warning("The broker is away; the sweep will hand over %s", answer_mail)

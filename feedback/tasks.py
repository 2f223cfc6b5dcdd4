"""Celery's thin door to the answer mails and to forgetting addresses; turns results into row states only."""

import logging

from celery import shared_task
from kombu.exceptions import OperationalError

from outbox import engine, mails

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
    """Decide about a mail nobody knows the fate of."""
    mails.settle_one(AnswerMail.objects.all(), pk)


@shared_task
def sweep_answer_mails() -> None:
    """Find mails left behind: lost by the broker, orphaned by a dead worker, kept while we were off."""
    due = mails.collect(AnswerMail.objects.all(), AnswerMail.objects.all())
    for task, ids in ((send_answer_mail, due.deliver), (settle_answer_mail, due.settle)):
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

"""Celery's thin door to the letters; turns results into row states only."""

import logging

from celery import shared_task
from kombu.exceptions import OperationalError

from outbox import engine, mails

from . import bulk, mail, nagging, reading, summarising, weekly
from .consultations import closing, lapsing, telling
from .counting import folding
from .models import Letter

logger = logging.getLogger(__name__)


@shared_task
def send_letter(pk: int) -> None:
    """Send one letter, if it is still to be sent and nobody else is sending it."""
    row = engine.claim(Letter.objects.all(), pk)
    if row is not None:
        engine.deliver(row, lambda: mail.send(row.payload, key=row.key))


@shared_task
def settle_letter(pk: int) -> None:
    """Decide about a mail nobody knows the fate of."""
    mails.settle_one(Letter.objects.all(), pk)


@shared_task
def sweep_letters() -> None:
    """Find mails left behind: lost by the broker, orphaned by a dead worker, kept while we were off."""
    due = mails.collect(Letter.objects.all(), Letter.objects.all())
    for task, ids in ((send_letter, due.deliver), (settle_letter, due.settle)):
        for pk in ids:
            task.delay(pk)


@shared_task
def read_new_words() -> None:
    """File what was published lately under a theme, and guess its mood; safe to run twice."""
    reading.read_new()


@shared_task
def learn_themes() -> None:
    """Find anew what the town speaks of."""
    reading.learn_themes()


@shared_task
def sum_up() -> None:
    """Make the written summaries that are due."""
    summarising.refresh_due()


@shared_task
def write_digests() -> None:
    """Write last week's digests to councillors; safe to run twice."""
    weekly.write_digests()


@shared_task
def nag() -> None:
    """Tell people on staff what they owe residents; safe to run twice."""
    nagging.nag()


@shared_task
def close_consultations() -> None:
    """Close the consultations whose time is up."""
    closing.close_due()


@shared_task
def mark_consultations() -> None:
    """Write down what has opened and what is owed for long, so that residents' pages say so."""
    lapsing.mark()


@shared_task
def tell_outcomes() -> None:
    """Go on writing to those who took part, where one transaction was not enough; safe to run twice."""
    for pk in telling.unfinished():
        telling.go_on(pk)


@shared_task
def fold_counts() -> None:
    """Add alike counts together; safe to run twice."""
    folding.fold()


@shared_task
def work_on_bulk(pk: int) -> None:
    """Go on with a bulk decision; safe to run twice and at once."""
    bulk.work(pk)


@shared_task
def sweep_bulk() -> None:
    """Find bulk decisions left behind: lost by the broker, or by a worker that died."""
    for pk in bulk.unfinished():
        work_on_bulk.delay(pk)


def hand_over_bulk(pk: int) -> None:
    """Tell the workers about a bulk decision; when the broker is away the sweep tells them later."""
    try:
        work_on_bulk.delay(pk)
    except (OperationalError, OSError):
        logger.warning("The broker is away; the sweep will hand over the bulk decision %s", pk)


def hand_over(letter: Letter) -> None:
    """Tell the workers about a mail just written; when the broker is away the sweep tells them later."""
    try:
        send_letter.delay(letter.pk)
    except (OperationalError, OSError):
        logger.warning("The broker is away; the sweep will hand over %s", letter)

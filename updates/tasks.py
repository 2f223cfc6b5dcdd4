"""Celery's thin door to what is due and to the reminders; turns results into row states only."""

from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from outbox import engine, settle, sweep
from outbox.enums import WAITING, Status
from outbox.moves import Move
from outbox.rows import move
from outbox.smtp import Mail, MailServer
from outbox.timing import timing

from . import link_watch, reminders
from .due import run_due as run
from .models import Reminder


@shared_task
def run_due() -> None:
    """Publish, end and remind whatever the clock says; safe to run twice at once."""
    run()


@shared_task
def ask_links() -> None:
    """Ask the linked addresses that are due whether they still answer."""
    link_watch.ask_due()


@shared_task
def renew_links() -> None:
    """Watch what is linked now, and forget what is not."""
    link_watch.renew()


@shared_task
def send_reminder(pk: int) -> None:
    """Send one reminder, if what it reminds of is still to be done and nobody else is sending it."""
    row = engine.claim(reminders.wanted(Reminder.objects.all()), pk)
    if row is not None:
        mail = Mail(**row.payload, key=row.key)
        with MailServer() as server:
            engine.deliver(row, lambda: server.send(mail))


@shared_task
def settle_reminder(pk: int) -> None:
    """Decide about a mail nobody knows the fate of: it goes again, under the same Message-ID."""
    row = settle.claim_settling(Reminder.objects.all(), pk)
    if row is not None:
        settle.settle(row, lambda: None, repeat_is_safe=True)


@shared_task
def sweep_reminders() -> None:
    """Hand reminders to the workers, cancel those that are not true any more, find the ones left behind."""
    now, rows = timezone.now(), Reminder.objects.all()
    sweep.abandon_dead_claims(rows, now)
    still_wanted = reminders.wanted(rows)
    move(rows.exclude(pk__in=still_wanted.values("pk")), Move.WITHDRAW_UNSENT, status=Status.CANCELLED)
    # A promise is as late tomorrow: what was kept while we were off is due now, not held for a person.
    nearly_late = now - timedelta(seconds=timing().late_after / 2)
    rows.filter(status__in=WAITING, next_attempt_at__lt=nearly_late).update(next_attempt_at=now)
    for ids, task in (
        (sweep.due_ids(still_wanted, now), send_reminder),
        (sweep.settle_ids(rows, now), settle_reminder),
    ):
        sweep.mark_told(rows, ids, now)
        for pk in ids:
            task.delay(pk)

"""Celery's thin door to what is due and to the reminders; turns results into row states only."""

from celery import shared_task

from outbox import engine, mails
from outbox.enums import Status
from outbox.moves import Move
from outbox.rows import move
from outbox.smtp import Mail, MailServer

from . import keeping, link_watch, reminders
from .due import run_due as run
from .models import Reminder


@shared_task
def run_due() -> None:
    """Publish, end and remind whatever the clock says; safe to run twice at once."""
    run()


@shared_task
def forget() -> None:
    """Do away with what is known about people once its time is over; safe to run twice."""
    keeping.forget()


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
    """Decide about a mail nobody knows the fate of."""
    mails.settle_one(Reminder.objects.all(), pk)


@shared_task
def sweep_reminders() -> None:
    """Hand reminders to the workers, cancel those that are not true any more, find the ones left behind."""
    rows, wanted = Reminder.objects.all(), reminders.wanted(Reminder.objects.all())
    move(rows.exclude(pk__in=wanted.values("pk")), Move.WITHDRAW_UNSENT, status=Status.CANCELLED)
    due = mails.collect(rows, wanted)
    for task, ids in ((send_reminder, due.deliver), (settle_reminder, due.settle)):
        for pk in ids:
            task.delay(pk)

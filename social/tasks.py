"""Celery's doors into the social room: thin, with ids only; a row's state is the only memory."""

from celery import shared_task

from . import account_care, delivery, sweeping
from .models import Account
from .register import log


@shared_task
def deliver(delivery_id: int) -> None:
    """Send one delivery if it is due and may be sent."""
    delivery.deliver_one(delivery_id)


@shared_task
def reconcile(delivery_id: int) -> None:
    """Look for one delivery whose outcome is unknown."""
    delivery.settle_one(delivery_id)


@shared_task
def remove(delivery_id: int) -> None:
    """Take one withdrawn post down."""
    delivery.remove_one(delivery_id)


@shared_task
def check_account(account_id: int) -> None:
    """Ask one account's platform whether it can post."""
    account_care.check(account_id)


@shared_task
def sweep() -> None:
    """Find rows left behind and hand them out."""
    due = sweeping.collect()
    for task, ids in ((deliver, due.deliver), (reconcile, due.reconcile), (remove, due.remove)):
        for pk in ids:
            task.delay(pk)


@shared_task
def write_log() -> None:
    """Append to the public log what was published and is not in it yet."""
    log.catch_up()


@shared_task
def check_accounts() -> None:
    """Hand out a check of every connected account."""
    for pk in Account.objects.connected().values_list("pk", flat=True):
        check_account.delay(pk)

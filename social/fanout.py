"""Tells the workers which rows wait for them, after the commit; does no work itself.

A broker that is away loses nothing: the rows are in the database, and the sweep finds them.
"""

from django.db import transaction
from django.utils import timezone

from outbox.sweep import mark_told

from . import tasks
from .models import Delivery


def deliver_on_commit(ids: list[int]) -> None:
    """Hand rows to the workers for sending once the transaction is committed."""
    transaction.on_commit(lambda: _tell("deliver", ids), robust=True)


def remove_on_commit(ids: list[int]) -> None:
    """Hand rows to the workers for removal once the transaction is committed."""
    transaction.on_commit(lambda: _tell("remove", ids), robust=True)


def _tell(task: str, ids: list[int]) -> None:
    for pk in ids:
        getattr(tasks, task).delay(pk)
    mark_told(Delivery.objects.all(), ids, timezone.now())

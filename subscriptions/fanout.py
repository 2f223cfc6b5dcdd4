"""Tells the workers which mails wait for them, after the commit; does no work itself.

A broker that is away loses nothing: the rows are in the database, and the sweep finds them.
"""

from django.db import transaction
from django.utils import timezone

from outbox.sweep import mark_told

from . import tasks
from .models import Batch, Wish


def deliver_on_commit(ids: list[int], *, alarm: bool = False) -> None:
    """Hand batches to the workers once the transaction is committed; alarms have a queue of their own."""
    if ids:
        transaction.on_commit(lambda: _tell(ids, alarm), robust=True)


def answer_on_commit(wish: Wish) -> None:
    """Hand a wish to the workers once the transaction is committed."""
    pk = wish.pk
    transaction.on_commit(lambda: _answer(pk), robust=True)


def _tell(ids: list[int], alarm: bool) -> None:
    for pk in ids:
        tasks.hand_out_batch(pk, alarm=alarm)
    mark_told(Batch.objects.all(), ids, timezone.now())


def _answer(pk: int) -> None:
    tasks.answer.delay(pk)
    mark_told(Wish.objects.all(), [pk], timezone.now())

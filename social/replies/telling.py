"""Tells the workers which answers wait for them, after the commit; does no work itself."""

from django.db import transaction
from django.utils import timezone

from outbox.sweep import mark_told

from .. import tasks
from ..models import AnswerPost


def answer_on_commit(ids: list[int]) -> None:
    """Hand answers to the workers for sending once the transaction is committed."""
    transaction.on_commit(lambda: _tell(ids), robust=True)


def _tell(ids: list[int]) -> None:
    for pk in ids:
        tasks.send_answer.delay(pk)
    mark_told(AnswerPost.objects.all(), ids, timezone.now())

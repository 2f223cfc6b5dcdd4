"""Celery's doors into subscriptions: thin, with ids only; a row's state is the only memory."""

from celery import shared_task

from . import delivery, digests, letters, sweeping

LETTERS, ALARMS = "letters", "alarms"


@shared_task
def deliver(batch_id: int) -> None:
    """Send what is left of one batch, if it is due and still stands."""
    delivery.deliver_one(batch_id)


@shared_task
def settle_batch(batch_id: int) -> None:
    """Take up one batch whose worker died."""
    delivery.settle_one(batch_id)


@shared_task
def answer(wish_id: int) -> None:
    """Send the mail that answers one wish."""
    letters.answer_one(wish_id)


@shared_task
def settle_answer(wish_id: int) -> None:
    """Take up one answer whose fate nobody knows."""
    letters.settle_one(wish_id)


@shared_task
def sweep() -> None:
    """Find rows left behind and hand them out."""
    batches, wishes = sweeping.collect_batches(), sweeping.collect_wishes()
    for pk in batches.deliver:
        hand_out_batch(pk)
    for pk in batches.settle:
        settle_batch.delay(pk)
    for pk in wishes.deliver:
        answer.delay(pk)
    for pk in wishes.settle:
        settle_answer.delay(pk)


@shared_task
def make_digests() -> None:
    """Make the digests that are due; the sweep hands them out."""
    digests.make_due()


def hand_out_batch(pk: int, *, alarm: bool = False) -> None:
    """Queue one batch; alarms have a queue of their own, so that no letters are before them."""
    deliver.apply_async((pk,), queue=ALARMS if alarm else LETTERS)

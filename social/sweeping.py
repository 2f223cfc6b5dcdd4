"""Does the bookkeeping of the sweep: gives up dead claims, holds late rows, and lists what is due."""

from dataclasses import dataclass

from django.utils import timezone

from outbox import sweep

from .delivery import claimable
from .models import Delivery


@dataclass(frozen=True)
class Due:
    """Ids that workers should hear of now."""

    deliver: list[int]
    reconcile: list[int]
    remove: list[int]


def collect() -> Due:
    """Put left-behind rows in order and return what is due; remembers that the ids were handed out."""
    now = timezone.now()
    rows = Delivery.objects.all()
    sweep.abandon_dead_claims(rows, now)
    sweep.hold_late(rows, now)
    due = Due(
        deliver=sweep.due_ids(claimable(), now),
        reconcile=sweep.settle_ids(rows, now),
        remove=sweep.removal_ids(rows, now),
    )
    # Before the handing over: if that fails, the rows come up again in a minute.
    sweep.mark_told(rows, due.deliver + due.reconcile + due.remove, now)
    return due

"""What all rows of mail have in common when they are left behind; must not know what a mail says."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from . import settle, sweep
from .engine import Outcome
from .enums import WAITING
from .models import OutgoingRow
from .timing import timing


@dataclass(frozen=True)
class Due:
    """Ids of the rows that workers should hear of now."""

    deliver: list[int]
    settle: list[int]


def collect(rows: QuerySet, sendable: QuerySet) -> Due:
    """Put `rows` in order and return what is due of `sendable`; remembers that the ids were handed out."""
    now = timezone.now()
    sweep.abandon_dead_claims(rows, now)
    _keep_due(rows, now)
    due = Due(sweep.due_ids(sendable, now), sweep.settle_ids(rows, now))
    # Before the handing over: if that fails, the rows come up again in a minute.
    sweep.mark_told(rows, due.deliver + due.settle, now)
    return due


def settle_one(rows: QuerySet, pk: int) -> Outcome | None:
    """Decide about a mail nobody knows the fate of: a mailbox cannot be asked, so it goes again.

    It carries the same Message-ID, by which most mailboxes drop the second copy; a mail that never came would
    be worse than one that came twice.
    """
    row = settle.claim_settling(rows, pk)
    return settle.settle(row, lambda: None, repeat_is_safe=True) if row is not None else None


def _keep_due(rows: QuerySet[OutgoingRow], now: datetime) -> None:
    """Mail may be late and is still due, not held for a person: what it tells is looked at before it goes."""
    nearly_late = now - timedelta(seconds=timing().late_after / 2)
    rows.filter(status__in=WAITING, next_attempt_at__lt=nearly_late).update(next_attempt_at=now)

"""Puts left-behind rows in order and lists what is due; hands nothing out and sends nothing."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from outbox import sweep
from outbox.enums import WAITING
from outbox.models import OutgoingRow
from outbox.removal import cancel_unsent
from outbox.timing import timing

from .delivery import claimable, overtaken
from .models import Batch, Wish


@dataclass(frozen=True)
class Due:
    """Numbers of rows that workers should hear of now."""

    deliver: list[int]
    settle: list[int]


def collect_batches() -> Due:
    """Return the batches to send and those to settle; remembers that they were handed out."""
    cancel_unsent(
        overtaken().filter(status__in=WAITING), _("Withdrawn, ended or replaced before it was sent.")
    )
    return _collect(Batch.objects.order_by(), claimable())


def collect_wishes() -> Due:
    """Return the wishes to answer and those to settle; remembers that they were handed out."""
    return _collect(Wish.objects.all(), Wish.objects.all())


def _collect(rows: QuerySet, sendable: QuerySet) -> Due:
    now = timezone.now()
    sweep.abandon_dead_claims(rows, now)
    _keep_due(rows, now)
    due = Due(sweep.due_ids(sendable, now), sweep.settle_ids(rows, now))
    sweep.mark_told(rows, due.deliver + due.settle, now)
    return due


def _keep_due(rows: QuerySet[OutgoingRow], now: datetime) -> None:
    """A resident's mail may be late and is still due: what it tells is looked at again before it goes."""
    nearly_late = now - timedelta(seconds=timing().late_after / 2)
    rows.filter(status__in=WAITING, next_attempt_at__lt=nearly_late).update(next_attempt_at=now)

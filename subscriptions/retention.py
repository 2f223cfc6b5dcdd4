"""How long what is known about subscribers is kept, and its removal; the one place that says so."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from audit.recorder import record

from .models import Copy, Mailing, Subscriber, Wish


def forget(now: datetime | None = None, *, dry_run: bool = False) -> dict[str, int]:
    """Delete what is over; return how many rows of each sort. `dry_run` counts and changes nothing.

    Wishes a week after they were made, confirmed or not; subscribers who left, and the records of who was
    sent what, a year later (settings.SUBSCRIPTIONS_…). Mailings go once nobody's record hangs on them.
    """
    now = now or timezone.now()
    wishes, subscribers, copies = _wishes(now), _ended(now), _copies(now)
    counts = {"wishes": wishes.count(), "subscribers": subscribers.count(), "copies": copies.count()}
    if not dry_run and any(counts.values()):
        with transaction.atomic():
            for rows in (wishes, copies, subscribers):
                rows.delete()
            Mailing.objects.filter(_is_old("created_at", now), batches__copies=None).delete()
            record("subscriptions.forgotten", **counts)
    return counts


def _wishes(now: datetime) -> QuerySet[Wish]:
    return Wish.objects.filter(created_at__lt=now - timedelta(days=settings.SUBSCRIPTIONS_CONFIRM_DAYS))


def _ended(now: datetime) -> QuerySet[Subscriber]:
    return Subscriber.objects.filter(_is_old("ended_at", now))


def _copies(now: datetime) -> QuerySet[Copy]:
    return Copy.objects.filter(_is_old("at", now))


def _is_old(column: str, now: datetime) -> Q:
    return Q(**{f"{column}__lt": now - timedelta(days=settings.SUBSCRIPTIONS_ENDED_DAYS)})

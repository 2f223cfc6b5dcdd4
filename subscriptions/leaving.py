"""Leaving, pausing, and being left because mail comes back; each is safe to repeat."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from .enums import Ended
from .models import Subscriber

# So many mails that came back within so many days end it, though each might have been a passing fault.
SOFT_BOUNCES = 5
SOFT_BOUNCE_DAYS = 90


def leave(subscriber: Subscriber, subscription_ids: list[int]) -> None:
    """End these subscriptions; none named, or none left afterwards, ends all."""
    if subscription_ids:
        subscriber.subscriptions.filter(pk__in=subscription_ids).delete()
        if subscriber.subscriptions.exists():
            return
    end(subscriber, Ended.LEFT)


def end(subscriber: Subscriber, why: str) -> None:
    """Send this subscriber nothing any more. What they followed is kept until they are forgotten."""
    Subscriber.objects.active().filter(pk=subscriber.pk).update(ended_at=timezone.now(), ended_why=why)
    subscriber.refresh_from_db()


def pause(subscriber: Subscriber, days: int) -> None:
    """Send nothing for so many days; 0 ends a pause."""
    subscriber.paused_until_at = timezone.now() + timedelta(days=days) if days else None
    subscriber.save(update_fields=["paused_until_at"])


def note_bounce(subscriber: Subscriber, *, for_good: bool, now: datetime | None = None) -> None:
    """Count a mail that came back: one for good ends it, so does the fifth of any sort in three months."""
    now = now or timezone.now()
    with transaction.atomic():
        row = Subscriber.objects.select_for_update().get(pk=subscriber.pk)
        is_old = row.bounced_at is None or row.bounced_at < now - timedelta(days=SOFT_BOUNCE_DAYS)
        row.soft_bounces = 1 if is_old else row.soft_bounces + 1
        row.bounced_at = now
        row.save(update_fields=["soft_bounces", "bounced_at"])
        if for_good or row.soft_bounces >= SOFT_BOUNCES:
            end(row, Ended.BOUNCED)

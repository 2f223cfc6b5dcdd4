"""Joining: a wish is kept, one mail asks whether it is meant, and only a press of its button makes it so."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from outbox.enums import Status
from updates.models import Notice

from .enums import Purpose
from .links import CONFIRM_DAYS
from .models import Subscriber, Subscription, Wish
from .models.choice import SETTINGS, WHAT

# One address gets one mail in this time, however often a form is sent.
MAIL_EVERY = timedelta(hours=1)
# More than anybody needs; more than this is somebody else's joke.
MOST_WISHES = 10
MOST_SUBSCRIPTIONS = 30


def normalised(address: str) -> str:
    """Return an address as it is kept: in small letters, so that one mailbox is one subscriber."""
    return address.strip().lower()


def wish(address: str, purpose: str = Purpose.JOIN, **choice: Any) -> Wish:
    """Keep what was asked for at `address`; the same single row whether anybody knows the address or not."""
    made = Wish(address=normalised(address), purpose=purpose, payload={}, **choice)
    made.target = made.target_of()
    # One number in the key for each sending: the Message-ID is not to be guessed.
    made.key = f"wish-{Subscriber._meta.get_field('key').get_default()}"
    made.save(force_insert=True)
    return made


def may_be_mailed(wish: Wish, now: datetime) -> bool:
    """Say whether a wish's mail may go: its address had none of this sort within the hour."""
    lately = Wish.objects.filter(address=wish.address, purpose=wish.purpose, sent_at__gt=now - MAIL_EVERY)
    return not lately.exclude(pk=wish.pk).exists()


def waiting(address: str, now: datetime | None = None) -> list[Wish]:
    """Return what was asked for at an address within the week and is not confirmed: each target once, the
    last word on it, newest first."""
    since = (now or timezone.now()) - timedelta(days=CONFIRM_DAYS)
    asked = Wish.objects.filter(
        address=address, purpose=Purpose.JOIN, confirmed_at=None, created_at__gt=since
    ).filter(Q(notice__isnull=True) | Q(notice__in=Notice.objects.live()))
    newest: dict[str, Wish] = {}
    for each in asked.select_related("notice__live_edition", "ward").order_by("-created_at", "-pk"):
        newest.setdefault(each.target, each)
    return list(newest.values())[:MOST_WISHES]


def forget_repeats(wish: Wish) -> None:
    """Delete what a wish says again, and more than anybody asks for: a form sent all day leaves few rows."""
    unmailed = Wish.objects.filter(
        address=wish.address, purpose=wish.purpose, status=Status.CANCELLED, confirmed_at=None
    ).exclude(pk=wish.pk)
    unmailed.filter(target=wish.target).delete()
    surplus = unmailed.order_by("-pk").values_list("pk", flat=True)[MOST_WISHES:]
    Wish.objects.filter(pk__in=list(surplus)).delete()


def confirm(address: str, wishes: list[Wish], now: datetime | None = None) -> Subscriber:
    """Make subscriptions of `wishes`; all that was asked for at the address is settled by it. Safe to repeat.

    Somebody who had left starts afresh: what they followed then does not come back by itself.
    """
    now = now or timezone.now()
    with transaction.atomic():
        subscriber, _is_new = Subscriber.objects.get_or_create(
            address=address, defaults={"confirmed_at": now}
        )
        subscriber = Subscriber.objects.select_for_update().get(pk=subscriber.pk)
        if not subscriber.is_active:
            subscriber.subscriptions.all().delete()
            come_back(subscriber)
        for each in wishes:
            _follow(subscriber, each, now)
        Wish.objects.filter(address=address, confirmed_at=None, purpose=Purpose.JOIN).update(confirmed_at=now)
    return subscriber


def come_back(subscriber: Subscriber) -> None:
    """Let somebody who had left get mail again."""
    subscriber.ended_at, subscriber.ended_why, subscriber.soft_bounces = None, "", 0
    subscriber.save(update_fields=["ended_at", "ended_why", "soft_bounces"])


def _follow(subscriber: Subscriber, wish: Wish, now: datetime) -> None:
    what = {name: getattr(wish, name) for name in (*WHAT, *SETTINGS)}
    if not subscriber.subscriptions.filter(target=wish.target).exists():
        if subscriber.subscriptions.count() >= MOST_SUBSCRIPTIONS:
            return
        what["since_at"] = now
    Subscription.objects.update_or_create(subscriber=subscriber, target=wish.target, defaults=what)

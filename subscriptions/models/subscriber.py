"""Who gets mail, and what they follow; as little as possible, and nobody who has not confirmed it."""

import secrets
from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..enums import Ended
from .choice import Choice


def new_key() -> str:
    """Return what makes a subscriber's links unguessable: 128 random bits."""
    return secrets.token_hex(16)


class SubscriberQuerySet(models.QuerySet["Subscriber"]):
    """Who may be written to, as verbs."""

    def active(self) -> "SubscriberQuerySet":
        """Return those who have not left."""
        return self.filter(ended_at__isnull=True)

    def reachable(self, now: datetime) -> "SubscriberQuerySet":
        """Return those who want mail at this moment: neither gone nor pausing."""
        return self.active().filter(Q(paused_until_at__isnull=True) | Q(paused_until_at__lte=now))


class Subscriber(models.Model):
    """One e-mail address that was confirmed, and how it fares."""

    address = models.EmailField(_("e-mail address"), max_length=254, unique=True)
    key = models.CharField(max_length=32, unique=True, default=new_key, editable=False)
    confirmed_at = models.DateTimeField(_("confirmed"), default=timezone.now)
    paused_until_at = models.DateTimeField(_("paused until"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    ended_why = models.CharField(_("why it ended"), max_length=10, choices=Ended, blank=True)
    # Mails that came back although the mailbox may exist; the fifth within three months ends it.
    soft_bounces = models.PositiveSmallIntegerField(_("mails that came back"), default=0)
    bounced_at = models.DateTimeField(_("last came back"), null=True, blank=True)

    objects = SubscriberQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_why="")
                | Q(ended_at__isnull=False) & ~Q(ended_why=""),
                name="subscriber_ended_for_a_reason",
            ),
            models.CheckConstraint(condition=~Q(address=""), name="subscriber_has_an_address"),
        ]
        indexes = [models.Index(fields=["ended_at"], name="subscriber_ended")]

    def __str__(self) -> str:
        # Never the address: this stands in logs.
        return f"subscriber {self.pk}"

    @property
    def is_active(self) -> bool:
        """Say whether they have not left."""
        return self.ended_at is None


class Subscription(Choice):
    """One thing a subscriber follows."""

    subscriber = models.ForeignKey(Subscriber, on_delete=models.CASCADE, related_name="subscriptions")
    since_at = models.DateTimeField(_("since"), default=timezone.now)

    class Meta(Choice.Meta):
        ordering = ["since_at", "pk"]
        constraints = [
            *Choice.Meta.constraints,
            models.UniqueConstraint(fields=["subscriber", "target"], name="subscription_once_per_target"),
        ]
        indexes = [
            models.Index(fields=["cadence", "ward"], name="subscription_ward"),
            models.Index(fields=["cadence", "notice"], name="subscription_notice"),
        ]

    def __str__(self) -> str:
        return f"{self.subscriber}: {self.target}"

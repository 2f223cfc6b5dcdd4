"""Whom the portal calls when something is wrong with an account, and the calls themselves."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from outbox.models import OutgoingRow

from .account import Account
from .watch import Incident


class OnCallContact(models.Model):
    """Somebody on duty, or a machine that wakes somebody: an e-mail address, a webhook, or both."""

    name = models.CharField(_("name"), max_length=120)
    email = models.EmailField(_("e-mail address"), blank=True)
    webhook_url = models.URLField(_("webhook"), max_length=500, blank=True)
    # The webhook's signing key, sealed (social.credentials).
    sealed_secret = models.BinaryField(default=bytes, editable=False)
    added_at = models.DateTimeField(_("added"), default=timezone.now)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    removed_at = models.DateTimeField(_("taken off the list"), null=True, blank=True)

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(email="") | ~Q(webhook_url=""), name="social_on_call_can_be_reached"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Alarm(OutgoingRow):
    """One call to one contact, by mail or webhook, about one incident or one account."""

    class Way(models.TextChoices):
        """How a contact is called."""

        MAIL = "mail", _("E-mail")
        WEBHOOK = "webhook", _("Webhook")

    contact = models.ForeignKey(OnCallContact, on_delete=models.PROTECT, related_name="alarms")
    way = models.CharField(_("by"), max_length=7, choices=Way)
    incident = models.ForeignKey(
        Incident, null=True, blank=True, on_delete=models.PROTECT, related_name="alarms"
    )
    account = models.ForeignKey(
        Account, null=True, blank=True, on_delete=models.PROTECT, related_name="alarms"
    )
    # What it is about when there is no incident ("access-14"); the same thing calls nobody twice.
    reason = models.CharField(max_length=60, blank=True)

    class Meta(OutgoingRow.Meta):
        ordering = ["-created_at", "-pk"]
        constraints = [
            *OutgoingRow.Meta.constraints,
            models.UniqueConstraint(
                fields=["contact", "way", "incident", "reason"],
                condition=Q(incident__isnull=False),
                name="social_alarm_once_per_incident",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_way_display()} to {self.contact}"

"""Accounts on platforms, staff's wording for them, and one delivery per edition and account."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from outbox.models import OutgoingRow

from .enums import Channel

if TYPE_CHECKING:
    from accounts.models import Team


class AccountQuerySet(models.QuerySet["Account"]):
    """What may be done with which accounts, as verbs."""

    def connected(self) -> "AccountQuerySet":
        """Return the accounts that are ours now."""
        return self.filter(disconnected_at__isnull=True)

    def open_to(self, team: "Team") -> "AccountQuerySet":
        """Return the connected accounts a team may post to."""
        return self.connected().filter(teams=team).order_by("channel", "handle")

    def may_send(self) -> "AccountQuerySet":
        """Return the accounts to which something may be sent at this moment."""
        return self.connected().filter(locked_at__isnull=True, broken_at__isnull=True)


class Account(models.Model):
    """One connected identity on a platform: who may post to it, whether it may be used, and how it is."""

    channel = models.CharField(_("platform"), max_length=12, choices=Channel)
    base_url = models.URLField(_("server"), max_length=300, blank=True)
    handle = models.CharField(_("name on the platform"), max_length=200)
    display_name = models.CharField(_("shown as"), max_length=200, blank=True)
    remote_account_id = models.CharField(max_length=300, editable=False)
    teams = models.ManyToManyField("accounts.Team", related_name="social_accounts", verbose_name=_("teams"))

    # Encrypted with settings.CREDENTIALS_KEY (social.credentials); never shown, never logged.
    sealed_secrets = models.BinaryField(editable=False, default=bytes)
    # One worker at a time renews a session (social.sessions).
    renewing_until = models.DateTimeField(null=True, editable=False)

    connected_at = models.DateTimeField(_("connected"), default=timezone.now)
    connected_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("connected by"),
    )
    disconnected_at = models.DateTimeField(_("disconnected"), null=True, blank=True)

    locked_at = models.DateTimeField(_("locked"), null=True, blank=True)
    locked_reason = models.CharField(_("why it is locked"), max_length=300, blank=True)
    # Empty for a lock the portal set itself, when the platform blocked the account.
    locked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    # Set when the platform refuses our credentials; cleared when it is connected or found well again.
    broken_at = models.DateTimeField(_("needs attention since"), null=True, blank=True)
    last_success_at = models.DateTimeField(_("last success"), null=True, blank=True)
    last_failure_at = models.DateTimeField(_("last failure"), null=True, blank=True)
    last_error = models.TextField(_("last problem"), blank=True)
    checked_at = models.DateTimeField(_("checked"), null=True, blank=True)

    max_characters = models.PositiveIntegerField(_("longest text"), null=True, editable=False)
    max_bytes = models.PositiveIntegerField(null=True, editable=False)
    url_weight = models.PositiveIntegerField(_("characters a link counts"), null=True, editable=False)
    max_alt_characters = models.PositiveIntegerField(_("longest description"), null=True, editable=False)

    objects = AccountQuerySet.as_manager()

    class Meta:
        ordering = ["channel", "handle"]
        constraints = [
            models.UniqueConstraint(
                fields=["channel", "base_url", "remote_account_id"], name="social_account_identity_once"
            ),
            models.CheckConstraint(
                condition=Q(locked_at__isnull=True) | ~Q(locked_reason=""),
                name="social_account_lock_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(broken_at__isnull=True) | ~Q(last_error=""), name="social_account_broken_says_why"
            ),
            models.CheckConstraint(
                condition=Q(channel__in=Channel.values), name="social_account_channel_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_channel_display()}: {self.handle}"

    @property
    def may_send(self) -> bool:
        """Whether something may be sent to it at this moment."""
        return not (self.disconnected_at or self.locked_at or self.broken_at)


class Wording(models.Model):
    """What staff decided for one account and one edition: their own words, or not to post there at all."""

    edition = models.ForeignKey("updates.Edition", on_delete=models.CASCADE, related_name="wordings")
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="wordings")
    # Empty: the generated text.
    text = models.TextField(_("text"), blank=True, max_length=5000)
    is_included = models.BooleanField(_("post to this account?"), default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["edition", "account"], name="social_wording_once_per_account")
        ]

    def __str__(self) -> str:
        return f"{self.edition} / {self.account}"


class Delivery(OutgoingRow):
    """One edition to one account: the frozen post in `payload`, and what became of it."""

    edition = models.ForeignKey("updates.Edition", on_delete=models.PROTECT, related_name="deliveries")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="deliveries")

    class Meta(OutgoingRow.Meta):
        ordering = ["account__channel", "account__handle", "pk"]
        constraints = [
            *OutgoingRow.Meta.constraints,
            models.UniqueConstraint(fields=["edition", "account"], name="social_delivery_once_per_account"),
        ]

    def __str__(self) -> str:
        return f"{self.edition} → {self.account}"


class SandboxPostQuerySet(models.QuerySet["SandboxPost"]):
    """What the practice network shows."""

    def on_show(self) -> "SandboxPostQuerySet":
        """Return the posts that were not removed."""
        return self.filter(removed_at__isnull=True)


class SandboxPost(models.Model):
    """One post on the practice network."""

    handle = models.CharField(max_length=200, db_index=True)
    remote_id = models.CharField(max_length=40, unique=True)
    key = models.CharField(max_length=80, unique=True)
    text = models.TextField()
    link = models.URLField(max_length=500, blank=True)
    language = models.CharField(max_length=10, default="en")
    images = models.JSONField(default=list)
    posted_at = models.DateTimeField(default=timezone.now)
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = SandboxPostQuerySet.as_manager()

    class Meta:
        ordering = ["-posted_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.handle}: {self.text[:60]}"

"""Accounts on platforms: who may post to them, whether they may be used, and how they are."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..enums import Channel, StopLevel

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
        return self.connected().filter(
            confirmed_at__isnull=False, locked_at__isnull=True, broken_at__isnull=True
        )

    def official(self) -> "AccountQuerySet":
        """Return the accounts the council says are its own: connected, and confirmed by a second person."""
        return self.connected().filter(confirmed_at__isnull=False)


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
    # Nothing is sent before a second person has confirmed that this is the council's own account.
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("confirmed by"),
    )
    disconnected_at = models.DateTimeField(_("disconnected"), null=True, blank=True)
    # Where anybody can look at the account on the platform.
    page_url = models.URLField(_("page on the platform"), max_length=500, blank=True)

    # What the council wants its posts to look like (social.wording_template); empty: the portal's own.
    template = models.TextField(_("template"), blank=True, max_length=1000)
    includes_link = models.BooleanField(_("does every post carry the link?"), default=True)
    # US dollars for a calendar month; empty: no cap. Only X charges for posts.
    monthly_cap = models.DecimalField(
        _("most to spend in a month"), max_digits=8, decimal_places=3, null=True, blank=True
    )

    # A hold or a lock; how grave it is stands in `stop_level`.
    locked_at = models.DateTimeField(_("stopped"), null=True, blank=True)
    stop_level = models.CharField(_("how it is stopped"), max_length=5, choices=StopLevel, blank=True)
    locked_reason = models.CharField(_("why it is locked"), max_length=300, blank=True)
    # Empty for a lock the portal set itself, when the platform blocked the account.
    locked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    # What residents are told about the account on the portal itself; empty: nothing is wrong with it.
    public_warning = models.CharField(_("warning to residents"), max_length=300, blank=True)

    # Set when the platform refuses our credentials; cleared when it is connected or found well again.
    broken_at = models.DateTimeField(_("needs attention since"), null=True, blank=True)
    last_success_at = models.DateTimeField(_("last success"), null=True, blank=True)
    last_failure_at = models.DateTimeField(_("last failure"), null=True, blank=True)
    last_error = models.TextField(_("last problem"), blank=True)
    checked_at = models.DateTimeField(_("checked"), null=True, blank=True)
    # When our access ends unless somebody renews it, and for how many days ahead that was said last.
    access_ends_at = models.DateTimeField(_("access ends"), null=True, blank=True)
    access_warned_days = models.PositiveSmallIntegerField(null=True, blank=True, editable=False)
    # The platform asked us to wait, or is away: nothing is sent before.
    rests_until_at = models.DateTimeField(_("rests until"), null=True, blank=True)
    # Proof of life: when a post of ours was last seen on the platform itself.
    proven_at = models.DateTimeField(_("last seen posting"), null=True, blank=True)

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
                condition=Q(locked_at__isnull=True, stop_level="")
                | Q(locked_at__isnull=False, stop_level__in=StopLevel.values),
                name="social_account_stop_has_level",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("connected_by")),
                name="social_account_second_person_confirms",
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
        return bool(self.confirmed_at) and not (self.disconnected_at or self.locked_at or self.broken_at)

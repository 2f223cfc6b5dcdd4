"""What the watch knows: how each account looked last, and the incidents it opened with their evidence."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..enums import IncidentKind, Outcome
from .account import Account


class Watch(models.Model):
    """How the watch over one account stands."""

    account = models.OneToOneField(Account, on_delete=models.CASCADE, related_name="watch")
    # Posts older than this were there before us and are nobody's business.
    since_at = models.DateTimeField(_("watched since"), default=timezone.now)
    # When looking began: an account nobody has seen yet is silent from then on.
    began_at = models.DateTimeField(default=timezone.now, editable=False)
    next_look_at = models.DateTimeField(_("next look"), default=timezone.now, db_index=True)
    looking_until = models.DateTimeField(null=True, blank=True, editable=False)
    seen_at = models.DateTimeField(_("last looked with success"), null=True, blank=True)
    # Some looks reach further back, for edits and removals, and some ask about our access.
    deep_seen_at = models.DateTimeField(null=True, blank=True, editable=False)
    access_asked_at = models.DateTimeField(null=True, blank=True, editable=False)
    failures = models.PositiveIntegerField(_("looks that failed in a row"), default=0)
    last_error = models.TextField(_("why the last look failed"), blank=True)
    # None until the first look: the first one is what later ones are compared with.
    profile = models.JSONField(null=True, blank=True, editable=False)
    app_passwords = models.JSONField(null=True, blank=True, editable=False)
    replies_seen_at = models.DateTimeField(_("replies collected up to"), null=True, blank=True)
    # When replies are asked for next; moved ahead by whoever asks, so that only one worker does.
    replies_next_at = models.DateTimeField(default=timezone.now, db_index=True, editable=False)
    replies_error = models.TextField(_("why replies could not be collected"), blank=True)

    def __str__(self) -> str:
        return f"Watch over {self.account}"


class KnownPost(models.Model):
    """A post the ledger does not know and a person has accepted as the council's own."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="known_posts")
    remote_id = models.CharField(max_length=500)
    accepted_at = models.DateTimeField(default=timezone.now)
    accepted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "remote_id"], name="social_known_post_once"),
        ]

    def __str__(self) -> str:
        return f"{self.account}: {self.remote_id}"


class Incident(models.Model):
    """Something about an account that nobody here did; open until a person has said what it was."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="incidents")
    kind = models.CharField(_("what happened"), max_length=16, choices=IncidentKind)
    # The post it is about, or which part of the account ("name", "link"); empty when it is all of it.
    subject = models.CharField(max_length=500, blank=True)
    url = models.URLField(_("link"), max_length=1000, blank=True)
    summary = models.TextField(_("in one sentence"))
    # When it happened by the platform's clock, where it says, and when we noticed.
    happened_at = models.DateTimeField(_("happened"), null=True, blank=True)
    opened_at = models.DateTimeField(_("noticed"), default=timezone.now)
    has_stopped = models.BooleanField(_("did it stop the account?"), default=False)
    is_drill = models.BooleanField(_("is it a drill?"), default=False)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    outcome = models.CharField(_("what it was"), max_length=10, choices=Outcome, blank=True)
    closing_note = models.TextField(_("what was done"), blank=True, max_length=2000)

    class Meta:
        ordering = ["-opened_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["account", "kind", "subject"],
                condition=Q(closed_at__isnull=True),
                name="social_incident_open_once",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, outcome="")
                | Q(closed_at__isnull=False, outcome__in=Outcome.values),
                name="social_incident_closed_says_what_it_was",
            ),
        ]
        indexes = [models.Index(fields=["closed_at", "-opened_at"], name="social_incident_open_idx")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.account}"


class Evidence(models.Model):
    """What was seen, kept as it was; its hash also stands in the audit trail. Never changed."""

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="evidence")
    taken_at = models.DateTimeField(_("taken"), default=timezone.now)
    label = models.CharField(_("what it shows"), max_length=120)
    text = models.TextField(_("words"), blank=True)
    data = models.JSONField(_("the platform's own answer"), default=dict)
    sha256 = models.CharField(max_length=64)

    class Meta:
        ordering = ["taken_at", "pk"]

    def __str__(self) -> str:
        return f"{self.label} ({self.incident})"

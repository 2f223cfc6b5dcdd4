"""Grave steps with an account: one person asks, another carries out."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..enums import Step
from .account import Account
from .watch import Incident


class Proposal(models.Model):
    """One step that needs two people, and what the second one said. Closed rows are never changed."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="proposals")
    step = models.CharField(_("step"), max_length=12, choices=Step)
    # For removing a post: its id on the platform.
    remote_id = models.CharField(max_length=500, blank=True)
    incident = models.ForeignKey(
        Incident, null=True, blank=True, on_delete=models.PROTECT, related_name="proposals"
    )
    note = models.CharField(_("why"), max_length=500)
    # For a release: residents go on being warned about the account.
    keeps_warning = models.BooleanField(_("do residents stay warned?"), default=False)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(_("asked"), default=timezone.now)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    is_agreed = models.BooleanField(_("agreed?"), default=False)
    # What the platform answered, where the step speaks to one.
    result = models.CharField(_("what came of it"), max_length=500, blank=True)

    class Meta:
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["account", "step", "remote_id"],
                condition=Q(decided_at__isnull=True),
                name="social_proposal_open_once",
            ),
            # Whoever asked may take it back, never agree to it.
            models.CheckConstraint(
                condition=Q(is_agreed=False) | (Q(decided_by__isnull=False) & ~Q(decided_by=F("asked_by"))),
                name="social_proposal_needs_two_people",
            ),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=False) | Q(is_agreed=False, decided_by__isnull=True),
                name="social_proposal_open_is_undecided",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_step_display()}: {self.account}"

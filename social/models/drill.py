"""Rehearsals of a hijack on the practice network, with the moment of every step."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .account import Account
from .watch import Incident


class Drill(models.Model):
    """One rehearsal; the times are written by the real steps as they happen."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="drills")
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField(_("started"), default=timezone.now)
    remote_id = models.CharField(max_length=500, blank=True)
    incident = models.ForeignKey(
        Incident, null=True, blank=True, on_delete=models.PROTECT, related_name="drills"
    )
    detected_at = models.DateTimeField(_("detected"), null=True, blank=True)
    locked_at = models.DateTimeField(_("locked"), null=True, blank=True)
    informed_at = models.DateTimeField(_("residents informed"), null=True, blank=True)
    released_at = models.DateTimeField(_("released"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    # What residents would have read; it is kept here and shown to nobody but staff.
    warning = models.CharField(_("warning, rehearsed"), max_length=300, blank=True)
    was_broken_off = models.BooleanField(_("was it broken off?"), default=False)
    note = models.TextField(_("what we learnt"), blank=True, max_length=2000)

    class Meta:
        ordering = ["-started_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["account"], condition=Q(ended_at__isnull=True), name="social_drill_one_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"Drill on {self.account}, {self.started_at:%Y-%m-%d}"

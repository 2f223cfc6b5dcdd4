"""The row every outgoing message keeps; abstract, so the app that sends it owns the table."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .enums import ErrorKind, HoldReason, Status

ACTIVE = Q(status__in=[Status.QUEUED, Status.RETRY, Status.SENDING, Status.UNKNOWN, Status.REMOVING])
EXISTS_OUTSIDE = Q(status__in=[Status.SENT, Status.REMOVING, Status.REMOVED])
TROUBLED = Q(status__in=[Status.FAILED, Status.HELD, Status.UNKNOWN])


class OutgoingRow(models.Model):
    """One message to one destination: what is sent is frozen in `payload` before anything is called."""

    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.QUEUED)
    hold_reason = models.CharField(_("why it is held"), max_length=10, choices=HoldReason, blank=True)
    key = models.CharField(_("key"), max_length=80, unique=True, editable=False)
    payload = models.JSONField(_("frozen message"), editable=False)

    attempts = models.PositiveIntegerField(_("attempts"), default=0)
    unended_claims = models.PositiveIntegerField(_("claims that never ended"), default=0)
    checks = models.PositiveIntegerField(_("times looked for"), default=0)
    absences = models.PositiveIntegerField(_("times looked for and not found"), default=0)
    removal_attempts = models.PositiveIntegerField(_("attempts to remove"), default=0)

    created_at = models.DateTimeField(_("created"), default=timezone.now, editable=False)
    next_attempt_at = models.DateTimeField(_("next attempt"), default=timezone.now)
    enqueued_at = models.DateTimeField(_("handed to the workers"), null=True, blank=True)
    claimed_at = models.DateTimeField(_("claimed"), null=True, blank=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    removal_wanted_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    removed_at = models.DateTimeField(_("removed"), null=True, blank=True)

    last_error = models.TextField(_("what went wrong"), blank=True)
    error_kind = models.CharField(_("kind of error"), max_length=16, choices=ErrorKind, blank=True)
    remote_id = models.CharField(_("id on the other side"), max_length=500, blank=True)
    remote_url = models.URLField(_("link"), max_length=1000, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=Status.values), name="%(app_label)s_%(class)s_status_is_known"
            ),
            models.CheckConstraint(
                condition=~EXISTS_OUTSIDE | ~Q(remote_id=""),
                name="%(app_label)s_%(class)s_sent_has_remote_id",
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.SENDING) | Q(claimed_at__isnull=False),
                name="%(app_label)s_%(class)s_sending_is_claimed",
            ),
            models.CheckConstraint(
                condition=~TROUBLED | ~Q(last_error=""), name="%(app_label)s_%(class)s_trouble_has_sentence"
            ),
            models.CheckConstraint(
                condition=(Q(status=Status.HELD) & ~Q(hold_reason=""))
                | (~Q(status=Status.HELD) & Q(hold_reason="")),
                name="%(app_label)s_%(class)s_held_has_reason",
            ),
            models.CheckConstraint(condition=~Q(key=""), name="%(app_label)s_%(class)s_has_key"),
        ]
        indexes = [
            models.Index(
                fields=["status", "next_attempt_at"], condition=ACTIVE, name="%(app_label)s_%(class)s_due_idx"
            ),
        ]

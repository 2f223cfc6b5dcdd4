"""Mails that remind staff of what they promised: rows of the delivery engine like everything that leaves."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from outbox.models import OutgoingRow

from ..enums import Nudge


class Reminder(OutgoingRow):
    """One mail to one person about one edition, for one reason, once."""

    edition = models.ForeignKey("Edition", on_delete=models.CASCADE, related_name="reminders")
    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(_("reason"), max_length=20, choices=Nudge.choices)

    class Meta(OutgoingRow.Meta):
        constraints = [
            *OutgoingRow.Meta.constraints,
            models.UniqueConstraint(
                fields=["edition", "recipient", "reason"], name="one_reminder_per_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_reason_display()} to {self.recipient}"

"""When an event takes place: one row each time, made anew whenever an edition goes live."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Occurrence(models.Model):
    """One time an event takes place; what lists and calendars read."""

    notice = models.ForeignKey("Notice", on_delete=models.CASCADE, related_name="occurrences")
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))

    class Meta:
        ordering = ["starts_at", "notice_id"]
        constraints = [
            models.UniqueConstraint(fields=["notice", "starts_at"], name="one_occurrence_at_a_time")
        ]
        indexes = [models.Index(fields=["starts_at"], name="occurrence_start")]

    def __str__(self) -> str:
        return f"{self.notice_id} {self.starts_at:%Y-%m-%d %H:%M}"

"""One CAP message each time an outage or an emergency was told; never written again."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ..enums import AlertType


class Alert(models.Model):
    """What a CAP message was when it was sent; its words are those of its frozen edition.

    Only `is_current` ever changes: a later message or its end takes it out of the feed.
    """

    notice = models.ForeignKey("Notice", on_delete=models.CASCADE, related_name="alerts")
    edition = models.ForeignKey("Edition", on_delete=models.CASCADE, related_name="alerts")
    # "N7K3Q-2", and "N7K3Q-2-cancel" for what takes it back: unique for the sender and for good.
    identifier = models.CharField(_("identifier"), max_length=40, unique=True)
    sender = models.CharField(_("sender"), max_length=200)
    # CAP's own word: Actual, or Exercise in a town that does not exist.
    status = models.CharField(_("status"), max_length=10)
    message_type = models.CharField(_("type"), max_length=6, choices=AlertType.choices)
    is_all_clear = models.BooleanField(_("does it say that it is over?"), default=False)
    sent_at = models.DateTimeField(_("sent"))
    expires_at = models.DateTimeField(_("expires"))
    # The unexpired messages before it, as CAP writes them: "sender,identifier,sent" apart by spaces.
    references = models.TextField(_("refers to"), blank=True)
    # Where it holds, as it was drawn that day: see feeds/areas.py.
    areas = models.JSONField(_("areas"), default=list)
    # In the feed: the latest of its notice and not expired; the minute beat looks at the clock.
    is_current = models.BooleanField(_("is it in the feed?"), default=True)

    class Meta:
        verbose_name = _("alert")
        ordering = ["-sent_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["notice"], condition=Q(is_current=True), name="one_current_alert_per_notice"
            ),
            models.CheckConstraint(
                condition=Q(message_type=AlertType.ALERT) | ~Q(references=""),
                name="alert_that_changes_another_names_it",
            ),
        ]
        indexes = [
            models.Index(fields=["-sent_at", "-id"], name="alert_current", condition=Q(is_current=True)),
            models.Index(fields=["expires_at"], name="alert_ending", condition=Q(is_current=True)),
        ]

    def __str__(self) -> str:
        return self.identifier

"""What people wrote to our accounts; their words are kept as they came and shown by the feedback room."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .account import Account
from .delivery import Delivery


class Reply(models.Model):
    """One reply, comment or mention, collected once."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="replies")
    remote_id = models.CharField(max_length=500)
    url = models.URLField(_("link"), max_length=1000, blank=True)
    text = models.TextField(_("words"))
    author_handle = models.CharField(_("handle"), max_length=300)
    author_name = models.CharField(_("name"), max_length=300, blank=True)
    parent_id = models.CharField(max_length=500, blank=True)
    root_id = models.CharField(max_length=500, blank=True)
    posted_at = models.DateTimeField(_("written"))
    collected_at = models.DateTimeField(_("collected"), default=timezone.now)
    # What of ours it answers, and the notice it is about; a mention of nothing in particular has neither.
    delivery = models.ForeignKey(
        Delivery, null=True, blank=True, on_delete=models.PROTECT, related_name="replies"
    )
    notice = models.ForeignKey(
        "updates.Notice", null=True, blank=True, on_delete=models.PROTECT, related_name="social_replies"
    )
    # The reference feedback gave it once it was handed over ("Q-7K3QX").
    voice = models.CharField(max_length=10, blank=True, db_index=True)
    set_aside_at = models.DateTimeField(_("set aside"), null=True, blank=True)
    set_aside_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["-posted_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["account", "remote_id"], name="social_reply_once"),
            models.CheckConstraint(
                condition=Q(voice="") | Q(notice__isnull=False), name="social_reply_voice_has_notice"
            ),
        ]
        indexes = [
            models.Index(fields=["account", "-posted_at"], name="social_reply_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.author_handle}: {self.text[:60]}"

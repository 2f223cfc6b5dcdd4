"""The public log of everything published: append-only, chained by hashes, each line signed."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ..enums import LogKind
from .delivery import AnswerPost, Delivery


class LogEntry(models.Model):
    """One line of the log; `body` is the exact text that is hashed and signed. Never changed."""

    number = models.PositiveBigIntegerField(_("number"), unique=True)
    at = models.DateTimeField(_("time"), db_index=True)
    kind = models.CharField(_("what"), max_length=12, choices=LogKind)
    # What the line was written about: each of them is said once.
    edition = models.ForeignKey(
        "updates.Edition", null=True, on_delete=models.PROTECT, related_name="log_entries"
    )
    notice = models.ForeignKey(
        "updates.Notice", null=True, on_delete=models.PROTECT, related_name="log_entries"
    )
    delivery = models.ForeignKey(Delivery, null=True, on_delete=models.PROTECT, related_name="log_entries")
    answer = models.ForeignKey(AnswerPost, null=True, on_delete=models.PROTECT, related_name="log_entries")
    # Found by what a visitor may paste: a notice's reference, a link, the hash of a post's words.
    reference = models.CharField(max_length=12, blank=True, db_index=True)
    link = models.CharField(max_length=1000, blank=True, db_index=True)
    text_sha256 = models.CharField(max_length=64, blank=True, db_index=True)
    body = models.TextField(_("signed text"))
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)
    key_id = models.CharField(max_length=16)
    signature = models.CharField(max_length=128)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", name],
                condition=Q(**{f"{name}__isnull": False}),
                name=f"social_log_{name}_once",
            )
            for name in ("edition", "notice", "delivery", "answer")
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.get_kind_display()}"

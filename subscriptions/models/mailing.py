"""A mailing, its batches and its copies: what is sent to whom, and what became of each; decides nothing."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from outbox.models import OutgoingRow

from ..enums import DIGESTS, Occasion, Result
from .subscriber import Subscriber

_IS_DIGEST = Q(occasion__in=DIGESTS)


class Mailing(models.Model):
    """One occasion to write: an edition, a withdrawal, or the digests of one day.

    The words are frozen here once; what differs by reader is filled in as each mail is sent.
    """

    occasion = models.CharField(_("occasion"), max_length=10, choices=Occasion)
    edition = models.ForeignKey(
        "updates.Edition", null=True, on_delete=models.PROTECT, related_name="mailings"
    )
    subject = models.CharField(_("subject"), max_length=300, blank=True)
    text = models.TextField(blank=True)
    html = models.TextField(blank=True)
    # A digest tells what was published in this stretch, its beginning excluded.
    due_on = models.DateField(_("due"), null=True)
    from_at = models.DateTimeField(null=True)
    until_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(_("made"), default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["edition", "occasion"], name="mailing_once_per_edition"),
            models.UniqueConstraint(
                fields=["occasion", "due_on"], condition=_IS_DIGEST, name="mailing_once_per_day"
            ),
            models.CheckConstraint(
                condition=(_IS_DIGEST & Q(edition__isnull=True, due_on__isnull=False, until_at__isnull=False))
                | (~_IS_DIGEST & Q(edition__isnull=False) & ~Q(subject="")),
                name="mailing_is_a_digest_or_about_an_edition",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.occasion} {self.due_on or self.edition_id}"

    @property
    def is_digest(self) -> bool:
        """Say whether each reader gets their own selection."""
        return self.occasion in DIGESTS


class Batch(OutgoingRow):
    """A hundred readers of one mailing. The payload holds who they are, in numbers only.

    `payload["to"]` lists [subscriber, the subscriptions that asked for it, the editions told].
    """

    mailing = models.ForeignKey(Mailing, on_delete=models.CASCADE, related_name="batches")
    number = models.PositiveIntegerField(_("number"))
    size = models.PositiveIntegerField(_("readers"))

    class Meta(OutgoingRow.Meta):
        ordering = ["mailing", "number"]
        constraints = [
            *OutgoingRow.Meta.constraints,
            models.UniqueConstraint(fields=["mailing", "number"], name="batch_number_once_per_mailing"),
        ]

    def __str__(self) -> str:
        return f"{self.mailing}, batch {self.number}"


class Copy(models.Model):
    """That one edition went to one subscriber in one batch: the progress of a batch, and who knows what."""

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="copies")
    subscriber = models.ForeignKey(Subscriber, on_delete=models.CASCADE, related_name="copies")
    edition = models.ForeignKey("updates.Edition", on_delete=models.CASCADE, related_name="+")
    result = models.CharField(_("result"), max_length=8, choices=Result)
    at = models.DateTimeField(_("at"), default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["batch", "subscriber", "edition"], name="copy_once_per_batch")
        ]
        indexes = [
            models.Index(fields=["edition", "result"], name="copy_of_edition"),
            models.Index(fields=["at"], name="copy_at"),
        ]

    def __str__(self) -> str:
        return f"{self.batch_id}/{self.subscriber_id}: {self.result}"

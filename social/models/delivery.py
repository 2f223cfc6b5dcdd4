"""What leaves for the platforms: the posts of an edition, and answers to people who wrote there."""

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from outbox.models import OutgoingRow

from ..enums import Act
from .account import Account


class PostRow(OutgoingRow):
    """One post to one account: the ledger the watch compares with what the platform shows."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="%(class)s_rows")
    price = models.DecimalField(_("price in US dollars"), max_digits=7, decimal_places=3, default=Decimal(0))
    # How the platform showed it when the watch saw it first; another fingerprint later is somebody's edit.
    fingerprint = models.CharField(max_length=200, blank=True, editable=False)
    seen_at = models.DateTimeField(_("seen on the platform"), null=True, blank=True)

    class Meta(OutgoingRow.Meta):
        abstract = True
        indexes = [
            *OutgoingRow.Meta.indexes,
            models.Index(fields=["account", "status"], name="%(app_label)s_%(class)s_account_idx"),
            models.Index(fields=["account", "remote_id"], name="%(app_label)s_%(class)s_remote_idx"),
        ]


class Delivery(PostRow):
    """One part of one edition to one account: the frozen post in `payload`, and what became of it."""

    edition = models.ForeignKey("updates.Edition", on_delete=models.PROTECT, related_name="deliveries")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="deliveries")
    # Parts of a thread count from 1; each needs the one before it on the platform.
    part = models.PositiveSmallIntegerField(_("part"), default=1)
    act = models.CharField(_("what is done"), max_length=6, choices=Act, default=Act.POST)
    # The earlier post that is answered, or whose words are replaced.
    about = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="followed_by"
    )

    class Meta(PostRow.Meta):
        ordering = ["account__channel", "account__handle", "part", "pk"]
        constraints = [
            *OutgoingRow.Meta.constraints,
            models.UniqueConstraint(
                fields=["edition", "account", "part"], name="social_delivery_once_per_part"
            ),
            models.CheckConstraint(
                condition=Q(act=Act.POST) | Q(about__isnull=False), name="social_delivery_follow_up_is_about"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.edition} → {self.account}"


class AnswerPost(PostRow):
    """The council's answer to somebody who wrote on a platform, posted under their words."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="answer_posts")
    reply = models.ForeignKey("Reply", on_delete=models.PROTECT, related_name="answers")
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    # A corrected answer is the next number, as on the portal.
    number = models.PositiveSmallIntegerField(default=1)

    class Meta(PostRow.Meta):
        ordering = ["reply", "number"]
        constraints = [
            *OutgoingRow.Meta.constraints,
            models.UniqueConstraint(fields=["reply", "number"], name="social_answer_once_per_number"),
        ]

    def __str__(self) -> str:
        return f"{self.reply} → {self.account}"

"""What somebody asked for at an address nobody has proven yet, and the one mail that follows; kept a week."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from outbox.enums import Status
from outbox.models import OutgoingRow

from ..enums import Purpose
from .choice import Choice


class Wish(OutgoingRow, Choice):
    """One sending of a form. Its mail is written when it is sent; until then nobody knows the address."""

    address = models.EmailField(_("e-mail address"), max_length=254)
    purpose = models.CharField(_("asked for"), max_length=5, choices=Purpose, default=Purpose.JOIN)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)

    class Meta(OutgoingRow.Meta):
        constraints = [
            *OutgoingRow.Meta.constraints,
            *Choice.Meta.constraints,
            # Two workers never write to one address at a time: the second sees what the first has sent.
            models.UniqueConstraint(
                fields=["address", "purpose"],
                condition=Q(status__in=[Status.SENDING, Status.UNKNOWN]),
                name="wish_mailed_one_at_a_time",
            ),
        ]
        indexes = [
            *OutgoingRow.Meta.indexes,
            models.Index(fields=["address", "created_at"], name="wish_of_address"),
            models.Index(fields=["created_at"], name="wish_at"),
        ]

    def __str__(self) -> str:
        return f"wish {self.pk}"

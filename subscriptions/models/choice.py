"""What a resident may choose to be told: a notice, or a place with kinds and urgency; and when."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.enums import Kind
from updates.enums import Urgency

from ..enums import Cadence

_BOROUGH = "borough"
SETTINGS = ("wants_outage", "wants_event", "wants_project", "wants_general", "lowest_urgency", "cadence")
WHAT = ("notice", "ward", "place_key", "place_label")


class Choice(models.Model):
    """One thing followed. Without a notice and without a ward it is the whole borough."""

    notice = models.ForeignKey("updates.Notice", null=True, blank=True, on_delete=models.CASCADE)
    ward = models.ForeignKey("places.Ward", null=True, blank=True, on_delete=models.PROTECT)
    # A postcode or a street within the ward (places.lookup.Place.key); empty where the ward is all we know.
    place_key = models.CharField(max_length=220, blank=True, editable=False)
    place_label = models.CharField(_("place"), max_length=220, blank=True)
    # What it follows in one word, so that the database can refuse the same thing twice.
    target = models.CharField(max_length=240, editable=False)
    wants_outage = models.BooleanField(gettext_lazy("outages?"), default=True)
    wants_event = models.BooleanField(gettext_lazy("events?"), default=True)
    wants_project = models.BooleanField(gettext_lazy("projects?"), default=True)
    wants_general = models.BooleanField(gettext_lazy("general news?"), default=True)
    lowest_urgency = models.PositiveSmallIntegerField(
        gettext_lazy("lowest urgency"), choices=Urgency.choices, default=Urgency.NORMAL
    )
    cadence = models.CharField(
        gettext_lazy("when"), max_length=10, choices=Cadence, default=Cadence.IMMEDIATE
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(notice__isnull=True) | Q(ward__isnull=True, place_key=""),
                name="%(class)s_follows_a_notice_or_a_place",
            ),
            models.CheckConstraint(
                condition=Q(place_key="") | Q(ward__isnull=False), name="%(class)s_place_is_in_a_ward"
            ),
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep `target` in step with what is followed."""
        self.target = self.target_of()
        super().save(*args, **kwargs)

    def target_of(self) -> str:
        """Return what is followed in one word: "notice:12", "place:RB11AA", "ward:3" or "borough"."""
        if self.notice_id:
            return f"notice:{self.notice_id}"
        if self.place_key:
            return f"place:{self.place_key}"
        return f"ward:{self.ward_id}" if self.ward_id else _BOROUGH

    @property
    def is_borough(self) -> bool:
        """Say whether it is the whole borough."""
        return self.target_of() == _BOROUGH

    @property
    def label(self) -> str:
        """What is followed, as its follower calls it."""
        if self.notice:
            return self.notice.title
        if self.place_label:
            return self.place_label
        return str(self.ward) if self.ward else _("The whole borough")

    @property
    def kinds(self) -> list[str]:
        """The kinds wanted, in the order of the list of kinds."""
        return [kind for kind in Kind.values if getattr(self, f"wants_{kind}")]

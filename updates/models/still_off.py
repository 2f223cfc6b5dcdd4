"""How many residents said that something is still off, by street or postcode, never who."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class StillOff(models.Model):
    """The count for one place of one outage, before or after it was called restored."""

    notice = models.ForeignKey("Notice", on_delete=models.CASCADE, related_name="still_off")
    # What stands in an address for the place ("RB11AA"), and how people call it.
    place_key = models.CharField(max_length=120)
    place_label = models.CharField(_("place"), max_length=160)
    ward = models.ForeignKey("places.Ward", on_delete=models.PROTECT, related_name="+")
    is_after_restoration = models.BooleanField(_("after it was called restored?"), default=False)
    count = models.PositiveIntegerField(_("times said"), default=0)
    last_at = models.DateTimeField(_("last said"))

    class Meta:
        ordering = ["-count", "place_label"]
        constraints = [
            models.UniqueConstraint(
                fields=["notice", "place_key", "is_after_restoration"], name="one_count_per_place"
            )
        ]

    def __str__(self) -> str:
        return f"{self.place_label}: {self.count}"

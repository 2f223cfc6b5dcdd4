"""Up to which day the history of outages is told: a row, so that its page never needs the clock."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ToldUntil(models.Model):
    """The last whole day of the history of outages; the minute beat moves it on after midnight. One row."""

    # Always 1: there is one history.
    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    day_on = models.DateField(_("last whole day"))

    def __str__(self) -> str:
        return str(self.day_on)

"""What became of the web addresses that notices link to; filled by a worker, read by the checks."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..enums import LinkState


class LinkCheck(models.Model):
    """One address and how it answered when we last asked."""

    # Longer ones are not asked.
    url = models.CharField(_("address"), max_length=500, unique=True)
    state = models.CharField(_("state"), max_length=12, choices=LinkState.choices, default=LinkState.WAITING)
    # The HTTP status of the last answer, where there was one.
    status = models.PositiveSmallIntegerField(_("status"), null=True, blank=True)
    # How often in a row it gave no good answer: one bad moment of a server is nobody's dead link.
    failures = models.PositiveSmallIntegerField(_("failures in a row"), default=0)
    checked_at = models.DateTimeField(_("last checked"), null=True, blank=True)
    next_check_at = models.DateTimeField(_("next check"), db_index=True)

    class Meta:
        ordering = ["url"]

    def __str__(self) -> str:
        return f"{self.url}: {self.get_state_display()}"

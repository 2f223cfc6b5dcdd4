"""The council's own programs on platforms: what OAuth needs to send people there to sign in."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..enums import Channel


class PlatformApp(models.Model):
    """One registration of the portal on one server."""

    channel = models.CharField(_("platform"), max_length=12, choices=Channel)
    base_url = models.URLField(_("server"), max_length=300)
    client_id = models.CharField(_("app id"), max_length=300)
    # Sealed (social.credentials); never shown.
    sealed_secret = models.BinaryField(default=bytes, editable=False)
    registered_at = models.DateTimeField(_("registered"), default=timezone.now)

    class Meta:
        ordering = ["channel", "base_url"]
        constraints = [
            models.UniqueConstraint(fields=["channel", "base_url"], name="social_platform_app_once"),
        ]

    def __str__(self) -> str:
        return f"{self.get_channel_display()}: {self.base_url}"

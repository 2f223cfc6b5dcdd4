"""Django's entry for the social app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SocialConfig(AppConfig):
    """Registers the social app, its part of an edition and its receivers."""

    name = "social"
    verbose_name = _("Social accounts")

    def ready(self) -> None:
        """Follow the core's signals and stand under its approval."""
        from updates import parts

        from . import receivers  # noqa: F401
        from .channel_part import ChannelPart

        parts.register(ChannelPart())

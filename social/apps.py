"""Django's entry for the social app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SocialConfig(AppConfig):
    """Registers the social app."""

    name = "social"
    verbose_name = _("Social accounts")

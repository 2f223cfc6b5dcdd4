"""Django's entry for the updates app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class UpdatesConfig(AppConfig):
    """Registers the updates app."""

    name = "updates"
    verbose_name = _("Notices")

"""Django's entry for the places app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlacesConfig(AppConfig):
    """Registers the places app."""

    name = "places"
    verbose_name = _("Places")

"""Django's entry for the accounts app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """Registers the accounts app, its checks and its receivers."""

    name = "accounts"
    verbose_name = _("People and sign-in")

    def ready(self) -> None:
        """Connect what listens."""
        from . import checks, receivers  # noqa: F401

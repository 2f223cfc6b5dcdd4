"""Django's entry for the wiring package, so that its management commands are found."""

from django.apps import AppConfig


class CouncilPortalConfig(AppConfig):
    """Registers the management commands and the system checks of the whole portal."""

    name = "council_portal"

    def ready(self) -> None:
        """Load the system checks, which register themselves."""
        from . import checks  # noqa: F401

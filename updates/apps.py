"""Django's entry for the updates app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class UpdatesConfig(AppConfig):
    """Registers the updates app."""

    name = "updates"
    verbose_name = _("Notices")

    def ready(self) -> None:
        """Fill the places on its own pages that only some kinds of notices use."""
        from . import slots
        from .outages import blocks

        slots.register("notice_main", "outages", blocks.notice_main, order=10)
        slots.register("staff_notice", "outages", blocks.staff_notice, order=10)
        slots.register("desk_main", "outages", blocks.desk, order=10)

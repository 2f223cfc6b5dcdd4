"""Django's entry for the subscriptions app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SubscriptionsConfig(AppConfig):
    """Registers the subscriptions app, its receivers and its blocks on the pages of notices."""

    name = "subscriptions"
    verbose_name = _("Subscriptions")

    def ready(self) -> None:
        """Follow the core's signals and fill the places its pages keep free."""
        from updates import keeping, slots

        from . import blocks, receivers, record, retention  # noqa: F401

        retention.register_rules()
        keeping.hold(retention.ROOM, retention.Subscribers())
        slots.register("notice_aside", "subscriptions", blocks.notice_aside, order=10)
        slots.register("approve_main", "subscriptions", blocks.approve_main, order=10)
        slots.register("staff_notice", "subscriptions", blocks.staff_notice, order=30)
        slots.register("record_main", "subscriptions", record.block, order=30)

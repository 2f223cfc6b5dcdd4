"""Django's entry for the social app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SocialConfig(AppConfig):
    """Registers the social app, its part of an edition and its receivers."""

    name = "social"
    verbose_name = _("Social accounts")

    def ready(self) -> None:
        """Follow the core's signals, stand under its approval, and fill the places its pages keep free."""
        from updates import conversation, keeping, navigation, parts, slots

        from . import blocks, receivers, record  # noqa: F401
        from .channel_part import ChannelPart
        from .replies import blocks as reply_blocks
        from .replies import retention
        from .replies.answering import Platforms
        from .stopping import blocks as two_people
        from .stopping import proposals, steps  # noqa: F401
        from .watch import blocks as watch_blocks

        parts.register(ChannelPart())
        retention.register_rules()
        keeping.hold("social", retention.Repliers())
        slots.register("edit_main", "social", blocks.edit_main, order=20)
        slots.register("approve_main", "social", blocks.approve_main, order=20)
        slots.register("staff_notice", "social", blocks.staff_notice, order=20)
        slots.register("desk", "social", blocks.desk, order=20)
        slots.register("desk", "incidents", watch_blocks.desk, order=5)
        slots.register("notice_aside", "social", blocks.notice_aside, order=20)
        slots.register("desk", "two_people", two_people.desk, order=10)
        slots.register("every_page", "social", blocks.every_page, order=20)
        slots.register("record_main", "social", record.block, order=20)
        slots.register("inbox", "social", reply_blocks.inbox, order=20)
        slots.register("staff_voice", "social", reply_blocks.staff_voice, order=20)
        conversation.speak(Platforms())
        navigation.count("social:accounts", blocks.count_to_do)
        navigation.count("social:proposals", lambda user: proposals.open_for(user).count())

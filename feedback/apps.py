"""Django's entry for the feedback app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FeedbackConfig(AppConfig):
    """Registers the feedback app and its blocks on the pages of notices."""

    name = "feedback"
    verbose_name = _("Feedback")

    def ready(self) -> None:
        """Fill the places that updates keeps free, and count what waits beside the inbox's name."""
        from django.db.models.signals import post_migrate, pre_migrate

        from updates import conversation, keeping, navigation, slots

        from . import (
            about_people,
            blocks,
            checks,  # noqa: F401 registers itself
            consultation_blocks,
            consulting_blocks,
            receivers,
            retention,
            signals,
        )
        from .counting import recount
        from .listening import Inbox

        pre_migrate.connect(recount.before_migrating, sender=self)
        post_migrate.connect(recount.after_migrating, sender=self)
        conversation.listen(Inbox())
        retention.register_rules()
        keeping.hold(about_people.ROOM, about_people.Voices())
        signals.letter_written.connect(receivers.hand_over)
        slots.register("notice_main", "feedback", blocks.notice_main, order=50)
        slots.register("notice_main", "consultations", consultation_blocks.notice_main, order=40)
        slots.register("staff_notice", "feedback", blocks.staff_notice, order=50)
        slots.register("desk", "feedback", blocks.desk, order=50)
        slots.register("teams", "feedback", blocks.teams)
        slots.register("desk", "consulting", consulting_blocks.desk, order=55)
        navigation.count("inbox:queue", blocks.count_to_do)
        navigation.count("consulting:list", consulting_blocks.count_waiting)
        slots.register("staff_notice", "consulting", consulting_blocks.staff_notice, order=60)

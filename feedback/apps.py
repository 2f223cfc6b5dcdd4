"""Django's entry for the feedback app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FeedbackConfig(AppConfig):
    """Registers the feedback app."""

    name = "feedback"
    verbose_name = _("Feedback")

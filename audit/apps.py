"""Django's entry for the audit app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AuditConfig(AppConfig):
    """Registers the audit app."""

    name = "audit"
    verbose_name = _("Audit trail")

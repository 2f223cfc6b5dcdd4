"""System checks of the whole portal: switches that must never be on in production."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register

_CAP_STATUSES = {"Actual", "Exercise", "System", "Test", "Draft"}


@register()
def alerts_name_sender_and_status(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[CheckMessage]:
    """Refuse settings with which no alerting system could read an alert (CAP 1.2, 3.2.1)."""
    found: list[CheckMessage] = []
    if settings.CAP_STATUS not in _CAP_STATUSES:
        hint = f"Use one of {', '.join(sorted(_CAP_STATUSES))}; Actual is for real alerts."
        found.append(Error(f"CAP_STATUS is “{settings.CAP_STATUS}”.", hint=hint, id="portal.E002"))
    if not settings.CAP_SENDER or set(settings.CAP_SENDER) & set(" ,<&"):
        hint = "Use an address that the council keeps for good, such as alerts@council.example."
        said = "CAP_SENDER is empty, or holds a space, a comma, < or &."
        found.append(Error(said, hint=hint, id="portal.E003"))
    return found


@register(Tags.security)
def private_addresses_only_with_debug(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[CheckMessage]:
    """Refuse production settings in which a social account may live at a private address."""
    in_tests = settings.SETTINGS_MODULE == "council_portal.settings.test"
    if settings.SOCIAL_ALLOW_PRIVATE_ADDRESSES and not settings.DEBUG and not in_tests:
        return [
            Error(
                "SOCIAL_ALLOW_PRIVATE_ADDRESSES is on while DEBUG is off.",
                hint="It is for the demo town and the tests. Switch it off.",
                id="portal.E001",
            )
        ]
    return []

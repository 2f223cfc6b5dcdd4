"""System checks of the whole portal: switches that must never be on in production."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register


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

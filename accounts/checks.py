"""Start-up checks of the sign-in; must not read the database."""

from typing import Any

from django.conf import settings
from django.core.checks import Error, Tags, register


@register(Tags.security)
def demo_codes_stay_in_demo(app_configs: Any, **kwargs: Any) -> list[Error]:
    """Refuse to start when one-time codes would be shown outside a demo."""
    if settings.DEMO_ONE_TIME_CODES and not settings.DEBUG:
        return [
            Error(
                "DEMO_ONE_TIME_CODES is on while DEBUG is off: sign-in pages would tell the second factor.",
                hint="Remove DEMO_ONE_TIME_CODES from these settings.",
                id="accounts.E001",
            )
        ]
    return []

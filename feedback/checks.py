"""System checks of the room that listens: settings without which no due day can be promised."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register

from .working_days import public_holidays


@register()
def holidays_are_known(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[CheckMessage]:
    """Refuse a place whose public holidays nobody knows: every due day would be a day or two wrong."""
    try:
        public_holidays(settings.PUBLIC_HOLIDAYS)
    except NotImplementedError as reason:
        hint = "Use an ISO 3166 code such as GB-ENG, GB-SCT, IE or FR; leave COUNCIL_HOLIDAYS empty for none."
        return [Error(f"COUNCIL_HOLIDAYS: {reason}", hint=hint, id="feedback.E001")]
    return []

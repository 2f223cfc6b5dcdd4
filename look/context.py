"""The council's own words for every template; must hold nothing about the visitor."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def council(_request: HttpRequest | None) -> dict[str, Any]:
    """Return `council` (name, short_name, strapline, contact_email, contact_phone, zone) and `portal_url`.

    The request is not read: residents' pages are pure functions of the database.
    """
    return {"council": settings.COUNCIL, "portal_url": settings.PORTAL_URL}

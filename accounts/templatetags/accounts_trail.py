"""How an event's detail reads on the audit page; must not query anything."""

import re
from typing import Any

from django import template
from django.utils.translation import gettext as _

from accounts import trail_words

register = template.Library()
# What content was decided on: its first figures tell two apart, and the export has all of them.
_DIGEST = re.compile(r"[0-9a-f]{64}")


register.filter("action_words", trail_words.in_words)


@register.filter
def detail_words(detail: dict[str, Any]) -> str:
    """Return "reason: left; roles: Parks: author, Water: approver"."""
    return "; ".join(f"{key.replace('_', ' ')}: {_words(value)}" for key, value in detail.items())


def _words(value: Any) -> str:
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    if isinstance(value, str) and _DIGEST.fullmatch(value):
        return f"{value[:12]}…"
    if isinstance(value, list):
        return ", ".join(_words(item) for item in value) or "–"
    if isinstance(value, dict):
        return detail_words(value)
    return "–" if value is None or value == "" else str(value)

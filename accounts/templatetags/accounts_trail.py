"""How an event's detail reads on the audit page; must not query anything."""

from typing import Any

from django import template

register = template.Library()


@register.filter
def detail_words(detail: dict[str, Any]) -> str:
    """Return "reason: left; roles: Parks: author, Water: approver"."""
    return "; ".join(f"{key.replace('_', ' ')}: {_words(value)}" for key, value in detail.items())


def _words(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(_words(item) for item in value) or "–"
    if isinstance(value, dict):
        return detail_words(value)
    return "–" if value is None else str(value)

"""What the pages of notices are composed with; every query a tag makes is named in its docstring."""

from typing import Any

from django import template
from django.utils.safestring import SafeString

from updates import slots

register = template.Library()


@register.simple_tag(takes_context=True)
def slot(context: template.Context, name: str, about: Any = None) -> SafeString:
    """Print what the rooms above registered for the slot `name`; the queries are theirs."""
    return slots.render(name, context.flatten(), about)

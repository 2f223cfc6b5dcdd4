"""What the pages of notices are composed with; every query a tag makes is named in its docstring."""

from datetime import timedelta
from typing import Any, cast

from django import template
from django.utils.safestring import SafeString

from updates import banner, slots, spans

register = template.Library()


@register.simple_tag(takes_context=True)
def slot(context: template.Context, name: str, about: Any = None) -> SafeString:
    """Print what the rooms above registered for the slot `name`; the queries are theirs."""
    return slots.render(name, cast("dict[str, Any]", context.flatten()), about)


@register.filter
def length_in_words(span: timedelta) -> str:
    """Return a stretch of time coarsely: "45 minutes", "2 hours", "3 days"."""
    return spans.length(span)


@register.inclusion_tag("updates/parts/emergencies.html", takes_context=True)
def emergency_banner(context: template.Context) -> dict[str, Any]:
    """Print the current emergencies, but not on that notice's own page. One query, more when there are any.

    A page about some places gives them as `banner_places` (a list of places.lookup.Place): only what
    concerns them is printed then.
    """
    return {"banner": banner.standing(apart_from=context.get("notice"), places=context.get("banner_places"))}

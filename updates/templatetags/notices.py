"""What the pages of notices are composed with; every query a tag makes is named in its docstring."""

from typing import Any, cast
from urllib.parse import urlencode

from django import template
from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString

from accounts.enums import Kind
from updates import banner, filters, slots
from updates.feeds import atom

register = template.Library()


@register.simple_tag(takes_context=True)
def slot(context: template.Context, name: str, about: Any = None) -> SafeString:
    """Print what the rooms above registered for the slot `name`; the queries are theirs."""
    return slots.render(name, cast("dict[str, Any]", context.flatten()), about)


@register.inclusion_tag("updates/parts/feed_links.html", takes_context=True)
def feed_links(context: template.Context) -> dict[str, Any]:
    """Print where the feeds are: of the page's list, of all notices, of the alerts. No query."""
    chosen, nav = context.get("chosen"), str(context.get("nav") or "")
    kind, ward = _KINDS.get(str(nav), ""), None
    if isinstance(chosen, filters.Chosen):
        kind, ward = chosen.kind, chosen.ward
    asked = {"kind": kind, "ward": ward.slug if ward else ""}
    query = urlencode({name: value for name, value in asked.items() if value})
    own = [(atom.title_of(kind, ward), f"{reverse('updates:atom')}?{query}")] if query else []
    return {"feeds": [*own, (atom.title_of(), reverse("updates:atom"))], "council": settings.COUNCIL}


# The lists of one kind, by what the navigation calls them.
_KINDS: dict[str, str] = {"outages": Kind.OUTAGE, "events": Kind.EVENT, "projects": Kind.PROJECT}


@register.inclusion_tag("updates/parts/emergencies.html", takes_context=True)
def emergency_banner(context: template.Context) -> dict[str, Any]:
    """Print the current emergencies, but not on that notice's own page. One query, more when there are any.

    A page about some places gives them as `banner_places` (a list of places.lookup.Place): only what
    concerns them is printed then.
    """
    return {"banner": banner.standing(apart_from=context.get("notice"), places=context.get("banner_places"))}

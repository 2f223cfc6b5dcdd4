"""Tags of the pages that help writing: slots made visible, and how far ahead a day is; must not query."""

import re
from datetime import date, datetime

from django import template
from django.utils import timezone
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from look import times
from updates.enums import Fills, SlotKind

register = template.Library()

_SLOT = re.compile(r"\{[a-z][a-z0-9_]{0,29}\}")


@register.filter
def mark_slots(text: str) -> SafeString:
    """Return a template's text, escaped, with its slots marked."""
    escaped = str(conditional_escape(text))
    return mark_safe(_SLOT.sub(lambda hit: f'<mark class="cp-mark">{hit[0]}</mark>', escaped))


@register.filter
def days_ahead(value: datetime | date) -> str:
    """Return "today", "tomorrow", "in 3 days" or "4 days ago" by the council's calendar; for staff alone."""
    day = times.in_zone(value).date() if isinstance(value, datetime) else value
    days = (day - times.in_zone(timezone.now()).date()).days
    if days in (0, 1):
        return _("tomorrow") if days else _("today")
    words = (
        ngettext("in %(days)s day", "in %(days)s days", days)
        if days > 0
        else ngettext("%(days)s day ago", "%(days)s days ago", -days)
    )
    return words % {"days": abs(days)}


@register.filter
def slot_kind(kind: str) -> str:
    """Return what a slot takes, in words."""
    return str(SlotKind(kind).label)


@register.filter
def slot_fact(fills: str) -> str:
    """Return which fact of the notice a slot's time is as well, in words."""
    return str(Fills(fills).label)

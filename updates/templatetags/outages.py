"""Filters of the history of outages: lengths and shares in words; must not query."""

from datetime import timedelta

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from .. import spans
from ..enums import Service
from ..outages.history import Story

register = template.Library()


@register.filter
def in_time(span: timedelta | None) -> str:
    """Return a length in words, a dash for none."""
    return "–" if span is None else spans.length(span)


@register.filter
def of_how_many(share: tuple[int, int]) -> str:
    """Return "6 of 10", a dash where there was nothing to count."""
    part, whole = share
    return _("%(part)s of %(whole)s") % {"part": part, "whole": whole} if whole else "–"


@register.filter
def went(story: Story) -> SafeString:
    """Return how one outage went in a line: service, when, how long, and whether what was said held."""
    said = [
        Service(story.service).label,
        _("restored %(time)s") % {"time": spans.times.words(story.restored_at)},
        _("after %(time)s") % {"time": spans.length(story.lasted)} if story.lasted is not None else "",
        _window(story) if story.was_planned else _estimate(story),
        _promises(story),
    ]
    return format_html_join(" · ", "{}", ((part,) for part in said if part))


def _window(story: Story) -> str:
    words = {"early": _("works done early"), "on_time": _("works done on time"), "late": _("works done late")}
    return words.get(story.window_went, "")


def _estimate(story: Story) -> str:
    if story.first_held is None:
        return _("no estimate given")
    if story.first_held:
        return _("first estimate held")
    return _("only the last estimate held") if story.last_held else _("no estimate held")


def _promises(story: Story) -> str:
    if not story.promises_made:
        return ""
    said = {"kept": story.promises_kept, "made": story.promises_made}
    return _("%(kept)s of %(made)s updates in time") % said

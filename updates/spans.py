"""Stretches of time in words and as <time>; always absolute, must not ask what time it is now."""

from datetime import datetime, timedelta

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from look import times

_MINUTES_PER_HOUR = 60
_LONG_MINUTES = 48 * 60


def moment(value: datetime, style: str = "short") -> SafeString:
    """Return one moment as <time>; the styles are those of look.times.words."""
    return format_html('<time datetime="{}">{}</time>', times.machine(value), times.words(value, style))


def clock_span(start: datetime, end: datetime) -> SafeString:
    """Return "4pm to 6pm", or with days when the two fall on different ones."""
    style = "time" if _same_day(start, end) else "short"
    if start == end:
        return moment(end, "time")
    return format_html(_("{} to {}"), moment(start, style), moment(end, style))


def full_span(start: datetime, end: datetime) -> SafeString:
    """Return "Sun 22 Nov, 4pm to 6pm", or both days when they differ."""
    if start == end:
        return moment(end)
    style = "time" if _same_day(start, end) else "short"
    return format_html(_("{} to {}"), moment(start), moment(end, style))


def day_of(value: datetime) -> str:
    """Return the day of a moment in the council's zone: "Sunday 22 November"."""
    return times.date_format(times.in_zone(value), "l j F")


def day_span(start: datetime, end: datetime) -> str:
    """Return the one day, or "Tuesday 24 November to Friday 27 November"."""
    if _same_day(start, end):
        return day_of(start)
    return _("%(first)s to %(last)s") % {"first": day_of(start), "last": day_of(end)}


def length(span: timedelta) -> str:
    """Return how long `span` is, coarsely: "45 minutes", "2 hours", "3 days"."""
    minutes = max(1, round(abs(span).total_seconds() / 60))
    if minutes < 2 * _MINUTES_PER_HOUR:
        return ngettext("%(count)s minute", "%(count)s minutes", minutes) % {"count": minutes}
    if minutes < _LONG_MINUTES:
        hours = round(minutes / _MINUTES_PER_HOUR)
        return ngettext("%(count)s hour", "%(count)s hours", hours) % {"count": hours}
    days = round(minutes / (24 * _MINUTES_PER_HOUR))
    return ngettext("%(count)s day", "%(count)s days", days) % {"count": days}


def _same_day(start: datetime, end: datetime) -> bool:
    return times.in_zone(start).date() == times.in_zone(end).date()

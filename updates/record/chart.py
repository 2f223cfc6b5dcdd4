"""Draws one measure month by month as bars in SVG; the same figures stand in the table below."""

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from look.months import Month

from .measures import SHARE, Told

# In units of the drawing.
WIDTH, HEIGHT = 360, 120
_TOP, _FLOOR = 8, 98
_GAP = 8


def bars(told: Told) -> SafeString:
    """Return a bar for each month; a month with too few cases has a dash."""
    values = [(month, said.value) for month, said in told.months]
    most = 100.0 if told.measure.sort == SHARE else max((value or 0 for _m, value in values), default=0) or 1
    step = WIDTH / len(values)
    drawn = ((_bar(at * step, step, month, value, most),) for at, (month, value) in enumerate(values))
    return format_html(
        '<svg class="cp-months" viewBox="0 0 {} {}" role="img" aria-label="{}">{}'
        '<line class="cp-months__floor" x1="0" y1="{}" x2="{}" y2="{}"/></svg>',
        WIDTH,
        HEIGHT,
        _label(told),
        format_html_join("", "{}", drawn),
        _FLOOR,
        WIDTH,
        _FLOOR,
    )


def _label(told: Told) -> str:
    known = [f"{month.name}: {said.words}" for month, said in told.months if said.value is not None]
    figures = "; ".join(known) or _("No figures yet.")
    return _("%(name)s, month by month. %(figures)s") % {"name": told.measure.name, "figures": figures}


def _bar(left: float, step: float, month: Month, value: float | None, most: float) -> SafeString:
    height = 0 if value is None else round((_FLOOR - _TOP) * value / most)
    middle = f"{left + step / 2:.1f}"
    mark = (
        format_html(
            '<text class="cp-months__none" x="{}" y="{}" text-anchor="middle">–</text>', middle, _FLOOR - 6
        )
        if value is None
        else format_html(
            '<rect class="cp-months__bar" x="{}" y="{}" width="{}" height="{}"/>',
            f"{left + _GAP / 2:.1f}",
            _FLOOR - height,
            f"{step - _GAP:.1f}",
            height,
        )
    )
    return format_html(
        '{}<text class="cp-months__label" x="{}" y="{}" text-anchor="middle">{}</text>',
        mark,
        middle,
        _FLOOR + 16,
        month.short_name,
    )

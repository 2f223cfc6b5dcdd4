"""Draws numbers by week as bars in SVG on the server; the same numbers stand in a table beside it."""

from collections.abc import Sequence
from datetime import date

from django.utils.dateformat import format as date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

# In units of the drawing.
WIDTH, HEIGHT = 640, 200
_TOP, _FLOOR = 24, 168
_GAP = 10


def bars(weeks: Sequence[tuple[date, int]], label: str) -> SafeString:
    """Return one bar for each week with its number on top; `label` is read out in its place."""
    most = max((number for _start, number in weeks), default=0) or 1
    step = WIDTH / max(1, len(weeks))
    drawn = [_bar(index * step, step, start, number, most) for index, (start, number) in enumerate(weeks)]
    return format_html(
        '<svg class="cp-chart" viewBox="0 0 {} {}" role="img" aria-label="{}">{}'
        '<line class="cp-chart__floor" x1="0" y1="{}" x2="{}" y2="{}"/></svg>',
        WIDTH,
        HEIGHT,
        label,
        format_html_join("", "{}", ((bar,) for bar in drawn)),
        _FLOOR,
        WIDTH,
        _FLOOR,
    )


def _bar(left: float, step: float, start: date, number: int, most: int) -> SafeString:
    height = round((_FLOOR - _TOP) * number / most)
    return format_html(
        '<rect class="cp-chart__bar" x="{}" y="{}" width="{}" height="{}"/>'
        '<text class="cp-chart__number" x="{}" y="{}" text-anchor="middle">{}</text>'
        '<text class="cp-chart__label" x="{}" y="{}" text-anchor="middle">{}</text>',
        f"{left + _GAP / 2:.1f}",
        _FLOOR - height,
        f"{step - _GAP:.1f}",
        height,
        f"{left + step / 2:.1f}",
        _FLOOR - height - 6,
        number,
        f"{left + step / 2:.1f}",
        _FLOOR + 20,
        date_format(start, "j M"),
    )

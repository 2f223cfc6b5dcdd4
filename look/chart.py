"""Draws figures as bars in SVG on the server; the same figures stand in a table on the page."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString


@dataclass(frozen=True)
class Bar:
    """One bar: what stands under it, how high it is (None: not known) and what is written on top."""

    label: str
    value: float | None
    number: str = ""


@dataclass(frozen=True)
class Shape:
    """The size of a drawing and where its bars stand, in its own units."""

    css: str
    width: int
    height: int
    top: int
    floor: int
    gap: int
    label: int


WIDE = Shape("cp-chart", width=640, height=200, top=24, floor=168, gap=10, label=188)
SMALL = Shape("cp-chart cp-chart--small", width=360, height=120, top=8, floor=98, gap=8, label=114)


def bars(shown: Sequence[Bar], label: str, shape: Shape = WIDE, most: float = 0) -> SafeString:
    """Return one bar for each of `shown`; `label` is read out in its place, `most` is the full height."""
    full = most or max((bar.value or 0 for bar in shown), default=0) or 1
    step = shape.width / max(1, len(shown))
    drawn = ((_bar(at * step, step, bar, full, shape),) for at, bar in enumerate(shown))
    return format_html(
        '<svg class="{}" viewBox="0 0 {} {}" role="img" aria-label="{}">{}'
        '<line class="cp-chart__floor" x1="0" y1="{}" x2="{}" y2="{}"/></svg>',
        shape.css,
        shape.width,
        shape.height,
        label,
        format_html_join("", "{}", drawn),
        shape.floor,
        shape.width,
        shape.floor,
    )


def _bar(left: float, step: float, bar: Bar, full: float, shape: Shape) -> SafeString:
    height = round((shape.floor - shape.top) * (bar.value or 0) / full)
    middle, top = left + step / 2, shape.floor - height
    rect = format_html(
        '<rect class="cp-chart__bar" x="{}" y="{}" width="{}" height="{}"/>',
        f"{left + shape.gap / 2:.1f}",
        top,
        f"{step - shape.gap:.1f}",
        height,
    )
    parts = [
        _text("none", middle, top - 6, "–") if bar.value is None else rect,
        _text("number", middle, top - 6, bar.number) if bar.number else "",
        _text("label", middle, shape.label, bar.label),
    ]
    return format_html_join("", "{}", ((part,) for part in parts))


def _text(part: str, x: float, y: float, words: str) -> SafeString:
    return format_html(
        '<text class="cp-chart__{}" x="{}" y="{}" text-anchor="middle">{}</text>', part, f"{x:.1f}", y, words
    )

"""The tags every page is written with: icons, states, times, bars; must not query anything."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django import template
from django.core.paginator import Page
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from look import difference, icons, times, tones

register = template.Library()

_WORDS_UNTIL = 10
# Half the outline's circumference times two: the ring's radius is 50.
_RING_LENGTH = 314.159


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """Draw an icon; give `label` only when no word beside it says the same."""
    return icons.svg(name, label)


@register.simple_tag
def tag(text: str, tone: str = tones.DEFAULT, icon: str = "") -> SafeString:
    """Draw a status tag: a shape, a word, a tint."""
    drawing = icons.svg(icon or tones.SHAPE.get(tone, tones.SHAPE[tones.DEFAULT]))
    return format_html('<span class="cp-tag cp-tone--{}">{}<span>{}</span></span>', tone, drawing, text)


@register.simple_tag
def state_tag(state: str, text: str = "") -> SafeString:
    """Draw the tag of a known state; `text` is what people read, the state's own word if left out."""
    tone, shape = tones.of(state)
    return tag(text or str(state).replace("_", " ").capitalize(), tone, shape)


@register.filter
def tone(state: str) -> str:
    """Return the tone of a state's word, for a class such as cp-tone--ok."""
    return tones.of(state)[0]


@register.simple_tag
def time_at(
    value: dt.datetime | dt.date | None, style: str = "short", relative: bool = False
) -> SafeString | str:
    """Write a moment or a day as <time>, absolute, in the council's zone; nothing for None."""
    if value is None or value == "":
        return ""
    mark = mark_safe(" data-relative") if relative else ""
    return format_html(
        '<time datetime="{}"{}>{}</time>', times.machine(value), mark, times.words(value, style)
    )


@register.simple_tag
def date_block(value: dt.datetime | dt.date) -> SafeString:
    """Draw the standing block with weekday, day and month."""
    day = times.in_zone(value).date() if isinstance(value, dt.datetime) else value
    return format_html(
        '<time class="cp-date" datetime="{}"><span>{} </span>'
        '<span class="cp-date__day">{} </span><span>{}</span></time>',
        day.isoformat(),
        times.date_format(day, "D"),
        day.day,
        times.date_format(day, "M"),
    )


@register.filter
def in_words(number: int | None) -> str:
    """Return a small count as a word, a large one in figures with its thousands apart."""
    if number is None:
        return ""
    small = [
        _("none"),
        _("one"),
        _("two"),
        _("three"),
        _("four"),
        _("five"),
        _("six"),
        _("seven"),
        _("eight"),
        _("nine"),
    ]
    return small[number] if 0 <= number < _WORDS_UNTIL else f"{number:,}"


@register.simple_tag
def progress(percent: float, label: str = "", tone: str = "project") -> SafeString:
    """Draw a bar filled to `percent` (0 to 100, cut to that), with its words under it."""
    width = max(0, min(100, round(percent)))
    words = label or _("%(percent)s%% done") % {"percent": width}
    return format_html(
        '<svg class="cp-bar cp-tone--{}" viewBox="0 0 100 8" preserveAspectRatio="none" '
        'aria-hidden="true"><rect class="cp-bar__track" width="100" height="8"/>'
        '<rect class="cp-bar__part" width="{}" height="8"/></svg>'
        '<p class="cp-bar__words">{}</p>',
        tone,
        width,
        words,
    )


@register.simple_tag
def shares(parts: Iterable[tuple[str, int, str]]) -> SafeString:
    """Draw one bar of several parts, with every part's number in words; parts are (label, number, tone)."""
    listed = list(parts)
    total = sum(number for _label, number, _tone in listed) or 1
    start = 0.0
    bars = []
    for _label, number, tone in listed:
        width = 100 * number / total
        bars.append((tone, f"{start:.2f}", f"{width:.2f}"))
        start += width
    return format_html(
        '<svg class="cp-bar cp-bar--shares" viewBox="0 0 100 8" preserveAspectRatio="none" '
        'aria-hidden="true"><rect class="cp-bar__track" width="100" height="8"/>{}</svg>'
        '<ul class="cp-legend">{}</ul>',
        format_html_join("", '<rect class="cp-bar__part cp-tone--{}" x="{}" width="{}" height="8"/>', bars),
        format_html_join(
            "", "<li>{}{} {}</li>", ((_swatch(tone), f"{n:,}", label) for label, n, tone in listed)
        ),
    )


def _swatch(tone: str) -> SafeString:
    return format_html(
        '<svg viewBox="0 0 8 8" aria-hidden="true">'
        '<rect class="cp-bar__part cp-tone--{}" width="8" height="8"/></svg>',
        tone,
    )


@register.simple_tag
def ring(percent: float, label: str, tone: str = "brand") -> SafeString:
    """Draw a ring filled to `percent`; `label` is the sentence read out in its place."""
    share = max(0, min(100, round(percent)))
    filled = _RING_LENGTH * share / 100
    return format_html(
        '<svg class="cp-ring cp-tone--{}" viewBox="0 0 120 120" role="img" aria-label="{}">'
        '<circle cx="60" cy="60" r="50"/><circle class="cp-ring__part" cx="60" cy="60" r="50" '
        'transform="rotate(-90 60 60)" stroke-dasharray="{} {}"/>'
        '<text x="60" y="69">{}%</text></svg>',
        tone,
        label,
        f"{filled:.1f}",
        f"{_RING_LENGTH:.1f}",
        share,
    )


@register.simple_tag
def diff_words(old: Any, new: Any) -> SafeString:
    """Show what changed between two texts, word by word."""
    return difference.by_word(str(old or ""), str(new or ""))


@register.filter
def initial(name: str) -> str:
    """Return the first letter or figure of a name, for the round face of an account."""
    return next((letter.upper() for letter in name if letter.isalnum()), "?")


@register.filter
def steps_with_state(steps: Iterable[str], current: str) -> list[tuple[str, str]]:
    """Return each step with "done", "now" or "next"; all are "next" when `current` is not among them."""
    listed = [str(step) for step in steps]
    now = listed.index(str(current)) if str(current) in listed else -1
    return [(step, "done" if at < now else "now" if at == now else "next") for at, step in enumerate(listed)]


@register.filter
def message_tone(level: str | None) -> str:
    """Return the tone for a message's level as Django names it, or the tone itself."""
    named = {
        "debug": "neutral",
        "info": "brand",
        "success": "ok",
        "warning": "warn",
        "error": "outage",
        "": "brand",
    }
    return named.get(str(level or ""), str(level))


@register.filter
def page_numbers(page: Page) -> list[int | None]:
    """Return the page numbers worth a link: the ends, the page, its neighbours; None marks a gap."""
    last = page.paginator.num_pages
    near = sorted({1, last, *range(max(1, page.number - 1), min(last, page.number + 1) + 1)})
    numbers: list[int | None] = []
    for number in near:
        previous = numbers[-1] if numbers else 0
        if previous is not None and number - previous == 2:  # noqa: PLR2004 one page between: show it
            numbers.append(number - 1)
        elif previous is not None and number - previous > 1:
            numbers.append(None)
        numbers.append(number)
    return numbers

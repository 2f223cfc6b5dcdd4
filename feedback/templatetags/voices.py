"""Draws residents' words: marked where they hold personal data, or masked; must not query anything."""

import datetime as dt
from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, ngettext

from feedback import masking
from feedback.digesting.numbers import Line
from feedback.working_days import objection_due_on, today

register = template.Library()

# A question this short reads well as a heading; a longer one is a text (characters).
HEADING_MOST = 180


@register.filter
def marked(text: str, handle: str = "") -> SafeString:
    """Return the words with personal data in <mark>, everything escaped, line breaks kept."""
    return format_html_join("", "{}", ((_piece(piece),) for piece in masking.pieces(text, handle)))


def _piece(piece: masking.Piece) -> SafeString:
    words = format_html_join(mark_safe("<br>"), "{}", ((line,) for line in piece.text.split("\n")))
    if not piece.label:
        return words
    return format_html('<mark class="cp-mark" title="{}">{}</mark>', piece.label, words)


@register.filter
def masked(text: str, handle: str = "") -> str:
    """Return the words with personal data taken out, and the writer's name on a platform."""
    return masking.mask(text, handle)


@register.filter
def has_personal_data(text: str, handle: str = "") -> bool:
    """Return whether the words hold something that looks like personal data."""
    return masking.has_personal_data(text, handle)


@register.simple_tag
def same_words_wait(voice: Any, times: dict[str, int]) -> int:
    """Return how often the words of `voice` wait for a decision, by the counts given for the page."""
    return times.get(voice.text_print, 0)


@register.filter
def objection_due(made_at: dt.datetime) -> dt.date:
    """Return the day by which an objection made then is to be decided."""
    return objection_due_on(made_at)


@register.filter
def is_past(day: dt.date) -> bool:
    """Return whether a day is over. Reads the clock: for staff pages."""
    return day < today()


@register.filter
def fits_a_heading(text: str) -> bool:
    """Return whether a question is short enough to be a heading."""
    return len(text) <= HEADING_MOST and "\n" not in text


@register.simple_tag
def two_bars(line: Line) -> SafeString:
    """Draw a line's questions and feedback as one bar; the numbers stand beside it in the table."""
    return format_html(
        '<svg class="cp-bar" viewBox="0 0 100 8" height="12" preserveAspectRatio="none" aria-hidden="true">'
        '<rect class="cp-bar__part cp-tone--brand" width="{0}" height="8"/>'
        '<rect class="cp-bar__track" x="{0}" width="{1}" height="8"/></svg>',
        line.percent["questions"],
        line.percent["feedback"],
    )


@register.simple_tag
def both_bar(line: Line) -> SafeString:
    """Draw questions and feedback as one bar with its key in words."""
    return format_html(
        '{}<ul class="cp-legend"><li>{}{}</li><li>{}{}</li></ul>',
        two_bars(line),
        _swatch("cp-bar__part cp-tone--brand"),
        ngettext("%(n)s question", "%(n)s questions", line.questions) % {"n": line.questions},
        _swatch("cp-bar__track"),
        ngettext("%(n)s piece of feedback", "%(n)s pieces of feedback", line.feedback) % {"n": line.feedback},
    )


def _swatch(css: str) -> SafeString:
    return format_html(
        '<svg viewBox="0 0 8 8" aria-hidden="true"><rect class="{}" width="8" height="8"/></svg>', css
    )


@register.simple_tag
def mood_bar(moods: list[tuple[str, int, str]]) -> SafeString:
    """Draw how people sound as one small bar; its numbers are read out in its place."""
    total = sum(number for _label, number, _tone in moods)
    if not total:
        return SafeString("–")
    label = ", ".join(f"{number} {words.lower()}" for words, number, _tone in moods)
    start, parts = 0.0, []
    for _words, number, tone in moods:
        parts.append((tone, f"{start:.1f}", f"{100 * number / total:.1f}"))
        start += 100 * number / total
    return format_html(
        '<svg class="cp-bar" viewBox="0 0 100 8" preserveAspectRatio="none" role="img" aria-label="{}">'
        "<title>{}</title>{}</svg>",
        label,
        label,
        format_html_join("", '<rect class="cp-bar__part cp-tone--{}" x="{}" width="{}" height="8"/>', parts),
    )


@register.simple_tag
def weeks_bars(weeks: list[int]) -> SafeString:
    """Draw weeks as small columns, the oldest first; the numbers are read out in their place."""
    most = max(max(weeks, default=0), 1)
    columns = [
        (at * 10, f"{16 - 16 * max(n, 0) / most:.1f}", f"{16 * max(n, 0) / most:.1f}")
        for at, n in enumerate(weeks)
    ]
    return format_html(
        '<svg class="cp-bar cp-bar--shares" viewBox="0 0 {} 16" preserveAspectRatio="none" role="img"'
        ' aria-label="{}">{}</svg>',
        10 * len(weeks),
        gettext("Week by week: %(numbers)s") % {"numbers": ", ".join(map(str, weeks))},
        format_html_join(
            "", '<rect class="cp-bar__part cp-tone--brand" x="{}" y="{}" width="8" height="{}"/>', columns
        ),
    )


@register.filter
def signed(number: int) -> str:
    """Return a change with its sign: "+71", "−4", "0"."""
    return f"{number:+,}".replace("-", "−") if number else "0"

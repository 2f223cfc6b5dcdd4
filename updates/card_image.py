"""Draws an edition's preview card, 1200 by 630 pixels: what a link to it looks like where people share it.

A pure function of the frozen edition, the council's name and colours; must not query or read the clock.
"""

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from PIL import Image, ImageDraw, ImageFont

from look import fonts, times

from . import cards
from .enums import Urgency
from .models import Edition

# What Facebook, Mastodon, Bluesky and messengers show whole; platforms cut any other shape.
WIDTH, HEIGHT = 1200, 630
# Change it with the design: it stands in the ETag, because the addresses never change.
DESIGN = 1
_MARGIN, _BAND, _FOOT = 72, 136, 92
_TITLE_SIZES, _MOST_LINES, _LEADING = range(84, 43, -4), 4, 1.16
_TOKEN = re.compile(r"--cp-([a-z0-9-]+): (#[0-9a-f]{6});")
# No font has a glyph for it, so it is drawn as whatever stands for a missing one.
_NO_CHARACTER = "\uffff"


@dataclass(frozen=True)
class Card:
    """The words of a card: all that its picture depends on."""

    title: str
    # (tone, words) of each tag, such as ("outage", "Water · repairing").
    tags: tuple[tuple[str, str], ...]
    council: str
    foot: str


def card_of(edition: Edition) -> Card:
    """Return the words on the card of a published edition, which knows its notice and detail."""
    tags = [(cards.tone_of(edition), cards.tag_of(edition))]
    if edition.urgency == Urgency.EMERGENCY:
        tags.insert(0, ("outage", _("Emergency")))
    assert edition.published_at is not None  # only what residents have seen has a card
    host = urlsplit(settings.PORTAL_URL).netloc
    foot = f"{host} · {edition.notice.reference} · {times.words(edition.published_at, 'long')}"
    return Card(edition.headline, tuple(tags), settings.COUNCIL.name, foot)


def address_of(edition: Edition) -> str:
    """Return the absolute address of a published edition's card; it never changes."""
    path = reverse("updates:card", args=[edition.notice.reference, edition.number])
    return f"{settings.PORTAL_URL}{path}"


def alt_of(edition: Edition) -> str:
    """Return the words on the card as one sentence, for whoever cannot see it."""
    said = " · ".join(words for _tone, words in card_of(edition).tags)
    return _("%(council)s. %(tags)s. %(title)s") % {
        "council": settings.COUNCIL.name,
        "tags": said,
        "title": edition.headline,
    }


# Whoever asks for one card again and again costs one drawing; sixteen cards are less than a megabyte.
@lru_cache(maxsize=16)
def png(card: Card) -> bytes:
    """Return the picture as PNG; in some thirty milliseconds."""
    image = Image.new("RGB", (WIDTH, HEIGHT), colours()["paper"])
    draw = ImageDraw.Draw(image)
    _draw_band(image, draw, card)
    below = _draw_tags(draw, card.tags, top=_BAND + 44)
    _draw_title(draw, card.title, top=below + 30)
    _draw_foot(draw, card)
    out = io.BytesIO()
    # Few colours: a palette is a third of the size and looks the same.
    few = image.quantize(128, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    few.save(out, "PNG")
    return out.getvalue()


@lru_cache(maxsize=1)
def colours() -> dict[str, str]:
    """Return the council's colours in light, by their names in the style sheet's tokens."""
    tokens = (settings.BASE_DIR / "static" / "scss" / "_tokens.scss").read_text()
    found: dict[str, str] = {}
    for name, colour in _TOKEN.findall(tokens):
        found.setdefault(name, colour)  # the first block is the light one
    return found


@lru_cache(maxsize=32)
def _font(weight: str, size: int) -> ImageFont.FreeTypeFont:
    # The basic layout: what a shaping library would do to hostile text is not our risk to take.
    name = f"AtkinsonHyperlegibleNext-{weight}.ttf"
    return ImageFont.truetype(str(fonts.FOLDER / name), size, layout_engine=ImageFont.Layout.BASIC)


@lru_cache(maxsize=1)
def _mark() -> Image.Image:
    with Image.open(settings.BASE_DIR / "static" / "img" / "mark.png") as mark:
        return mark.convert("RGBA").resize((76, 76), Image.Resampling.LANCZOS)


def _draw_band(image: Image.Image, draw: ImageDraw.ImageDraw, card: Card) -> None:
    draw.rectangle((0, 0, WIDTH, _BAND), fill=colours()["brand"])
    draw.rectangle((0, _BAND, WIDTH, _BAND + 8), fill=colours()["brand-accent"])
    mark = _mark()
    image.paste(mark, (_MARGIN, (_BAND - mark.height) // 2), mark)
    left = _MARGIN + mark.width + 24
    font, name = _fitting(card.council, "Bold", range(44, 23, -2), WIDTH - left - _MARGIN)
    draw.text((left, _BAND / 2), name, font=font, fill=colours()["on-brand"], anchor="lm")


def _draw_tags(draw: ImageDraw.ImageDraw, tags: Sequence[tuple[str, str]], *, top: int) -> int:
    """Draw the tags in a row from the left; return where they end below."""
    left, height, padding = _MARGIN, 60, 22
    for tone, words in tags:
        font, shown = _fitting(words, "Bold", range(34, 21, -2), WIDTH - _MARGIN - left - 2 * padding)
        right = left + round(font.getlength(shown)) + 2 * padding
        draw.rounded_rectangle((left, top, right, top + height), 10, fill=colours()[f"{tone}-fill"])
        draw.text(
            (left + padding, top + height / 2), shown, font=font, fill=colours()["on-fill"], anchor="lm"
        )
        left = right + 18
    return top + height


def _draw_title(draw: ImageDraw.ImageDraw, title: str, *, top: int) -> None:
    room = HEIGHT - _FOOT - top - 16
    for size in _TITLE_SIZES:
        font = _font("Bold", size)
        lines = _wrapped(drawable(title), font, WIDTH - 2 * _MARGIN)
        if len(lines) <= _MOST_LINES and len(lines) * size * _LEADING <= room:
            break
    else:
        most = min(_MOST_LINES, int(room / (font.size * _LEADING)))
        lines = [*lines[: most - 1], _cut(" ".join(lines[most - 1 :]), font, WIDTH - 2 * _MARGIN)]
    for number, line in enumerate(lines):
        at = (_MARGIN, top + number * font.size * _LEADING)
        draw.text(at, line, font=font, fill=colours()["ink"])


def _draw_foot(draw: ImageDraw.ImageDraw, card: Card) -> None:
    top = HEIGHT - _FOOT
    draw.line((_MARGIN, top, WIDTH - _MARGIN, top), fill=colours()["line"], width=2)
    font, words = _fitting(card.foot, "Regular", range(30, 19, -2), WIDTH - 2 * _MARGIN)
    draw.text((_MARGIN, top + _FOOT / 2), words, font=font, fill=colours()["ink-2"], anchor="lm")


def _fitting(text: str, weight: str, sizes: range, room: float) -> tuple[ImageFont.FreeTypeFont, str]:
    """Return the largest font in which `text` fits on a line, and the text, cut if none is small enough."""
    shown = drawable(text)
    for size in sizes:
        font = _font(weight, size)
        if font.getlength(shown) <= room:
            return font, shown
    return font, _cut(shown, font, room)


def _wrapped(text: str, font: ImageFont.FreeTypeFont, room: float) -> list[str]:
    """Return `text` in lines that fit; a word too long for a line is broken."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if font.getlength(longer) <= room:
            lines[-1] = longer
            continue
        lines += [word] if lines[-1] else []
        lines[-1] = lines[-1] or word
        while font.getlength(lines[-1]) > room:
            fits = next(n for n in range(len(lines[-1]) - 1, 0, -1) if font.getlength(lines[-1][:n]) <= room)
            lines[-1:] = [lines[-1][:fits], lines[-1][fits:]]
    return lines


def _cut(text: str, font: ImageFont.FreeTypeFont, room: float) -> str:
    if font.getlength(text) <= room:
        return text
    fits = next((n for n in range(len(text), 0, -1) if font.getlength(f"{text[:n]}…") <= room), 0)
    return f"{text[:fits].rstrip()}…"


def drawable(text: str) -> str:
    """Return `text` without what our font cannot draw, such as emoji and other scripts, its spaces folded."""
    return " ".join("".join(char if _has_glyph(char) else " " for char in text).split())


@lru_cache(maxsize=2048)
def _has_glyph(character: str) -> bool:
    font = _font("Bold", 24)
    return character.isspace() or bytes(font.getmask(character)) != bytes(font.getmask(_NO_CHARACTER))

"""Splits a text into the posts of a thread: at paragraphs, then sentences, then words; knows no platform."""

from collections.abc import Callable, Iterator
from itertools import pairwise

import regex

from .text import urls

Fits = Callable[[str], bool]

_PARAGRAPH = regex.compile(r"\n\s*\n\s*")
# An ordinal or an initial before the space ("Mr. Smith") may look like an end too: the post still reads well.
_SENTENCE = regex.compile(r"(?<=[.!?…。！？][\"'”’)\]]?)\s+|\s*\n\s*")
_WORD = regex.compile(r"\s+")
_LEAST_FILLED = 0.5
"""How much of what would fit a post has to hold before a better place to break is preferred."""


def thread(text: str, fits: Fits, most: int, *, first_needs: str = "") -> list[str] | None:
    """Return `text` as posts that all fit, each ending in its number (1/3); None when `most` are too few.

    No word is lost or added; only the white space where it was split goes. `first_needs` (the link) is put
    under the first post.
    """
    for total in range(2, most + 1):
        for breaks in ((_PARAGRAPH, _SENTENCE, _WORD), (_WORD,)):
            parts = _parts(text.strip(), _Numbered(fits, total, first_needs), breaks)
            if parts is not None:
                return parts
    return None


class _Numbered:
    """How a piece of the text looks as post `number` of `total`, and whether that fits."""

    def __init__(self, fits: Fits, total: int, first_needs: str) -> None:
        self._fits, self.total, self._first_needs = fits, total, first_needs

    def whole(self, piece: str, number: int) -> str:
        """Return the piece with what stands under it."""
        below = [self._first_needs] if number == 1 and self._first_needs else []
        return "\n\n".join([piece, *below, f"{number}/{self.total}"])

    def fits(self, piece: str, number: int) -> bool:
        """Say whether the platform takes the piece as that post."""
        return self._fits(self.whole(piece, number))


def _parts(text: str, numbered: _Numbered, breaks: tuple[regex.Pattern, ...]) -> list[str] | None:
    """Fill one post after the other; None when text is left over or a post would be empty."""
    parts, rest = [], text
    for number in range(1, numbered.total + 1):
        if not rest:
            return None
        if numbered.fits(rest, number):
            end, after = len(rest), len(rest)
        else:
            end, after = _break(rest, numbered, number, breaks)
        if not end:
            return None
        parts.append(numbered.whole(rest[:end], number))
        rest = rest[after:]
    return None if rest else parts


def _break(text: str, numbered: _Numbered, number: int, breaks: tuple[regex.Pattern, ...]) -> tuple[int, int]:
    """Return where the post ends and where the next begins; (0, 0) when nothing fits."""
    most = 0
    best: dict[regex.Pattern, tuple[int, int]] = {}
    for pattern in reversed(breaks):
        places = [found.span() for found in pattern.finditer(text) if found.start()]
        fitting = [place for place in places if numbered.fits(text[: place[0]], number)]
        if fitting:
            best[pattern] = fitting[-1]
            most = max(most, fitting[-1][0])
    for pattern in breaks:
        if pattern in best and best[pattern][0] >= most * _LEAST_FILLED:
            return best[pattern]
    inside = [place for place in _inside_words(text) if numbered.fits(text[:place], number)]
    return (inside[-1], inside[-1]) if inside else (0, 0)


def _inside_words(text: str) -> Iterator[int]:
    """Yield where a first word longer than a whole post may be broken: between clusters, never in a link."""
    addresses = list(urls(text))
    places = [found.end() for found in regex.finditer(r"\X", text)]
    for place, _next in pairwise(places):
        if not any(start < place < end for start, end in addresses):
            yield place

"""Splits a text into the posts of a thread: at paragraphs, then sentences, then words; knows no platform."""

from bisect import bisect_left
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
    found = {pattern: _last_fitting(_places(pattern, text), text, numbered, number) for pattern in breaks}
    most = max(end for end, _after in found.values())
    for end, after in found.values():
        if end and end >= most * _LEAST_FILLED:
            return end, after
    return _last_fitting([(place, place) for place in _inside_words(text)], text, numbered, number)


def _places(pattern: regex.Pattern, text: str) -> list[tuple[int, int]]:
    return [found.span() for found in pattern.finditer(text) if found.start()]


def _last_fitting(
    places: list[tuple[int, int]], text: str, numbered: _Numbered, number: int
) -> tuple[int, int]:
    """Return the last place before which the text fits; (0, 0) when there is none."""

    def is_too_long(place: tuple[int, int]) -> bool:
        return not numbered.fits(text[: place[0]], number)

    # First in growing steps: most places lie far behind what fits, and counting there is dear.
    reach = 1
    while reach < len(places) and not is_too_long(places[reach]):
        reach *= 2
    fitting = bisect_left(places, True, hi=min(reach, len(places)), key=is_too_long)
    return places[fitting - 1] if fitting else (0, 0)


def _inside_words(text: str) -> Iterator[int]:
    """Yield where a first word longer than a whole post may be broken: between clusters, never in a link."""
    addresses = list(urls(text))
    places = [found.end() for found in regex.finditer(r"\X", text)]
    for place, _next in pairwise(places):
        if not any(start < place < end for start, end in addresses):
            yield place

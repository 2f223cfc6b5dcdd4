"""Reads the words of a PDF, and finds those that lie under filled boxes; must not change it."""

import time
from collections.abc import Callable, Iterator
from typing import Any

from pypdf import PdfReader

# What the checks and the search read of one document (characters).
MOST_TEXT = 300_000
# A few kilobytes can unfold to hours of drawing, and somebody waits for the answer: for all pages together
# (seconds), and for what one page or drawing unfolds to (bytes), for its parser cannot be stopped.
MOST_SECONDS = 20.0
MOST_DRAWING = 4_000_000
# A box nobody would cover words with (points).
_SMALLEST = 4.0
_FILLS = {b"f", b"F", b"f*", b"b", b"b*", b"B", b"B*"}
_ENDS = {*_FILLS, b"S", b"s", b"n"}

Box = tuple[float, float, float, float]


class TooMuch(Exception):
    """The document draws more than can be read while somebody waits."""


def refuse_length(drawing: bytes) -> None:
    """Raise TooMuch for the unpacked drawing of a page, or of a part of it, that is too long to parse."""
    if len(drawing) > MOST_DRAWING:
        raise TooMuch


def read(reader: PdfReader) -> tuple[str, list[int]]:
    """Return the words of the document as far as anybody will read them, and its covered pages.

    Those are the numbers of the pages, from 1, on which a filled box was drawn over words that were there.
    Such words look blacked out and can be copied by anybody. A coloured box under words is no such thing.
    Raises TooMuch.
    """
    in_time = _until(time.monotonic() + MOST_SECONDS)
    parts: list[str] = []
    covered: list[int] = []
    for number, page in enumerate(reader.pages, start=1):
        contents = page.get_contents()
        refuse_length(contents.get_data() if contents is not None else b"")
        look = _Look(in_time)
        parts.append(page.extract_text(visitor_operand_before=look.at_operator, visitor_text=look.at_text))
        # Once more: what is raised inside a drawing within a drawing, pypdf keeps to itself.
        in_time()
        if look.has_covered_words():
            covered.append(number)
    return _storable("\n\n".join(parts)[:MOST_TEXT]), covered


def _until(end: float) -> Callable[[], None]:
    def in_time() -> None:
        if time.monotonic() > end:
            raise TooMuch

    return in_time


def _storable(text: str) -> str:
    # Halves of characters and zero bytes are no text to the database.
    return text.replace("\x00", "").encode("utf-8", "ignore").decode()


class _Look:
    """Follows the drawing of a page: where words were put, and which boxes were filled after them."""

    def __init__(self, in_time: Callable[[], None]) -> None:
        self._in_time = in_time
        self.words: list[tuple[float, float]] = []
        self.waiting: list[Box] = []
        # Each box with how many words there were when it was drawn.
        self.boxes: list[tuple[Box, int]] = []

    def at_text(self, text: str, cm: Any, tm: Any, _font: Any, _size: Any) -> None:
        """Remember where a word begins."""
        if text.strip():
            self.words.append(_moved(tm[4], tm[5], cm))

    def at_operator(self, operator: bytes, operands: Any, cm: Any, _tm: Any) -> None:
        """Remember a rectangle, and that it was filled."""
        self._in_time()
        if operator == b"re":
            x, y, width, height = (float(number) for number in operands)
            self.waiting.append(_corners(_moved(x, y, cm), _moved(x + width, y + height, cm)))
        elif operator in _ENDS:
            if operator in _FILLS:
                self.boxes += [(box, len(self.words)) for box in self.waiting if _is_box(box)]
            self.waiting = []

    def has_covered_words(self) -> bool:
        """Say whether a word lies in a box that was filled after it."""
        return any(_is_inside(word, box) for box, words in self.covered() for word in words)

    def covered(self) -> Iterator[tuple[Box, list[tuple[float, float]]]]:
        """Yield each filled box with the words that were there before it."""
        for box, before in self.boxes:
            yield box, self.words[:before]


def _moved(x: float, y: float, by: Any) -> tuple[float, float]:
    return by[0] * x + by[2] * y + by[4], by[1] * x + by[3] * y + by[5]


def _corners(one: tuple[float, float], two: tuple[float, float]) -> Box:
    return min(one[0], two[0]), min(one[1], two[1]), max(one[0], two[0]), max(one[1], two[1])


def _is_box(box: Box) -> bool:
    return box[2] - box[0] > _SMALLEST and box[3] - box[1] > _SMALLEST


def _is_inside(word: tuple[float, float], box: Box) -> bool:
    # A word is remembered by where its line begins, on the foot of its letters.
    return box[0] - 1 <= word[0] <= box[2] and box[1] - 1 <= word[1] <= box[3]

"""Reads the words of a PDF, and finds those that lie under filled boxes; must not change it."""

from collections.abc import Iterator
from typing import Any

from pypdf import PageObject, PdfReader

# What the checks and the search read of one document (characters).
MOST_TEXT = 300_000
# A box nobody would cover words with (points).
_SMALLEST = 4.0
_FILLS = {b"f", b"F", b"f*", b"b", b"b*", b"B", b"B*"}
_ENDS = {*_FILLS, b"S", b"s", b"n"}

Box = tuple[float, float, float, float]


def text_of(reader: PdfReader) -> str:
    """Return the words of the document, page after page, as far as anybody will read them."""
    parts: list[str] = []
    length = 0
    for page in reader.pages:
        parts.append(page.extract_text())
        length += len(parts[-1])
        if length > MOST_TEXT:
            break
    whole = "\n\n".join(parts)[:MOST_TEXT]
    # Halves of characters and zero bytes are no text to the database.
    return whole.replace("\x00", "").encode("utf-8", "ignore").decode()


def covered_pages(reader: PdfReader) -> list[int]:
    """Return the numbers of the pages, from 1, on which a filled box was drawn over words that were there.

    Such words look blacked out and can be copied by anybody. A coloured box under words is no such thing.
    """
    return [number for number, page in enumerate(reader.pages, start=1) if _has_covered_words(page)]


def _has_covered_words(page: PageObject) -> bool:
    look = _Look()
    page.extract_text(visitor_operand_before=look.at_operator, visitor_text=look.at_text)
    return any(_is_inside(word, box) for box, words in look.covered() for word in words)


class _Look:
    """Follows the drawing of a page: where words were put, and which boxes were filled after them."""

    def __init__(self) -> None:
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
        if operator == b"re":
            x, y, width, height = (float(number) for number in operands)
            self.waiting.append(_corners(_moved(x, y, cm), _moved(x + width, y + height, cm)))
        elif operator in _ENDS:
            if operator in _FILLS:
                self.boxes += [(box, len(self.words)) for box in self.waiting if _is_box(box)]
            self.waiting = []

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

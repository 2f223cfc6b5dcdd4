"""Counts and shortens text the way platforms do; pure, knows no platform by name."""

import unicodedata
from collections.abc import Callable, Iterator

import regex

URL = regex.compile(r"https?://[^\s<>\"'“”]+", regex.IGNORECASE)
TRAILING = ".,;:!?…)]}»"
ELLIPSIS = "…"
HASHTAG = regex.compile(r"(?<!\S)#(?=\S*[^\d\s\p{P}])\S+")
LONGEST_HASHTAG = 64
"""Characters as a reader counts them; the limit of app.bsky.richtext.facet#tag."""


def graphemes(text: str) -> int:
    """Return how many characters a reader sees: a family emoji or an accented letter counts once."""
    return len(regex.findall(r"\X", text))


def urls(text: str) -> Iterator[tuple[int, int]]:
    """Yield start and end (in code points) of each web address, without the punctuation behind it."""
    for match in URL.finditer(text):
        end = match.start() + len(match.group().rstrip(TRAILING))
        yield match.start(), end


def hashtags(text: str) -> Iterator[tuple[int, int]]:
    """Yield start and end (in code points) of each hashtag, its # included, punctuation behind it not."""
    for match in HASHTAG.finditer(text):
        tag = regex.sub(r"\p{P}+$", "", match.group())
        if 1 < graphemes(tag) <= LONGEST_HASHTAG + 1:
            yield match.start(), match.start() + len(tag)


def bytes_before(text: str, position: int) -> int:
    """Return the UTF-8 byte offset of a code point position."""
    return len(text[:position].encode())


def unprintable(text: str) -> bool:
    """Say whether the text holds characters no platform shows: NUL and other controls, lone surrogates."""
    return any(unicodedata.category(char) in {"Cc", "Cs"} and char not in "\n\t" for char in text)


def printable(text: str) -> str:
    """Return the text without such characters, with single line ends."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(char for char in text if char in "\n\t" or unicodedata.category(char) not in {"Cc", "Cs"})


def shorten(text: str, fits: Callable[[str], bool]) -> str:
    """Return `text`, or its longest beginning of whole words with an ellipsis for which `fits` is true.

    Returns an empty text when not even one word fits. Only generated text: a person's words are never cut.
    """
    if fits(text):
        return text
    words = text.split()
    low, high = 0, len(words)
    while low < high:
        middle = (low + high + 1) // 2
        if fits(_beginning(words, middle)):
            low = middle
        else:
            high = middle - 1
    return _beginning(words, low) if low else ""


def _beginning(words: list[str], count: int) -> str:
    return " ".join(words[:count]).rstrip(".,;:–-") + ELLIPSIS

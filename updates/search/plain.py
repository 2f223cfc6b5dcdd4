"""Searches without full text: reads the words themselves, as the first look's SQLite does."""

import difflib
import re

from django.db.models import Case, IntegerField, Q, Value, When
from django.utils.safestring import SafeString

from ..models import SearchEntry, SearchWord
from . import indexing
from .asked import Asked
from .marking import START, STOP, marked, without_marks
from .narrowing import narrowed

_ALIKE = 0.7
# How much is shown around the first word found (characters).
_BEFORE, _AFTER = 60, 160


class Engine:
    """The search on SQLite."""

    def matches(self, asked: Asked, most: int) -> list[int]:
        """Return the keys of the newest `most` notices with every word, those with all in the title first."""
        words = asked.words.replace('"', " ").split()
        if not words:
            return []
        holds, in_title = Q(), Q()
        for word in words:
            stem = _stem(word)
            columns = ["title", "summary", "places", "body"]
            anywhere = [Q(**{f"search_entry__{column}__icontains": stem}) for column in columns]
            holds &= anywhere[0] | anywhere[1] | anywhere[2] | anywhere[3]
            in_title &= anywhere[0]
        first = Case(When(in_title, then=Value(0)), default=Value(1), output_field=IntegerField())
        newest = narrowed(asked).filter(holds).annotate(place=first).values_list("pk", "place")[:most]
        return [key for key, _place in sorted(newest, key=lambda row: row[1])]

    def corrected(self, words: str) -> str:
        """Return `words` with each unknown one replaced by the known word most like it. One query."""
        known = set(SearchWord.objects.values_list("word", flat=True))
        return " ".join(_nearest(word, known) for word in words.split())

    def marked(self, keys: list[int], words: str) -> list[tuple[int, SafeString, SafeString]]:
        """Return key, marked title and marked extract of each notice. One query."""
        stems = [re.escape(_stem(word)) for word in words.replace('"', " ").split()]
        pattern = re.compile(rf"(?:{'|'.join(stems)})\w*", re.IGNORECASE)
        entries = SearchEntry.objects.filter(pk__in=keys)
        return [
            (entry.pk, _marked(entry.title, pattern), _marked(_around(entry, pattern), pattern))
            for entry in entries
        ]


def _stem(word: str) -> str:
    """Return a word without the commonest ending, so that "closures" finds "closure"."""
    plain = word.strip(".,;:!?()")
    return plain[:-1] if plain.endswith("s") and len(plain) > 3 else plain or word  # noqa: PLR2004 "gas", "bus"


def _nearest(word: str, known: set[str]) -> str:
    if word.casefold() in known or not indexing.words_of(word):
        return word
    return next(iter(difflib.get_close_matches(word.casefold(), known, n=1, cutoff=_ALIKE)), word)


def _around(entry: SearchEntry, pattern: re.Pattern[str]) -> str:
    text = f"{entry.summary} {entry.body}"
    hit = pattern.search(text)
    if hit is None:
        return entry.summary
    begin, end = hit.start() - _BEFORE, hit.start() + _AFTER
    # From one space to another, so that no word is cut.
    start = text.find(" ", begin, hit.start()) + 1 if begin > 0 else 0
    stop = text.rfind(" ", hit.end(), end) if end < len(text) else len(text)
    stop = stop if stop > 0 else hit.end()
    return f"{'… ' if start else ''}{text[start:stop].strip()}{' …' if stop < len(text) else ''}"


def _marked(text: str, pattern: re.Pattern[str]) -> SafeString:
    return marked(pattern.sub(lambda hit: f"{START}{hit.group()}{STOP}", without_marks(text)))

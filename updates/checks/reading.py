"""Checks how hard the words are to read; pure functions of the text."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..finding import HINT, WARN, Excerpt, Finding
from .texts import PROSE, Words

# The figures of a few sentences say nothing (words).
FEWEST_WORDS = 60
# Plain English for the public is meant for a reading age of 9 to 14; above that people stop reading.
HIGHEST_AGE = 14
# GOV.UK's content guidance splits sentences longer than this (words).
LONG_SENTENCE = 25
_LONGEST_SHOWN = 3
_SHOWN_LENGTH = 120
# A sentence ends at its stop, at an empty line, and where a list or a heading begins.
_SENTENCE_END = re.compile(r"[.!?]+[\"”’)*_]*(?=\s)|\n\s*\n|\n(?=[ \t]*(?:[-*+#>]|\d+\.))")
_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*+")
_ADDRESS = re.compile(r"\]\([^)\s]*\)|<[^>\s]*>|https?://\S+")
_VOWELS = re.compile(r"[aeiouy]+")


@dataclass(frozen=True)
class Sentence:
    """A sentence, where it begins in the text (code points), and its words."""

    text: str
    start: int
    words: tuple[str, ...]


def check(words: Words) -> list[Finding]:
    """Return a warning where the reading age is too high, with the longest sentences, else their count."""
    sentences = {name: sentences_of(words[name]) for name in PROSE}
    every = [sentence for name in PROSE for sentence in sentences[name]]
    age = reading_age(every)
    long = [s for s in sentences["body"] if len(s.words) > LONG_SENTENCE]
    longest = sorted(sentences["body"], key=lambda s: -len(s.words))[:_LONGEST_SHOWN]
    if age is not None and age > HIGHEST_AGE:
        message = _(
            "The words are hard: one needs to read like a person of %(age)s, and many residents cannot. Aim "
            "for %(aim)s or less: shorter sentences, plainer words. These sentences are the longest."
        ) % {"age": age, "aim": HIGHEST_AGE}
        return [Finding("reading_age", WARN, message, "body", _shown(longest))]
    if long:
        message = ngettext(
            "%(count)s sentence has more than %(limit)s words. Two short ones are easier to read.",
            "%(count)s sentences have more than %(limit)s words. Shorter ones are easier to read.",
            len(long),
        ) % {"count": len(long), "limit": LONG_SENTENCE}
        return [Finding("long_sentences", HINT, message, "body", _shown(long[:_LONGEST_SHOWN]))]
    return []


def reading_age(sentences: list[Sentence]) -> int | None:
    """Return the age at which most people can read it, in years; None for a text too short to tell.

    The Flesch-Kincaid grade (Kincaid, Fishburne, Rogers and Chissom 1975, U.S. Navy Research Branch Report
    8-75) and the five years that an American pupil has behind them before the first grade.
    """
    words = [word for sentence in sentences for word in sentence.words]
    if len(words) < FEWEST_WORDS:
        return None
    beats = sum(syllables(word) for word in words)
    grade = 0.39 * len(words) / len(sentences) + 11.8 * beats / len(words) - 15.59
    return max(5, round(grade + 5))


def sentences_of(markdown: str) -> list[Sentence]:
    """Return the sentences of a text, without those that hold no word. Each line of a list is one."""
    # As long as before, so that places stay true.
    plain = _ADDRESS.sub(lambda hit: " " * len(hit.group()), markdown)
    found, start = [], 0
    for end in [*(hit.end() for hit in _SENTENCE_END.finditer(plain)), len(plain)]:
        if words := tuple(_WORD.findall(plain[start:end])):
            text = markdown[start:end]
            begins = start + len(text) - len(text.lstrip(" \t\n#*->+_"))
            found.append(Sentence(markdown[begins:end].rstrip(), begins, words))
        start = end
    return found


def syllables(word: str) -> int:
    """Return how many syllables an English word has, by its groups of vowels; at least one."""
    word = word.lower()
    count = len(_VOWELS.findall(word))
    is_silent = re.search(r"(?:[^aeiouyl]|[aeiouy]l)e$|[^aeiouydt]ed$|[^aeiouyszxlc]es$", word)
    return max(1, count - (1 if is_silent else 0))


def _shown(sentences: list[Sentence]) -> tuple[Excerpt, ...]:
    return tuple(
        Excerpt("", s.text[:_SHOWN_LENGTH], "…" if len(s.text) > _SHOWN_LENGTH else "", s.start)
        for s in sentences
    )

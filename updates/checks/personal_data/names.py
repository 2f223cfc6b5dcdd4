"""Finds people's names by their titles or by a common given name; must not know who works for the council."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from .match import Match
from .word_lists import GIVEN_NAMES, NOT_SURNAMES, OFFICES, PLACES, TITLES, VAGUE_TITLES

_WORD = re.compile(r"[^\W\d_](?:[\w’'-]*[^\W_])?+")
_LONGEST_NAME = 4


@dataclass(frozen=True)
class _Word:
    text: str
    start: int
    # What stands between it and the word before.
    gap: str

    @property
    def is_capitalised(self) -> bool:
        """Say whether it is written as names are ("McKay", "O’Neill", "Danvers-Wright")."""
        return self.text[0].isupper() and (len(self.text) == 1 or not self.text.isupper())

    @property
    def bare(self) -> str:
        """Return it without a genitive."""
        return re.sub(r"[’']s$", "", self.text)


def find(text: str) -> list[Match]:
    """Return the names of people: a title and a name, or a common given name and what follows it.

    Offices ("Cllr Price") and places ("Albert Street") are left out.
    """
    words = _words(text)
    found, at = [], 0
    while at < len(words):
        length = _length_at(words, at)
        if length:
            start, last = words[at].start, words[at + length - 1]
            name = text[start : last.start + len(last.bare)]
            found.append(Match("name", _("a person’s name"), name, start))
        at += max(1, length)
    return found


def _words(text: str) -> list[_Word]:
    words, end = [], 0
    for hit in _WORD.finditer(text):
        words.append(_Word(hit.group(), hit.start(), text[end : hit.start()]))
        end = hit.end()
    return words


def _length_at(words: list[_Word], at: int) -> int:
    """Return how many words from `at` on are one person's name; 0 for none."""
    first = words[at]
    has_title = first.text in TITLES
    if not has_title and first.text not in GIVEN_NAMES:
        return 0
    if at and words[at - 1].text in OFFICES and _joins(words[at]):
        return 0
    length = 1
    while length <= _LONGEST_NAME and _goes_on(words, at + length):
        length += 1
    if length == 1 or (first.text in VAGUE_TITLES and words[at + 1].bare not in GIVEN_NAMES):
        return 0
    # "Dr Martens Way" is a street; "Mrs Field" is a person all the same.
    may_be_a_place = length > 2 or not has_title  # noqa: PLR2004
    return 0 if may_be_a_place and words[at + length - 1].bare in PLACES else length


def _goes_on(words: list[_Word], at: int) -> bool:
    """Say whether the word at `at` belongs to the name that the words before it began."""
    if at >= len(words) or not _joins(words[at]) or not words[at].is_capitalised:
        return False
    before = words[at - 1].text
    # A full stop joins only after a title or an initial ("Mr. J. Smith"); a genitive ends a name.
    stopped = "." in words[at].gap and before not in TITLES and len(before) > 1
    return not stopped and words[at - 1].bare == before and words[at].text not in OFFICES | NOT_SURNAMES


def _joins(word: _Word) -> bool:
    return word.gap in (" ", "\xa0", ". ", ".\xa0", ".")

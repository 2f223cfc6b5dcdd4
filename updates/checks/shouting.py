"""Checks for capitals and exclamation marks, which are harder to read and sound like shouting."""

import re

from django.utils.translation import gettext as _

from ..finding import WARN, Finding, excerpt
from .texts import Words

# Shorter runs in capitals are names and abbreviations ("A38 CLOSED", "NHS, HMRC and DVLA").
SHORTEST_RUN = 12
_WORDS_IN_A_RUN = 3
_RUN = re.compile(r"\b[A-Z]{2,}+(?:[ ,’'&-]{1,2}[A-Z]{2,}+\b)*+")
_MARKS = re.compile(r"!(?:\s?!)++")
# One in the title, one in the summary, three in the text are nobody’s trouble.
_MOST_MARKS = {"title": 1, "summary": 1, "body": 3}


def check(words: Words) -> list[Finding]:
    """Return what shouts."""
    return [*_capitals_in_title(words["title"]), *_capitals_in(words), *_marks(words)]


def _capitals_in_title(title: str) -> list[Finding]:
    letters = [letter for letter in title if letter.isalpha()]
    if len(letters) >= SHORTEST_RUN and all(letter.isupper() for letter in letters):
        return [Finding("shouting", WARN, _("The title is all in capitals."), "title")]
    return []


def _capitals_in(words: Words) -> list[Finding]:
    message = _("Whole words in capitals are hard to read. Write them as you would say them.")
    found = []
    for where in ("summary", "body"):
        runs = [hit for hit in _RUN.finditer(words[where]) if _is_shouted(hit.group())]
        if runs:
            places = tuple(excerpt(words[where], *hit.span()) for hit in runs)
            found.append(Finding("shouting", WARN, message, where, places))
    return found


def _is_shouted(run: str) -> bool:
    return len(run.split()) >= _WORDS_IN_A_RUN and sum(sign.isalpha() for sign in run) >= SHORTEST_RUN


def _marks(words: Words) -> list[Finding]:
    message = _("Too many exclamation marks: the words should say how much it matters.")
    found = []
    for where, most in _MOST_MARKS.items():
        text = words[where]
        if _MARKS.search(text) or text.count("!") > most:
            places = tuple(excerpt(text, *hit.span()) for hit in _MARKS.finditer(text))
            found.append(Finding("exclamation_marks", WARN, message, where, places))
    return found

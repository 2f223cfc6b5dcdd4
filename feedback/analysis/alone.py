"""Says whether a sentence can be understood without what stood around it; knows only its words."""

import re

from . import words

# A sentence of so many letters says enough to stand for others.
_SAYS_ENOUGH = 25
# Whoever begins with one of these goes on from something, or speaks of somebody named before (English).
_LEANING = """
also and because but either he hence he's hes however instead it its it's nor or otherwise plus she she's
shes so that's thats then therefore they they're those though these too which yet
"""
_OPENERS = frozenset(_LEANING.split())
_FIRST = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


def stands_alone(sentence: str) -> bool:
    """Return whether a sentence is long enough, and does not begin as the second half of a thought."""
    first = _FIRST.search(sentence)
    leans = first is not None and first[0].casefold().replace("’", "'") in _OPENERS
    return words.letters(sentence) >= _SAYS_ENOUGH and not leans

"""Cuts texts of any language into sentences and into the terms they are compared by; keeps no state."""

import re
import unicodedata
from collections.abc import Iterator

# Beyond this a text says the same again: reading on costs time and adds nothing (characters).
TEXT_READ = 20_000
# A sentence that can stand alone in a summary (characters).
SENTENCE_LEAST, SENTENCE_MOST = 12, 280

_BREAK = re.compile(r"(?<=[.!?…。！？।])[\"”’)]*\s+|(?<=[。！？])|\n+")
_RUN = re.compile(r"[^\W_]+(?:['’][^\W_]+)*|[^\w\s]", re.UNICODE)
# Scripts that put no space between words are read two letters at a time.
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
_ENDINGS = (
    "ations",
    "ation",
    "ments",
    "ment",
    "ings",
    "ing",
    "ers",
    "ies",
    "ied",
    "ily",
    "ed",
    "er",
    "es",
    "ly",
    "s",
)
_STEM_LEAST = 4
# Signs above this are pictures rather than punctuation.
_PUNCTUATION_ENDS = 0x2100

_COMMON = """
a about above after again all also am an and any are as at be because been before being below between
both but by can could did do does doing done down during each even few for from further get gets getting
give given go goes going got had has have having he her here hers him his how i if in into is it its just
let like make makes many may me might more most much must my no nor not now of off on once one only or
other our ours out over own please put quite rather really said same say says see she should so some
still such take than that the their theirs them then there these they thing things this those through to
too under until up us very was way we well were what when where which while who why will with would you
your yours im ive dont doesnt didnt cant wont isnt arent wasnt thats theres youre theyre id ill
"""
STOP = frozenset(_COMMON.split())


def sentences(text: str) -> list[str]:
    """Return the sentences of a text that can stand alone, each exactly as it was written.

    One that is too long is cut at the last comma or space that fits; without any, the text is given whole.
    """
    found = [piece for raw in _BREAK.split(text[:TEXT_READ]) if raw for piece in _fitting(raw.strip())]
    return [each for each in found if letters(each) >= SENTENCE_LEAST] or [each for each in found if each][:1]


def letters(sentence: str) -> int:
    """Return how long a sentence would be in English: a script without spaces says it in a third."""
    return len(sentence) * (3 if _UNSPACED.search(sentence) else 1)


def _fitting(sentence: str) -> Iterator[str]:
    while len(sentence) > SENTENCE_MOST:
        head = sentence[:SENTENCE_MOST]
        end = max(head.rfind(", "), head.rfind("; ")) + 1 or head.rfind(" ")
        end = end if end > SENTENCE_LEAST else SENTENCE_MOST
        yield sentence[:end].strip()
        sentence = sentence[end:].strip()
    yield sentence


def terms(text: str) -> list[str]:
    """Return what a text is compared by: stems of its words without the commonest, in the order they come.

    Texts of scripts without spaces give pairs of letters; a text of signs alone (emoji) gives the signs.
    """
    folded = unicodedata.normalize("NFKC", text[:TEXT_READ]).casefold().replace("’", "'")
    signs: list[str] = []
    found: list[str] = []
    for run in _RUN.findall(folded):
        if not run[0].isalnum():
            signs.append(run)
        elif _UNSPACED.search(run):
            found += _pairs(run)
        elif (word := run.replace("'", "")) not in STOP and len(word) > 1:
            found.append(stem(word))
    return found or [sign for sign in signs if ord(sign) > _PUNCTUATION_ENDS] or signs[:1]


def _pairs(run: str) -> list[str]:
    return [run[at : at + 2] for at in range(max(1, len(run) - 1))]


def stem(word: str) -> str:
    """Return a word without the ending that English gives it; words of other languages lose little by it."""
    if not word.isascii() or not word.isalpha():
        return word
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _STEM_LEAST - (ending == "s"):
            word = word.removesuffix(ending)
            break
    return word[:-1] if word.endswith(("e", "i", "y")) and len(word) > _STEM_LEAST else word


def shingles(text: str, length: int = 4) -> frozenset[str]:
    """Return the runs of letters of a text: compared by them, misspellings matter little."""
    folded = " ".join(re.findall(r"[^\W_]+", unicodedata.normalize("NFKC", text[:TEXT_READ]).casefold()))
    padded = f" {folded} "
    return frozenset(padded[at : at + length] for at in range(max(1, len(padded) - length + 1)))

"""Names a group of texts in words that its writers use; invents none."""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from . import words
from .fillers import FILLERS

LABEL_MOST = 60
_PHRASE_MOST = 3
# What masking puts in place of personal data is nobody's word.
_MASKED = re.compile(r"\[[^\]]*\]")
_PART = re.compile(r"[.!?,;:()…—–\n\"“”]+")
_RUN = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
# A run of letters this long is a sentence in a script without spaces, not a word.
_WORD_MOST = 30
# How many of the group must say a phrase for it to be the label: this share and two people, if there are two.
_COMMON = 0.2
# One name is enough if so many of the group say it.
_ENOUGH = 0.3
# A phrase tells more than the same number of people saying one word, and so does what the group is known by.
_PHRASE_TELLS, _KNOWN_TELLS = 1.7, 1.5
# What everybody says tells hardly anything, but more than nothing: all may speak of the same.
_HARDLY = 0.05

Key = tuple[str, ...]


@dataclass
class _Name:
    """A word or a phrase: who says it, and how they write it."""

    people: set[str] = field(default_factory=set)
    written: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))


class Speech:
    """How often everybody says each word and phrase: what the words of one group are held against."""

    def __init__(self, texts: Iterable[str]) -> None:
        """Count in how many of the texts each stands."""
        self._number = 0
        self._count: Counter[Key] = Counter()
        for text in texts:
            self._number += 1
            self._count.update({key for key, _run in _names(text)})

    def surprise(self, key: Key, share: float) -> float:
        """Return how much more a group says this than everybody (bits), if `share` of the group says it."""
        return max(_HARDLY, math.log2(max(1.0, share * self._number / max(1, self._count[key]))))


def label(
    said: Sequence[tuple[str, str]],
    speech: Speech,
    known_by: Sequence[str],
    may_say: Callable[[str], bool] = lambda _words: True,
) -> str:
    """Return what a group is called: a phrase of its own, or the two words that tell it best; "" if none.

    `said` are (person, text) pairs, `known_by` the stems the group is known by. Nothing is shown that
    `may_say` refuses, nor what one person alone wrote where there are more.
    """
    found = _told_apart(said, speech, frozenset(known_by))
    chosen: list[tuple[Key, str]] = []
    for key, run, is_enough in found:
        if any(_overlap(key, other) for other, _run in chosen) or not may_say(run):
            continue
        chosen.append((key, run))
        if len(chosen) > 1 or is_enough:
            break
    return _joined([run for _key, run in chosen])


def _told_apart(
    said: Sequence[tuple[str, str]], speech: Speech, known_by: frozenset[str]
) -> list[tuple[Key, str, bool]]:
    """Return the names that many of a group say and few others, the most telling first.

    With each, how it is written most, and whether it is enough by itself.
    """
    people = {person for person, _text in said}
    least = min(2, len(people))
    worth: dict[Key, tuple[float, str, bool]] = {}
    for key, name in _heard(said).items():
        run = _commonest(name, least)
        share = len(name.people) / len(people)
        if not run or (len(key) > 1 and share < _COMMON):
            continue
        tells = (_PHRASE_TELLS if len(key) > 1 else 1.0) * (_KNOWN_TELLS if set(key) & known_by else 1.0)
        telling = share * speech.surprise(key, share) * tells
        worth[key] = telling, run, len(key) > 1 or share >= _ENOUGH
    order = sorted(worth, key=lambda key: (-worth[key][0], key))
    return [(key, worth[key][1], worth[key][2]) for key in order if worth[key][0] > 0]


def _heard(said: Iterable[tuple[str, str]]) -> dict[Key, _Name]:
    found: dict[Key, _Name] = defaultdict(_Name)
    for person, text in said:
        for key, run in _names(text):
            found[key].people.add(person)
            found[key].written[run].add(person)
    return found


def _commonest(name: _Name, least: int) -> str:
    """Return how most people write it, "" if no way of writing it is that of `least` people."""
    best = max(name.written, key=lambda run: (len(name.written[run]), run.islower(), run))
    folded = {run for run in name.written if run.casefold() == best.casefold()}
    writers = {person for run in folded for person in name.written[run]}
    return best if len(writers) >= least else ""


def _names(text: str) -> Iterator[tuple[Key, str]]:
    """Give every word and phrase of a text that can be a name, as stems and as it is written."""
    for part in _PART.split(_MASKED.sub(".", text[: words.TEXT_READ])):
        runs = [_cased(run, at) for at, run in enumerate(_RUN.findall(part))]
        bare = [run.casefold().replace("'", "").replace("’", "") for run in runs]
        for first in range(len(runs)):
            for last in range(first, min(first + _PHRASE_MOST, len(runs))):
                if _can_name(bare[first : last + 1]):
                    yield tuple(map(words.stem, bare[first : last + 1])), " ".join(runs[first : last + 1])


def _cased(run: str, at: int) -> str:
    """Return a word in small letters where its large ones say nothing: at the beginning, or shouted."""
    return run.casefold() if at == 0 or (run.isupper() and len(run) > _PHRASE_MOST) else run


def _can_name(bare: Sequence[str]) -> bool:
    """Say whether words may stand as a name: no filler at either end, not figures alone."""
    ends = (bare[0], bare[-1])
    return (
        all(each not in FILLERS and 1 < len(each) <= _WORD_MOST for each in ends)
        and not all(each.isdigit() for each in bare)
        and (len(bare) == 1 or bare[0] != bare[-1])
    )


def _overlap(one: Key, other: Key) -> bool:
    """Say whether two names share a word, or one is part of the other ("pothole", "hole")."""
    return any(a in b or b in a for a in one for b in other)


def _joined(runs: Sequence[str]) -> str:
    whole = " and ".join(runs)
    text = whole if len(whole) <= LABEL_MOST else runs[0][:LABEL_MOST]
    return text[:1].upper() + text[1:]

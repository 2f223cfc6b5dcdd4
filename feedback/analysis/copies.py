"""Finds letters that many sent, each a little changed, and words that say the opposite; pure functions."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

from . import words
from .field import Comment
from .mood import NEGATIONS

Pairs = frozenset[tuple[str, str]]

# Two texts are one letter when they share so much of the longer one's pairs of neighbouring terms. Texts that
# have nothing to do with each other share hardly one; in a short text one other word is another demand.
_SHARED, _SHARED_SHORT, _SHORT = 0.5, 0.7, 15
# With fewer pairs nobody can tell a copy from two who think alike.
_LEAST = 3
# So much of the shorter one's letters in common, and two sentences are the same but for a word or two.
SAME_LETTERS = 0.6
# A word is turned round by one of the so many before it.
_REACH = 3
# Who feels one does not say what somebody says who feels the other, however alike the words.
FEELINGS = {"negative", "positive"}
_WORD = re.compile(r"[^\W\d_]+")
_FOR = """
support supports supported supporting agree agrees agreed favour favours approve approves approved endorse
"""
_AGAINST = """
oppose opposes opposed opposing object objects objected objecting objection against disagree disagrees
disagreed reject rejects rejected
"""
# Something to choose, with its figure or letter: “option 2”, “plan B”.
_CHOICE = re.compile(
    r"\b(?:option|plan|choice|proposal|scheme|route|site|design|version|scenario|alternative)\s+([a-h]|\d{1,2})\b",
    re.IGNORECASE,
)
_SIDES = dict.fromkeys(_FOR.split(), 1) | dict.fromkeys(_AGAINST.split(), -1)


def as_one(comments: Iterable[Comment]) -> list[Comment]:
    """Return the comments, those that are copies of a letter in the words of its most typical copy.

    Whoever turned it round, feels the opposite, or wrote more of their own than they copied, keeps theirs.
    """
    comments = list(comments)
    moods = {comment.text: comment.mood for comment in comments}
    sent = Counter(comment.text for comment in comments)
    texts = list(moods)
    said: dict[str, str] = {}
    for letter in _letters(texts, list(moods.values())):
        copies = {texts[number]: sent[texts[number]] for number in letter}
        said |= dict.fromkeys(copies, _most_typical(copies))
    return [replace(comment, text=said.get(comment.text, comment.text)) for comment in comments]


def _letters(texts: Sequence[str], moods: Sequence[str]) -> list[list[int]]:
    """Return groups of at least two texts: each joins the first text it shares enough with, or begins one."""
    groups: dict[int, list[int]] = {}
    have: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, text in enumerate(texts):
        pairs = _pairs(text)
        if len(pairs) < _LEAST:
            continue
        shared = Counter(first for pair in pairs for first in have.get(pair, ()))
        for first, many in shared.most_common():
            if not _is_copy(many, len(pairs), len(_pairs(texts[first]))):
                continue
            if {moods[number], moods[first]} != FEELINGS and not are_opposite(text, texts[first]):
                groups[first].append(number)
                break
        else:
            groups[number] = [number]
            for pair in pairs:
                have[pair].append(number)
    return [members for members in groups.values() if len(members) > 1]


def _is_copy(shared: int, one: int, other: int) -> bool:
    longer = max(one, other)
    return shared >= (_SHARED_SHORT if longer < _SHORT else _SHARED) * longer


def _most_typical(sent: Mapping[str, int]) -> str:
    """Return the text with most of the words that most who sent one have, and fewest that few have."""
    counts: Counter[str] = Counter()
    for text, senders in sent.items():
        counts.update(dict.fromkeys(text.split(), senders))
    half = sum(sent.values()) / 2
    return max(sent, key=lambda text: sum(counts[word] - half for word in set(text.split())))


@lru_cache(maxsize=8192)
def _pairs(text: str) -> Pairs:
    return frozenset(pairwise(words.terms(text)))


def are_opposite(one: str, other: str) -> bool:
    """Say whether a sentence of a text is one of the other, turned round."""
    return any(
        share(mine, their) >= SAME_LETTERS and is_turned_round(mine, their)
        for mine in _sentences(one)
        for their in _sentences(other)
        if _side(mine) != _side(their) or _options(mine) != _options(their)
    )


@lru_cache(maxsize=8192)
def _sentences(text: str) -> tuple[str, ...]:
    return tuple(words.sentences(text))


def is_turned_round(one: str, other: str) -> bool:
    """Say whether of two sentences that speak of the same one is for it and the other against.

    One says “support”, the other “object”, they name other options, or one has one “not” more: reads English.
    """
    if (mine_are := _options(one)) and (theirs_are := _options(other)) and not mine_are & theirs_are:
        return True
    (mine, my_nots), (theirs, their_nots) = _side(one), _side(other)
    if mine and theirs:
        return mine != theirs
    return (my_nots - their_nots) % 2 == 1 and _overlap(one, other, max) >= SAME_LETTERS


@lru_cache(maxsize=8192)
def _side(sentence: str) -> tuple[int, int]:
    """Return whether a sentence is for (1) or against (-1) something, or neither (0); and its nots."""
    found = _WORD.findall(sentence.casefold().replace("’", "").replace("'", ""))
    total = 0
    for at, word in enumerate(found):
        if side := _SIDES.get(word, 0):
            total += -side if NEGATIONS.intersection(found[max(0, at - _REACH) : at]) else side
    return (total > 0) - (total < 0), sum(word in NEGATIONS for word in found)


@lru_cache(maxsize=8192)
def _options(sentence: str) -> frozenset[str]:
    return frozenset(name.casefold() for name in _CHOICE.findall(sentence))


def share(one: str, other: str) -> float:
    """Return how much of the shorter text's runs of four letters the other one has (0 to 1)."""
    return _overlap(one, other, min)


def _overlap(one: str, other: str, of: Callable[[int, int], int]) -> float:
    first, second = _runs(one), _runs(other)
    return len(first & second) / of(len(first), len(second))


@lru_cache(maxsize=8192)
def _runs(text: str) -> frozenset[str]:
    return words.shingles(text)

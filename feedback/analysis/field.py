"""Lays out comments so that one can ask who says much the same as a sentence; pure functions."""

import math
import random
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import NamedTuple

from . import words
from .vectors import Index, Vector, Weights, cosine

# From here on two sentences say much the same (cosine of weighted terms).
NEAR = 0.3
# From here on two texts as wholes have something in common.
_LINKED = 0.05
# A text listens to so many of the nearest, from this nearness on; whispering settles within so many rounds.
_LISTENS_TO, _HEARS, _ROUNDS = 8, 0.08, 20
# Groups whose words are so near speak of the same.
_SAME = 0.25


@dataclass(frozen=True)
class Comment:
    """One thing somebody wrote: its key, who wrote it (a sign, not a name), the words, and how they feel."""

    key: int
    person: str
    text: str
    mood: str = ""


class Unit(NamedTuple):
    """One sentence of one text."""

    text: int
    words: str


@dataclass
class Text:
    """A text once, however many sent it: copies count as one text and as so many people."""

    words: str
    comments: list[Comment] = field(default_factory=list)

    @property
    def people(self) -> set[str]:
        """Who sent it."""
        return {comment.person for comment in self.comments}


class Field:
    """All texts with their sentences, weighed and indexed."""

    def __init__(self, comments: Iterable[Comment], *, near: float = NEAR) -> None:
        """Lay out the comments; those without any word are left out and can never be represented."""
        self.texts = _texts(comments)
        self._near = near
        self.units: list[Unit] = [
            Unit(number, sentence)
            for number, text in enumerate(self.texts)
            for sentence in dict.fromkeys(words.sentences(text.words))
        ]
        found = [words.terms(unit.words) for unit in self.units]
        self._weights = Weights(found)
        self.vectors: list[Vector] = [self._weights.vector(each) for each in found]
        self._index = Index(self.vectors)
        self._known: dict[int, dict[int, float]] = {}

    def near_unit(self, unit: int) -> dict[int, float]:
        """Return the texts that say much the same as one sentence, with how near; its own text is 1."""
        if unit not in self._known:
            found = self.near_words(self.vectors[unit])
            found[self.units[unit].text] = 1.0
            self._known[unit] = found
        return self._known[unit]

    def near_words(self, vector: Vector) -> dict[int, float]:
        """Return the texts near a vector: by their nearest sentence."""
        found: dict[int, float] = defaultdict(float)
        for unit, nearness in self._index.near(vector, self._near).items():
            text = self.units[unit].text
            found[text] = max(found[text], min(1.0, nearness))
        return dict(found)

    def wholes(self) -> list[Vector]:
        """Return each text as one vector."""
        if not hasattr(self, "_wholes"):
            found = [words.terms(text.words) for text in self.texts]
            weights = Weights(found)
            self._wholes: list[Vector] = [weights.vector(each) for each in found]
        return self._wholes

    def links(self) -> list[dict[int, float]]:
        """Return for each text the others whose words as a whole are near, with how near (cosine)."""
        if not hasattr(self, "_links"):
            vectors = self.wholes()
            index = Index(vectors)
            self._links = [index.near(vector, _LINKED, needs_two=False) for vector in vectors]
            for text, near in enumerate(self._links):
                near.pop(text, None)
        return self._links

    def nearness(self, unit: int, text: int) -> float:
        """Return how near a sentence is to a text as a whole."""
        return cosine(self.vectors[unit], self.wholes()[text])

    def units_of(self, text: int) -> list[int]:
        """Return the numbers of a text's sentences."""
        if not hasattr(self, "_units_of"):
            self._units_of: dict[int, list[int]] = defaultdict(list)
            for number, unit in enumerate(self.units):
                self._units_of[unit.text].append(number)
        return self._units_of[text]

    def people_of(self, texts: Iterable[int]) -> set[str]:
        """Return everybody who sent one of the texts."""
        return {person for text in texts for person in self.texts[text].people}


def _texts(comments: Iterable[Comment]) -> list[Text]:
    found: dict[str, Text] = {}
    for comment in comments:
        bare = " ".join(comment.text.split())
        if bare:
            found.setdefault(bare.casefold(), Text(comment.text.strip())).comments.append(comment)
    return list(found.values())


def groups(field_: Field) -> list[list[int]]:
    """Return the texts in groups that speak of the same, the largest (in people) first; each text once.

    Every text listens to the texts nearest to it and joins the group most of them are in, until nobody moves
    ("Chinese whispers", Biemann 2006). Nobody has to say how many groups there are, and a small group that
    speaks in its own words stays one. The order is fixed, so the same comments give the same groups.
    """
    vectors = field_.wholes()
    links = _nearest(field_)
    label = list(range(len(field_.texts)))
    chance = random.Random(len(label))  # noqa: S311 an order, not a secret
    for _round in range(_ROUNDS):
        order = chance.sample(range(len(label)), len(label))
        if not sum(_listen(text, links[text], label) for text in order):
            break
    found: dict[int, list[int]] = defaultdict(list)
    for text, name in enumerate(label):
        found[name].append(text)
    merged = _merged(list(found.values()), vectors)
    return sorted(merged, key=lambda group: (-len(field_.people_of(group)), group[0]))


def _merged(found: list[list[int]], vectors: Sequence[Vector]) -> list[list[int]]:
    """Put groups together that speak of the same in the sum of their words, the nearest two first."""
    sums = [_sum(vectors[text] for text in group) for group in found]
    while len(found) > 1:
        pairs = combinations(range(len(found)), 2)
        near, one, other = max((cosine(sums[a], sums[b]), a, b) for a, b in pairs)
        if near < _SAME:
            break
        found[one] += found.pop(other)
        second = sums.pop(other)
        sums[one] = _sum((sums[one], second))
    return [sorted(group) for group in found]


def _sum(vectors: Iterable[Vector]) -> dict[str, float]:
    """Return the direction in which vectors point together: of length 1."""
    total: dict[str, float] = defaultdict(float)
    for vector in vectors:
        for term, value in vector.items():
            total[term] += value
    length = math.sqrt(sum(value * value for value in total.values()))
    return {term: value / length for term, value in total.items()} if length else {}


def _listen(text: int, heard: list[tuple[int, float]], label: list[int]) -> bool:
    """Let a text take over the label it hears most; return whether that is a new one."""
    votes: dict[int, float] = defaultdict(float)
    for other, nearness in heard:
        votes[label[other]] += nearness
    best = max(votes, key=lambda name: (votes[name], -name), default=label[text])
    moved = best != label[text]
    label[text] = best
    return moved


def _nearest(field_: Field) -> list[list[tuple[int, float]]]:
    """Return for each text the few that are nearest to it as wholes, in both directions."""
    nearest: list[dict[int, float]] = [{} for _text in field_.texts]
    for text, near in enumerate(field_.links()):
        for other in sorted(near, key=lambda each: (-near[each], each))[:_LISTENS_TO]:
            if near[other] >= _HEARS:
                nearest[text][other] = nearest[other][text] = near[other]
    return [sorted(each.items()) for each in nearest]

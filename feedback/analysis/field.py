"""Lays out comments so that one can ask who says much the same as a sentence; pure functions."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from . import words
from .vectors import Index, Vector, Weights, cosine

# From here on two sentences say much the same (cosine of weighted terms).
NEAR = 0.3
# From here on two texts as wholes have something in common.
_LINKED = 0.05


@dataclass(frozen=True)
class Comment:
    """One thing somebody wrote: its key, who wrote it (a sign, not a name), the words, and how they feel.

    `about` says in a few words what it was written to, where that is known.
    """

    key: int
    person: str
    text: str
    mood: str = ""
    about: str = ""


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

    def mood(self, text: int) -> str:
        """Return how those feel who sent a text, where that was guessed."""
        return self.texts[text].comments[0].mood

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

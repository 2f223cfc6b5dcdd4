"""Weighs terms by how much they tell texts apart and finds texts that are near each other; pure functions."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

Vector = Mapping[str, float]
# A term in more than this share of many texts tells nothing apart, and comparing by it costs most.
_TOO_COMMON, _FEW = 0.4, 30
_NEARLY_ALL = 0.7


class Weights:
    """How telling each term is, learned from a collection of texts (inverse document frequency, smoothed)."""

    def __init__(self, texts: Sequence[Sequence[str]]) -> None:
        """Learn from the terms of every text."""
        counts = Counter(term for text in texts for term in set(text))
        self._number = max(1, len(texts))
        most = self._number * _TOO_COMMON if self._number >= _FEW else self._number
        self._weight = {
            term: math.log(1 + self._number / count) for term, count in counts.items() if count <= most
        }
        self._unknown = math.log(1 + self._number)

    def vector(self, terms: Sequence[str]) -> dict[str, float]:
        """Return a text as weighted terms of length 1; empty for a text without a telling term."""
        counts = Counter(terms)
        raw = {
            term: (1 + math.log(number)) * weight
            for term, number in counts.items()
            if (weight := self._of(term, counts)) > 0
        }
        length = math.sqrt(sum(value * value for value in raw.values()))
        return {term: value / length for term, value in raw.items()} if length else {}

    def _of(self, term: str, counts: Mapping[str, int]) -> float:
        known = self._weight.get(term)
        if known is not None:
            return known
        # Too common here; a text of nothing else is still compared by it, weakly.
        return 0.05 if len(counts) <= 2 else 0.0  # noqa: PLR2004 hardly any terms


def cosine(first: Vector, second: Vector) -> float:
    """Return how near two vectors are: 1 for the same terms, 0 for none in common."""
    if len(second) < len(first):
        first, second = second, first
    return sum(value * second[term] for term, value in first.items() if term in second)


class Index:
    """Finds which of many vectors are near a given one without comparing with each."""

    def __init__(self, vectors: Iterable[Vector]) -> None:
        """Enter the vectors by their terms."""
        self._entries: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for number, vector in enumerate(vectors):
            for term, value in vector.items():
                self._entries[term].append((number, value))

    def near(self, vector: Vector, least: float, *, needs_two: bool = True) -> dict[int, float]:
        """Return the numbers of the vectors at least so near, with how near.

        With `needs_two`, one term in common is not enough, unless hardly anything else is said.
        """
        found: dict[int, float] = defaultdict(float)
        shared: dict[int, int] = defaultdict(int)
        for term, value in vector.items():
            for number, other in self._entries.get(term, ()):
                found[number] += value * other
                shared[number] += 1
        return {
            number: nearness
            for number, nearness in found.items()
            if nearness >= least and (not needs_two or shared[number] > 1 or nearness >= _NEARLY_ALL)
        }

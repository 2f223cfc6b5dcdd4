"""Measures whether summaries represent more people when scikit-learn says which sentences are near.

The portal does not need scikit-learn. Run this where it is installed: `python -m bench nearness`.
"""

import importlib
import math
import statistics
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any

from feedback.analysis import extract
from feedback.analysis.field import Comment, Field
from feedback.analysis.vectors import cosine

from .comments import NotFetched
from .coverage import JUDGES, Share, collections, measure

SIZES = (20,)
"""How many heaps are drawn from each collection."""
DIMENSIONS = (None, 50, 100)
"""Terms as they are, and so many dimensions in their place."""
LARGE = "made-up town"
"""Of this one a tenth of the heaps is drawn: each has two thousand comments."""

Rows = list[dict[int, float]]


def main(sizes: Sequence[int] = SIZES) -> None:
    """Print who is represented with our nearness, and with that of scikit-learn."""
    try:
        importlib.import_module("sklearn")
    except ImportError:
        print("Not measured: scikit-learn is not installed here, and nothing else needs it.")
        return
    ways: dict[str, Callable[[list[Comment]], Field]] = {"ours": Field}
    for dimensions in DIMENSIONS:
        name = f"LSA {dimensions}" if dimensions else "TF-IDF"
        ways[name] = partial(_Theirs, dimensions=dimensions)
    print(f"{sizes[0]} heaps; represented, judged {' / '.join(JUDGES)}; ± standard error of the difference")
    print(f"{'collection':<16}{'nearness':<10}{'everybody':>32}{'smallest':>32}")
    for name in collections():
        try:
            _compare(name, -(-sizes[0] // 10) if name == LARGE else sizes[0], ways)
        except NotFetched as reason:
            print(f"{name:<16}not measured: {reason}")


def _compare(name: str, heaps: int, ways: Mapping[str, Callable[[list[Comment]], Field]]) -> None:
    """Print a line for each way, the first one alone and the others beside it."""
    first: list[list[Share]] = []
    for way, lay_out in ways.items():
        found = measure(collections()[name], heaps, partial(extract.choose, lay_out=lay_out))
        shares = [list(each) for each in zip(*found.values(), strict=True)]
        first = first or shares
        words = [
            " / ".join(_beside(one, other) for one, other in zip(*pair, strict=True))
            for pair in zip(shares, first, strict=True)
        ]
        print(f"{name:<16}{way:<10}{words[0]:>32}{words[1]:>32}", flush=True)


def _beside(share: Share, first: Share) -> str:
    mean = f"{statistics.mean(share.ours):.1%}"
    apart = [one - other for one, other in zip(share.ours, first.ours, strict=True)]
    if share is first or len(apart) == 1:
        return mean
    return f"{mean} ±{statistics.stdev(apart) / math.sqrt(len(apart)):.1%}"


class _Theirs(Field):
    """A field in which scikit-learn says who is near whom.

    Other ways have other scales, and the rules were tuned on ours. So the pairs are put in the order of their
    nearness and given our values, the nearest pair our highest: as many are near as with ours, only others.
    """

    def __init__(self, comments: Iterable[Comment], *, dimensions: int | None) -> None:
        super().__init__(comments)
        number = range(len(self.texts))
        units, wholes = _vectors(
            [unit.words for unit in self.units], [t.words for t in self.texts], dimensions
        )
        said = units @ wholes.T
        own = [unit.text for unit in self.units]
        by_sentence = _best_of_each(units @ units.T, own, len(self.texts))
        self._ours_near = [super(_Theirs, self).near_unit(unit) for unit in range(len(self.units))]
        self._near_texts = _like(by_sentence, self._ours_near, own)
        self._links = _like(wholes @ wholes.T, super().links(), list(number))
        ours = [
            {t: cosine(vector, whole) for t, whole in enumerate(self.wholes())} for vector in self.vectors
        ]
        self._said = _like(said, [{t: by for t, by in row.items() if by} for row in ours], [-1] * len(ours))

    def near_unit(self, unit: int) -> dict[int, float]:
        """Return the texts near a sentence; its own text is 1."""
        return {**self._near_texts[unit], self.units[unit].text: 1.0}

    def nearness(self, unit: int, text: int) -> float:
        """Return how near a sentence is to a text as a whole."""
        return self._said[unit].get(text, 0.0)


def _vectors(units: list[str], wholes: list[str], dimensions: int | None) -> tuple[Any, Any]:
    """Return rows of length 1 for sentences and for texts."""
    text = importlib.import_module("sklearn.feature_extraction.text")
    tfidf = text.TfidfVectorizer(sublinear_tf=True, stop_words="english", strip_accents="unicode")
    found = tfidf.fit_transform(units), tfidf.transform(wholes)
    if dimensions:
        svd = importlib.import_module("sklearn.decomposition").TruncatedSVD(
            min(dimensions, found[0].shape[1] - 1), random_state=1
        )
        svd.fit(found[0])
        found = svd.transform(found[0]), svd.transform(found[1])
    normalize = importlib.import_module("sklearn.preprocessing").normalize
    dense = [normalize(each.toarray() if hasattr(each, "toarray") else each) for each in found]
    return dense[0], dense[1]


def _best_of_each(near: Any, text_of: list[int], texts: int) -> Any:
    """Return for each sentence its nearness to each text: that of the text's nearest sentence."""
    numpy = importlib.import_module("numpy")
    best = numpy.zeros((texts, len(text_of)))
    numpy.maximum.at(best, numpy.array(text_of), near)
    return best.T


def _like(theirs: Any, ours: Rows, own: list[int]) -> Rows:
    """Return their nearness in our values: their nearest pair is as near as our nearest."""
    numpy = importlib.import_module("numpy")
    values = sorted((by for row, text in zip(ours, own, strict=True) for t, by in row.items() if t != text))[
        ::-1
    ]
    theirs = numpy.array(theirs, dtype=float)
    for row, text in enumerate(own):
        if text >= 0:
            theirs[row, text] = -1
    order = numpy.argsort(-theirs, axis=None, kind="stable")[: len(values)]
    found: Rows = [{} for _row in own]
    for place, value in zip(order.tolist(), values, strict=True):
        row, text = divmod(place, theirs.shape[1])
        if theirs[row, text] > 0:
            found[row][text] = value
    return found

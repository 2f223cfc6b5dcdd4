"""Measures how well the themes found are those that others judged to be there, beside scikit-learn's.

scikit-learn is no part of the portal: its rows appear where it happens to be installed.
"""

import importlib.util
import math
import random
import time
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from feedback.analysis import themes
from feedback.analysis.field import Comment

from . import comments
from .comments import Collection, NotFetched

SIZES = (20,)
"""How many heaps of each collection are read."""

Filed = dict[int, Any]
"""Under which theme each comment is filed, by its key; what is under none is not there."""


def main(sizes: Sequence[int] = SIZES, sort: str = "heap") -> None:
    """Print for each collection how many themes are found, who is filed in them, and how well it fits."""
    from council_portal.settings.env import VAR_DIR

    ways: list[tuple[str, Callable[[Collection], Filed]]] = [("ours", _ours)]
    if importlib.util.find_spec("sklearn"):
        ways += [("k-means", _k_means), ("LSA, k-means", _after_lsa)]
    else:
        print("scikit-learn is not installed here, so only our own are measured.")
    folder = VAR_DIR / "bench"
    sources: list[tuple[str, Callable[[random.Random], Collection]]] = [
        ("made-up town", lambda chance: comments.made_up_town(300, chance)),
        ("film reviews", lambda chance: comments.film_reviews(folder, chance)),
        ("patients", lambda chance: comments.patients(folder, chance)),
    ]
    print(f"{'collection':<14}{'way':<14}{'themes':>7}{'filed':>8}{'purity':>8}{'V':>7}{'seconds':>9}")
    for name, make in sources:
        try:
            heaps = [make(random.Random(f"{sort} {number}")) for number in range(sizes[0])]
        except NotFetched as reason:
            print(f"{name:<14}not measured: {reason}")
            continue
        for way, file in ways:
            print(f"{name:<14}{way:<14}{_line(heaps, file)}", flush=True)


def _line(heaps: Sequence[Collection], file: Callable[[Collection], Filed]) -> str:
    """Return the means over all heaps."""
    began = time.monotonic()
    found = [file(heap) for heap in heaps]
    seconds = (time.monotonic() - began) / len(heaps)
    number = sum(len(set(each.values())) for each in found) / len(heaps)
    filed = _mean(len(each) / len(heap.comments) for heap, each in zip(heaps, found, strict=True))
    pure = _mean(_purity(heap.cluster, each) for heap, each in zip(heaps, found, strict=True))
    fit = _mean(_v_measure(heap.cluster, each) for heap, each in zip(heaps, found, strict=True))
    return f"{number:>7.1f}{filed:>8.1%}{pure:>8.1%}{fit:>7.2f}{seconds:>9.2f}"


def _mean(numbers: Any) -> float:
    every = list(numbers)
    return sum(every) / len(every)


def _ours(heap: Collection) -> Filed:
    """File as the portal does: the groups that were found, and then whatever fits one of them."""
    found = themes.learn(heap.comments)
    filed = {key: number for number, theme in enumerate(found) for key in theme.keys}
    known = [(number, theme.terms) for number, theme in enumerate(found)]
    for comment in heap.comments:
        if comment.key not in filed and (theme := themes.assign(comment.text, known)) is not None:
            filed[comment.key] = theme
    return filed


def _k_means(heap: Collection) -> Filed:
    """File by scikit-learn's usual way, which is told how many clusters there are."""
    from sklearn.cluster import KMeans

    found = KMeans(len(set(heap.cluster.values())), n_init=10, random_state=0).fit_predict(
        _tf_idf(heap.comments)
    )
    return dict(zip((each.key for each in heap.comments), found.tolist(), strict=True))


def _after_lsa(heap: Collection) -> Filed:
    """Do the same in fifty dimensions."""
    from sklearn.cluster import KMeans
    from sklearn.decomposition import TruncatedSVD
    from sklearn.preprocessing import normalize

    fewer = normalize(TruncatedSVD(50, random_state=0).fit_transform(_tf_idf(heap.comments)))
    found = KMeans(len(set(heap.cluster.values())), n_init=10, random_state=0).fit_predict(fewer)
    return dict(zip((each.key for each in heap.comments), found.tolist(), strict=True))


def _tf_idf(texts: Sequence[Comment]) -> Any:
    from sklearn.feature_extraction.text import TfidfVectorizer

    return TfidfVectorizer(stop_words="english", sublinear_tf=True, min_df=2).fit_transform(
        [each.text for each in texts]
    )


def _purity(cluster: dict[int, str], filed: Filed) -> float:
    """Return the share of what is filed that belongs to the largest cluster of its theme."""
    together = Counter((theme, cluster[key]) for key, theme in filed.items())
    largest: dict[Any, int] = {}
    for (theme, _name), number in together.items():
        largest[theme] = max(largest.get(theme, 0), number)
    return sum(largest.values()) / max(1, len(filed))


def _v_measure(cluster: dict[int, str], filed: Filed) -> float:
    """Return the V-measure (Rosenberg and Hirschberg 2007): 1 if themes are the clusters, 0 if chance.

    Who is filed under no theme counts as a theme of their own, so leaving people out is no way to win.
    """
    pairs = [(name, filed.get(key, ("alone", key))) for key, name in cluster.items()]
    clusters, groups = Counter(name for name, _theme in pairs), Counter(theme for _name, theme in pairs)
    both = Counter(pairs)
    shared = sum(
        number / len(pairs) * math.log(number * len(pairs) / (clusters[name] * groups[theme]))
        for (name, theme), number in both.items()
    )
    return 2 * shared / ((_entropy(clusters) + _entropy(groups)) or 1)


def _entropy(counts: Counter[Any]) -> float:
    every = counts.total()
    return -sum(number / every * math.log(number / every) for number in counts.values())

"""Measures how often the guess at somebody's mood is wrong, on reviews whose writers gave marks."""

import random
from collections import Counter
from collections.abc import Sequence

from feedback.analysis import mood

from . import comments
from .comments import NotFetched

SIZES = (4000,)
"""How many reviews of each collection are read."""


def main(sizes: Sequence[int] = SIZES) -> None:
    """Print for each collection how often a guess is dared, and how often it is wrong when it is."""
    from council_portal.settings.env import VAR_DIR

    print(f"{'collection':<16}{'reviews':>9}{'dared':>9}{'wrong':>9}{'critical':>10}{'pleased':>9}")
    for name, read in (("film reviews", comments.marked_films), ("patients", comments.marked_patients)):
        try:
            rows = read(VAR_DIR / "bench")
        except NotFetched as reason:
            print(f"{name:<16}not measured: {reason}")
            continue
        random.Random(name).shuffle(rows)
        print(_line(name, rows[: sizes[0]]))


def _line(name: str, rows: list[tuple[str, str]]) -> str:
    counts = Counter((truth, mood.guess(text)) for truth, text in rows)
    dared = sum(number for (_truth, said), number in counts.items() if said != "neutral")
    wrong = counts["negative", "positive"] + counts["positive", "negative"]
    return f"{name:<16}{len(rows):>9,}{dared / len(rows):>9.1%}{wrong / dared:>9.1%}" + "".join(
        f"{_wrong_of(counts, truth):>{width}.1%}" for truth, width in (("negative", 10), ("positive", 9))
    )


def _wrong_of(counts: Counter[tuple[str, str]], truth: str) -> float:
    """Return how often a guess about people who feel so is wrong."""
    other = "positive" if truth == "negative" else "negative"
    return counts[truth, other] / max(1, counts[truth, truth] + counts[truth, other])

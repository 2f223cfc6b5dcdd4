"""Measures whom a written summary represents, against a random handful of comments of the same length."""

import random
import statistics
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from feedback.analysis import extract, words

from . import comments
from .comments import Collection, NotFetched

SIZES = (100,)
"""How many heaps are drawn from each collection."""
DRAWS = 50
TOWN = 2000
# Two texts say much the same when so much of the shorter one's runs of four letters is in the longer one. The
# summary is chosen by stems of words: this judge reads letters, and knows nothing of its weights.
ALIKE = 0.3


@dataclass
class Share:
    """Shares of people represented, one number for each heap."""

    ours: list[float]
    random: list[float]

    def __str__(self) -> str:
        """Return both means, and how often ours is the higher one."""
        wins = sum(mine > theirs for mine, theirs in zip(self.ours, self.random, strict=True))
        return (
            f"{statistics.mean(self.ours):>8.1%}{statistics.mean(self.random):>9.1%}"
            f"{wins:>7}/{len(self.ours)}"
        )


def main(sizes: Sequence[int] = SIZES) -> None:
    """Print a table for each judge: people represented overall and in the smallest cluster."""
    heaps = sizes[0]
    head = f"{'collection':<16}{'cluster':<12}{'ours':>8}{'random':>9}{'higher in':>12}"
    for judge, says in (("by somebody else's clusters", _by_cluster), ("by runs of letters", _by_letters)):
        print(f"\nRepresented, judged {judge} ({heaps} heaps, {DRAWS} random handfuls of each):\n{head}")
        for name, make in _collections().items():
            try:
                overall, least = _measure(make, heaps, says)
            except NotFetched as reason:
                print(f"{name:<16}not measured: {reason}")
                continue
            print(f"{name:<16}{'everybody':<12}{overall}")
            print(f"{'':<16}{'smallest':<12}{least}")


def _collections() -> dict[str, Callable[[random.Random], Collection]]:
    from council_portal.settings.env import VAR_DIR

    folder = VAR_DIR / "bench"
    return {
        "film reviews": lambda chance: comments.film_reviews(folder, chance),
        "patients": lambda chance: comments.patients(folder, chance),
        "made-up town": lambda chance: comments.made_up_town(TOWN, chance),
    }


Judge = Callable[[Collection, Iterable[tuple[int, str]]], set[int]]


def _measure(make: Callable[[random.Random], Collection], heaps: int, judge: Judge) -> tuple[Share, Share]:
    overall, least = Share([], []), Share([], [])
    for seed in range(heaps):
        chance = random.Random(f"heap {seed}")
        heap = make(chance)
        few = {key for key, cluster in heap.cluster.items() if cluster == comments.smallest(heap)}
        chosen = extract.choose(heap.comments)
        ours = judge(heap, [(each.taken_from, each.words) for each in chosen])
        letters = sum(len(each.words) for each in chosen)
        draws = [judge(heap, _handful(heap, letters, chance)) for _draw in range(DRAWS)]
        overall.ours.append(len(ours) / len(heap.comments))
        overall.random.append(statistics.mean(len(each) for each in draws) / len(heap.comments))
        least.ours.append(len(ours & few) / len(few))
        least.random.append(statistics.mean(len(each & few) for each in draws) / len(few))
    return overall, least


def _handful(heap: Collection, letters: int, chance: random.Random) -> list[tuple[int, str]]:
    """Draw whole comments until the letters of the summary are used, the one that passes them too."""
    found: list[tuple[int, str]] = []
    used = 0
    for comment in chance.sample(heap.comments, len(heap.comments)):
        if used >= letters:
            break
        found.append((comment.key, comment.text))
        used += len(comment.text)
    return found


def _by_cluster(heap: Collection, said: Iterable[tuple[int, str]]) -> set[int]:
    """Somebody is represented when a sentence comes from their cluster."""
    spoken_for = {heap.cluster[key] for key, _words in said}
    return {key for key, cluster in heap.cluster.items() if cluster in spoken_for}


_RUNS: dict[str, frozenset[str]] = {}


def _by_letters(heap: Collection, said: Iterable[tuple[int, str]]) -> set[int]:
    """Somebody is represented when a sentence and one of theirs share much of their letters."""
    given = [_runs(sentence) for _key, text in said for sentence in words.sentences(text)]
    return {comment.key for comment in heap.comments if _is_alike(comment.text, given)}


def _is_alike(text: str, given: Sequence[frozenset[str]]) -> bool:
    mine = [_runs(sentence) for sentence in words.sentences(text)]
    return any(len(one & other) >= ALIKE * min(len(one), len(other)) for one in mine for other in given)


def _runs(text: str) -> frozenset[str]:
    if text not in _RUNS:
        _RUNS[text] = words.shingles(text)
    return _RUNS[text]

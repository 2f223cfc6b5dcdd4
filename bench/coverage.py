"""Measures whom a written summary represents, against a random handful of comments of the same length."""

import random
import statistics
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from feedback.analysis import extract, words
from feedback.analysis.extract import Chosen
from feedback.analysis.field import Comment

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
    tables: dict[str, list[str]] = {judge: [] for judge in JUDGES}
    for name, make in collections().items():
        try:
            measured = measure(make, heaps)
        except NotFetched as reason:
            measured = {}
            print(f"{name} not measured: {reason}")
        for judge, (overall, least) in measured.items():
            tables[judge] += [f"{name:<16}{'everybody':<12}{overall}", f"{'':<16}{'smallest':<12}{least}"]
    head = f"{'collection':<16}{'cluster':<12}{'ours':>8}{'random':>9}{'higher in':>12}"
    for judge, lines in tables.items():
        print(f"\nRepresented, judged {judge} ({heaps} heaps, {DRAWS} random handfuls of each):\n{head}")
        print("\n".join(lines))


def collections() -> dict[str, Callable[[random.Random], Collection]]:
    """Return what draws a heap from each collection there is, by its name."""
    from council_portal.settings.env import VAR_DIR

    folder = VAR_DIR / "bench"
    return {
        "film reviews": lambda chance: comments.film_reviews(folder, chance),
        "patients": lambda chance: comments.patients(folder, chance),
        "made-up town": lambda chance: comments.made_up_town(TOWN, chance),
    }


Said = Iterable[tuple[int, str]]
"""Whose words, and the words."""
Judge = Callable[[Collection], Callable[[Said], set[int]]]
"""Given a heap, gives what tells whom words represent."""
Choose = Callable[[list[Comment]], list[Chosen]]


def measure(
    make: Callable[[random.Random], Collection], heaps: int, choose: Choose = extract.choose
) -> dict[str, tuple[Share, Share]]:
    """Return for each judge the shares of everybody and of the smallest cluster, in so many heaps."""
    found = {judge: (Share([], []), Share([], [])) for judge in JUDGES}
    for seed in range(heaps):
        chance = random.Random(f"heap {seed}")
        heap = make(chance)
        few = {key for key, cluster in heap.cluster.items() if cluster == comments.smallest(heap)}
        chosen = [(each.taken_from, each.words) for each in choose(heap.comments)]
        letters = sum(len(said) for _key, said in chosen)
        drawn = [_handful(heap, letters, chance) for _draw in range(DRAWS)]
        for name, judge in JUDGES.items():
            represented = judge(heap)
            ours, draws = represented(chosen), [represented(each) for each in drawn]
            for share, among in zip(found[name], (set(heap.cluster), few), strict=True):
                share.ours.append(len(ours & among) / len(among))
                share.random.append(statistics.mean(len(each & among) for each in draws) / len(among))
    return found


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


def by_cluster(heap: Collection) -> Callable[[Said], set[int]]:
    """Somebody is represented when a sentence comes from their cluster."""
    of_cluster: dict[str, set[int]] = defaultdict(set)
    for key, cluster in heap.cluster.items():
        of_cluster[cluster].add(key)

    def represented(said: Said) -> set[int]:
        return set().union(*(of_cluster[name] for name in {heap.cluster[key] for key, _words in said}))

    return represented


def by_letters(heap: Collection) -> Callable[[Said], set[int]]:
    """Somebody is represented when a sentence and one of theirs share much of their letters."""
    # Runs of letters as bits of a number: what two sentences share is counted a hundred times faster so.
    bits: dict[str, int] = {}

    def runs(sentence: str) -> tuple[int, int]:
        found = words.shingles(sentence)
        return sum(1 << bits.setdefault(run, len(bits)) for run in found), len(found)

    whose: dict[str, set[int]] = defaultdict(set)
    for comment in heap.comments:
        for sentence in words.sentences(comment.text):
            whose[sentence].add(comment.key)
    theirs = [(*runs(sentence), keys) for sentence, keys in whose.items()]

    @cache
    def alike(sentence: str) -> set[int]:
        mine, many = runs(sentence)
        return set().union(
            *(
                keys
                for other, number, keys in theirs
                if (mine & other).bit_count() >= ALIKE * min(many, number)
            )
        )

    return lambda said: set().union(
        *(alike(sentence) for _key, text in said for sentence in words.sentences(text))
    )


JUDGES: dict[str, Judge] = {"by somebody else's clusters": by_cluster, "by runs of letters": by_letters}

"""Audits a summary: whom it represents, and whether a random handful would do better; pure functions."""

import random
import statistics
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache, partial

from . import copies
from .backing import agreeing
from .extract import Chosen
from .field import Comment, Field

DRAWS = 60


@dataclass(frozen=True)
class Audit:
    """How many people there are, how many the summary represents, and how many a random handful does."""

    people: int
    represented: int
    # The median of many draws of as many letters as the summary has.
    at_random: int

    @property
    def percent(self) -> int:
        """The share represented, in percent, rounded down: never more than there is."""
        return 100 * self.represented // self.people if self.people else 0


def audit(comments: Sequence[Comment], chosen: Iterable[Chosen], *, seed: str) -> Audit:
    """Return the audit of a summary of these comments; the same `seed` gives the same draws."""
    chosen = list(chosen)
    field = Field(copies.as_one(comments))
    behind = {key for each in chosen for key in each.behind}
    represented = {comment.person for comment in comments if comment.key in behind}
    letters = sum(len(each.words) for each in chosen)
    chance = random.Random(seed)  # noqa: S311 a sample, not a secret
    heard = cache(partial(_heard, field))
    draws = [_handful(field, letters, chance, heard) for _draw in range(DRAWS)] if letters else [0]
    everybody = {comment.person for comment in comments}
    return Audit(len(everybody), len(represented), round(statistics.median(draws)))


def _heard(field: Field, text: int) -> frozenset[int]:
    """Return the texts that a text stands for with one of its sentences."""
    return frozenset(other for unit in field.units_of(text) for other in agreeing(field, unit))


def _handful(
    field: Field, letters: int, chance: random.Random, heard: Callable[[int], frozenset[int]]
) -> int:
    """Return how many people a draw represents: whole comments until the letters are used."""
    comments = [(number, each) for number, text in enumerate(field.texts) for each in text.comments]
    drawn: set[int] = set()
    used = 0
    for number, _comment in chance.sample(comments, len(comments)):
        used += len(field.texts[number].words)
        if drawn and used > letters:
            break
        drawn.add(number)
    return len(field.people_of(set().union(*map(heard, drawn))))

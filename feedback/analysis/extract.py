"""Chooses the few sentences of many comments in which most people find themselves; invents nothing.

Most places go to what most say. Then a smaller voice is heard: of the groups nobody speaks for yet, or of
those who feel the opposite about the same thing. It is empty only when there is no such group.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .field import Comment, Field, group_of, groups, nearness_to_all

MAIN_MOST, MINOR_MOST = 6, 5
# Beyond so many texts, candidates are taken from an even part of them; everybody still counts as support.
CANDIDATES = 4000
# A sentence of so many letters says enough to stand for others.
_SAYS_ENOUGH = 25
# How much of a group its first sentence speaks for, beside those whose words are near.
_SPEAKS_FOR = 0.3
_OPPOSITE = {"negative": "positive", "positive": "negative"}


@dataclass(frozen=True)
class Chosen:
    """A sentence exactly as one person wrote it; `behind` it are comments by how near they are (0 to 1)."""

    words: str
    taken_from: int
    behind: dict[int, float]
    is_minority: bool = False


def choose(
    comments: Iterable[Comment], *, main_most: int = MAIN_MOST, minor_most: int = MINOR_MOST
) -> list[Chosen]:
    """Return the sentences that represent most people, those most say first, then the smaller voices."""
    field = Field(comments)
    if not field.texts:
        return []
    together = groups(field)
    main = _greedy(field, _candidates(field), together, main_most)
    minor = _smaller_voices(field, together, main, minor_most)
    return [_chosen(field, unit) for unit in main] + [
        _chosen(field, unit, is_minority=True) for unit in minor
    ]


def _candidates(field: Field) -> list[int]:
    step = max(1, len(field.texts) // CANDIDATES)
    units = [unit for text in range(0, len(field.texts), step) for unit in field.units_of(text)]
    telling = [unit for unit in units if len(field.units[unit].words) >= _SAYS_ENOUGH]
    return telling or units


def _greedy(field: Field, candidates: Sequence[int], together: list[list[int]], most: int) -> list[int]:
    """Take one sentence after the other, each the one that adds most people.

    People of a group that was heard count less with each sentence it has, so that a large group does not take
    every place by saying the same in many ways.
    """
    group = group_of(together)
    people = {text: len(field.texts[text].people) for text in range(len(field.texts))}
    size = [sum(people[text] for text in each) for each in together]
    covered: set[int] = set()
    heard: Counter[int] = Counter()
    chosen: list[int] = []

    def worth(unit: int) -> float:
        own = group[field.units[unit].text]
        new = [(text, near) for text, near in field.near_unit(unit).items() if text not in covered]
        said = sum(people[text] * near / (1 + heard[group[text]]) for text, near in new)
        # A first sentence of a group also speaks for those of it who say it in words of their own.
        return said + (0 if heard[own] else _SPEAKS_FOR * size[own])

    while len(chosen) < min(most, len(together)):
        best = max(candidates, key=lambda unit: (worth(unit), -len(field.units[unit].words), -unit))
        new = set(field.near_unit(best)) - covered
        own = group[field.units[best].text]
        if chosen and (heard[own] or size[own] == 1) and len(field.people_of(new)) == 1:
            break
        chosen.append(best)
        covered |= new
        heard[own] += 1
    return chosen


def _smaller_voices(field: Field, together: list[list[int]], main: list[int], most: int) -> list[int]:
    """Return sentences of groups nobody speaks for yet, those first whose words are furthest from the rest.

    Where every group has been heard: those who feel the opposite about what a main sentence says, else those
    whom no main sentence comes near.
    """
    group = group_of(together)
    heard = {group[field.units[unit].text] for unit in main}
    left = [each for number, each in enumerate(together) if number not in heard]
    several = [each for each in left if len(field.people_of(each)) > 1] or left
    apart = sorted(several, key=lambda each: (nearness_to_all(field, each), each[0]))
    found = [best for each in apart[:most] if (best := _most_central(field, each)) is not None]
    return found or _of_opposite_mood(field, main)[:most] or _nobody_near(field, main)


def _nobody_near(field: Field, main: list[int]) -> list[int]:
    covered = {text for unit in main for text in field.near_unit(unit)}
    left = [text for text in range(len(field.texts)) if text not in covered]
    best = _most_central(field, left)
    return [] if best is None else [best]


def _most_central(field: Field, texts: Sequence[int]) -> int | None:
    """Return the sentence of these texts that is near most people of them."""
    among = set(texts)
    units = [unit for text in texts for unit in field.units_of(text)]
    worth = {
        unit: (
            len(field.people_of(among & set(field.near_unit(unit)))),
            len(field.units[unit].words) >= _SAYS_ENOUGH,
            -unit,
        )
        for unit in units
    }
    return max(units, key=lambda unit: worth[unit], default=None)


def _of_opposite_mood(field: Field, main: list[int]) -> list[int]:
    """Return sentences of those who speak of what a main one speaks of, and feel the opposite about it."""
    found = []
    for unit in main:
        opposite = _OPPOSITE.get(_mood(field, field.units[unit].text), "")
        texts = [text for text in field.near_unit(unit) if opposite and _mood(field, text) == opposite]
        best = _most_central(field, texts) if texts else None
        if best is not None and best not in found and best not in main:
            found.append(best)
    return found


def _mood(field: Field, text: int) -> str:
    return field.texts[text].comments[0].mood


def _chosen(field: Field, unit: int, *, is_minority: bool = False) -> Chosen:
    own = field.units[unit].text
    behind = {
        comment.key: nearness
        for text, nearness in field.near_unit(unit).items()
        for comment in field.texts[text].comments
    }
    taken_from = field.texts[own].comments[0].key
    return Chosen(field.units[unit].words, taken_from, behind, is_minority)

"""Chooses the few sentences of many comments in which most people find themselves; invents nothing.

Most places go to what most say. Then a smaller voice is heard: of the groups nobody speaks for yet, or of those
who feel the opposite about the same thing. It is empty only when there is no such group.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .field import Comment, Field, group_of, groups

MAIN_MOST, MINOR_MOST = 6, 3
# Beyond so many texts, candidates are taken from an even part of them; everybody still counts as support.
CANDIDATES = 4000
# A sentence of so many letters says enough to stand for others.
_SAYS_ENOUGH = 25
_OPPOSITE = {"negative": "positive", "positive": "negative"}


@dataclass(frozen=True)
class Chosen:
    """A sentence exactly as one person wrote it, with the comments behind it by how near they are (0 to 1)."""

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
    """Take one sentence after the other, each the one that adds most people; a tie goes to the nearer one.

    People of one group count less the more of them are represented already, so that a large group does not
    take every place by saying the same in many ways.
    """
    group = group_of(together)
    people = {text: len(field.texts[text].people) for text in range(len(field.texts))}
    covered: set[int] = set()
    heard: dict[int, int] = {}
    chosen: list[int] = []
    while len(chosen) < min(most, len(together)):
        worth = {
            unit: sum(
                people[text] * nearness / (1 + heard.get(group[text], 0)) ** 0.5
                for text, nearness in field.near_unit(unit).items()
                if text not in covered
            )
            for unit in candidates
        }
        best = max(candidates, key=lambda unit: (worth[unit], -len(field.units[unit].words), -unit))
        new = set(field.near_unit(best)) - covered
        if worth[best] <= 0 or (chosen and len(field.people_of(new)) < 2):  # noqa: PLR2004 one person is no crowd
            break
        chosen.append(best)
        covered |= new
        for text in new:
            heard[group[text]] = heard.get(group[text], 0) + people[text]
    return chosen


def _smaller_voices(field: Field, together: list[list[int]], main: list[int], most: int) -> list[int]:
    """Return sentences of groups the main ones leave out, the largest of them first; then of opposite mood."""
    covered = {text for unit in main for text in field.near_unit(unit)}
    found: list[int] = []
    for group in together:
        left = [text for text in group if text not in covered]
        if len(found) == most or not left:
            continue
        best = _most_central(field, left)
        if best is None:
            continue
        found.append(best)
        covered |= set(field.near_unit(best))
    return found or _of_opposite_mood(field, main)[:most]


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

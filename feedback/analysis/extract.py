"""Chooses the few sentences of many comments in which most people find themselves; invents nothing.

Most places go to what most say. The rest go to smaller voices: those who agree with each other and with few
others, and somebody who feels otherwise about what a main sentence says.
"""

import heapq
import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from . import backing, copies, mood
from .alone import stands_alone
from .field import NEAR, Comment, Field

MAIN_MOST, MINOR_MOST = 6, 8
# One smaller voice for so many people, rounded up: among few, a list of everybody would be no summary.
_PEOPLE_FOR_ONE = 5
# Being shorter than so many letters earns a sentence nothing.
_SHORT = 40
# What a sentence adds by its own writers, beside those who are near.
_OWN = 0.3
# A main sentence has somebody so near, who is not heard yet.
_SPEAKS_OF_THE_SAME = 0.15
# Who is so near to a sentence is heard by it, and no smaller voice.
_HEARD = 0.4
# Nor is one that more than this share of people speak of the same with.
_FEW = 0.25
# A sentence is judged by so many of the texts nearest to its own.
_NEAREST = 8
# Who feels otherwise about a thing says it in words of their own: so little in common is enough.
_TOUCHES = 0.1


@dataclass(frozen=True)
class Chosen:
    """A sentence exactly as one person wrote it; `behind` it are comments by how near they are (0 to 1)."""

    words: str
    taken_from: int
    behind: dict[int, float]
    is_minority: bool = False


def choose(
    comments: Iterable[Comment],
    *,
    main_most: int = MAIN_MOST,
    minor_most: int = MINOR_MOST,
    lay_out: Callable[[list[Comment]], Field] = Field,
) -> list[Chosen]:
    """Return the sentences that represent most people, those most say first, then the smaller voices.

    `lay_out` tells who is near whom; measurements compare other ways of telling with ours.
    """
    said = {comment.key: comment for comment in comments}
    field = lay_out(copies.as_one(said.values()))
    if not field.texts:
        return []
    hearing = _Hearing(field)
    main = _main(hearing, main_most)
    people = len(field.people_of(range(len(field.texts))))
    minor = _smaller_voices(hearing, main, min(minor_most, math.ceil(people / _PEOPLE_FOR_ONE)))
    return [_chosen(field, unit, said) for unit in main] + [
        _chosen(field, unit, said, is_minority=True) for unit in minor
    ]


class _Hearing:
    """Who has been heard so far, and how well."""

    def __init__(self, field: Field) -> None:
        self.field = field
        self.links = backing.links(field)
        # Whoever wrote several texts speaks with a part of their voice in each.
        wrote = Counter(person for text in field.texts for person in text.people)
        self.people = [sum(1 / wrote[person] for person in text.people) for text in field.texts]
        self._few = _FEW * sum(self.people)
        self.agree = [sum(near * self.people[other] for other, near in links.items()) for links in self.links]
        self.says = [self._clearest(text) for text in range(len(field.texts))]
        self.heard = [0.0] * len(field.texts)
        # All that those said whose sentence was taken: a letter gets one.
        self._taken: list[str] = []

    def _clearest(self, text: int) -> int:
        """Return the sentence of a text that is nearest, for its length, to those who write alike."""
        units, near = self.field.units_of(text), self.links[text]
        alike = sorted(near, key=lambda other: (-near[other], other))[:_NEAREST]
        telling = [unit for unit in units if stands_alone(self.field.units[unit].words)] or units

        def worth(unit: int) -> float:
            said = sum(near[other] * self.field.nearness(unit, other) for other in alike)
            return said / math.sqrt(self._letters(unit))

        return max(telling, key=lambda unit: (worth(unit), -unit))

    def _letters(self, unit: int) -> int:
        return max(len(self.field.units[unit].words), _SHORT)

    def adds(self, text: int) -> float:
        """Return how much better people are heard with this text's sentence, for its length."""
        near = self.links[text].items()
        more = sum(self.people[other] * max(0.0, by - self.heard[other]) for other, by in near)
        own = self.people[text] * _OWN * (1 - self.heard[text])
        return (more + own) / math.sqrt(self._letters(self.says[text]))

    def stands_apart(self, text: int) -> float:
        """Return how much a text is of people who agree with each other and with few others."""
        unheard = self._unheard(text)
        if not unheard or self._company(text) > self._few:
            return 0.0
        near = sorted((by * self._unheard(other) for other, by in self.links[text].items()), reverse=True)
        company = sum(near[:2]) + _OWN
        return unheard * company / (_OWN + self.agree[text]) / math.sqrt(self._letters(self.says[text]))

    def _company(self, text: int) -> float:
        """Return how many people speak of the same."""
        near = self.links[text].items()
        return self.people[text] + sum(self.people[other] for other, by in near if by >= _SPEAKS_OF_THE_SAME)

    def _unheard(self, text: int) -> float:
        return max(0.0, 1 - self.heard[text] / _HEARD)

    def voice_of(self, text: int) -> int:
        """Return who of those that say much the same says it in the words most of them use."""
        same = [other for other, by in self.links[text].items() if by >= NEAR and self.stands_apart(other)]
        return max([text, *same], key=lambda other: (self.adds(other), -other))

    def speaks_for_somebody_else(self, text: int) -> bool:
        """Say whether others who speak of the same are not heard yet, or several people who sent this."""
        is_sent_by_several = len(self.field.texts[text].people) > 1
        return (is_sent_by_several and self.heard[text] < _HEARD) or any(
            by >= _SPEAKS_OF_THE_SAME > self.heard[other] for other, by in self.links[text].items()
        )

    def take(self, text: int) -> bool:
        """Count those near this text as heard; return whether its sentence is not there already."""
        for other, by in self.links[text].items():
            self.heard[other] = max(self.heard[other], by)
        self.heard[text] = 1.0
        own = self.field.units_of(text)
        new = next((unit for unit in (self.says[text], *own) if self._is_new(unit, self.says[text])), None)
        if new is not None:
            self.says[text] = new
        self._taken += [self.field.units[unit].words for unit in own]
        return new is not None

    def _is_new(self, unit: int, clearest: int) -> bool:
        """Say whether its clearest sentence is no copy, or another one turns a sentence round."""
        sentence = self.field.units[unit].words
        same = [one for one in self._taken if copies.share(sentence, one) >= copies.SAME_LETTERS]
        if unit == clearest and not same:
            return True
        return bool(same) and all(copies.is_turned_round(sentence, one) for one in same)

    def feels_otherwise(self, unit: int) -> bool:
        """Say whether a sentence of somebody who feels otherwise is no copy, or says so itself."""
        text, sentence = self.field.units[unit]
        is_copy = any(copies.share(sentence, one) >= copies.SAME_LETTERS for one in self._taken)
        return not is_copy or mood.guess(sentence) == self.field.mood(text)


class _Queue:
    """Gives the text that is worth most, while worths only fall: few have to be asked again (Minoux 1978)."""

    def __init__(self, worth: Callable[[int], float], texts: int) -> None:
        self._worth = worth
        self._heap = [(-worth(text), text) for text in range(texts)]
        heapq.heapify(self._heap)

    def pop(self) -> int | None:
        """Return the text worth most now and take it out; None when nothing is worth anything."""
        while self._heap:
            _was, text = self._heap[0]
            heapq.heapreplace(self._heap, (-self._worth(text), text))
            worth, best = self._heap[0]
            if best == text:
                heapq.heappop(self._heap)
                return text if worth else None
        return None


def _main(hearing: _Hearing, most: int) -> list[int]:
    """Take one sentence after the other, each the one that adds most, while it speaks for more than one."""
    queue = _Queue(hearing.adds, len(hearing.says))
    main: list[int] = []
    while len(main) < most and (text := queue.pop()) is not None:
        if main and not hearing.speaks_for_somebody_else(text):
            continue
        if hearing.take(text):
            main.append(hearing.says[text])
    return main


def _smaller_voices(hearing: _Hearing, main: list[int], most: int) -> list[int]:
    """Return a sentence that feels otherwise than a main one, then those of people who stand apart."""
    minor = [unit for unit in _who_feels_otherwise(hearing, main) if hearing.feels_otherwise(unit)]
    minor = minor[: min(most, 1)]
    for unit in minor:
        hearing.take(hearing.field.units[unit].text)
    queue = _Queue(hearing.stands_apart, len(hearing.says))
    while len(minor) < most and (text := queue.pop()) is not None:
        one = hearing.voice_of(text)
        if hearing.take(one):
            minor.append(hearing.says[one])
    return minor


def _who_feels_otherwise(hearing: _Hearing, main: list[int]) -> list[int]:
    """Return sentences of those who speak of what a main one speaks of, and feel otherwise about it.

    First against sentences that are pleased or critical, then against those that are neither.
    """
    found: list[int] = []
    field = hearing.field
    heard = {field.units[unit].text for unit in main}
    for unit in sorted(main, key=lambda unit: field.mood(field.units[unit].text) not in copies.FEELINGS):
        text = field.units[unit].text
        feels = field.mood(text)
        others = copies.FEELINGS - {feels} if feels else set()
        touching = {other for other, by in hearing.links[text].items() if by >= _TOUCHES}
        near = (touching | set(field.near_unit(unit))) - heard
        best = _most_central(field, [other for other in near if field.mood(other) in others])
        # Whoever more people agree with is no smaller voice.
        if best is not None and best not in found and _agree(field, best) <= _agree(field, unit):
            found.append(best)
    return found


def _agree(field: Field, unit: int) -> int:
    """Return how many people say much the same as a sentence."""
    return len(field.people_of(field.near_unit(unit)))


def _most_central(field: Field, texts: list[int]) -> int | None:
    """Return the sentence of these texts that is near most people of them."""
    among = set(texts)

    def worth(unit: int) -> tuple[int, bool, int]:
        near = field.people_of(among & set(field.near_unit(unit)))
        return len(near), stands_alone(field.units[unit].words), -unit

    return max((unit for text in texts for unit in field.units_of(text)), key=worth, default=None)


def _chosen(field: Field, unit: int, said: Mapping[int, Comment], *, is_minority: bool = False) -> Chosen:
    """Return a sentence with whom it stands for; `said` are the comments as each was written."""
    sentence = field.units[unit].words
    behind = {
        comment.key: near
        for text, nearness in backing.agreeing(field, unit).items()
        for comment in field.texts[text].comments
        if (near := backing.as_written(sentence, said[comment.key].text, nearness))
    }
    taken_from = next(key for key in behind if sentence in said[key].text)
    return Chosen(sentence, taken_from, behind, is_minority)

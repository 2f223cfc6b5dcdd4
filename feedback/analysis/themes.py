"""Finds what many people write about, names it in their words, and files new words under it."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from . import grouping, words
from .field import Comment
from .fillers import FILLER_STEMS
from .grouping import Vector
from .labels import Speech, label
from .vectors import cosine

MOST, LEAST_PEOPLE = 40, 2
# So few may be near by chance: they must say much the same.
_FEW, _MUCH_THE_SAME = 4, 0.25
# By so many terms a theme is known, and by the weightiest of them it is named.
_TERMS, _KNOWN_BY = 30, 10
# A text belongs to a theme when it has two of its terms or one of the weightiest, and fits no other better.
_WEIGHTIEST = 4
# An old theme goes on when so much of its terms is found again.
_SAME = 0.3
_MASKED = re.compile(r"\[[^\]]*\]")
# The quotation beside a label is short (characters).
QUOTE_MOST = 160
_QUOTED_OF = 12


@dataclass(frozen=True)
class Found:
    """A theme: what it is called, the terms it is known by (weightiest first), and who speaks of it.

    `keys` are its comments, the one nearest to all others first; `quoted` is the one of the first few that
    says most of it in one sentence.
    """

    label: str
    terms: tuple[str, ...]
    keys: tuple[int, ...]
    quoted: int


@dataclass
class _Text:
    """A text once, however many sent it about the same."""

    words: str
    about: str
    comments: list[Comment] = field(default_factory=list)


def learn(comments: Iterable[Comment], may_say: Callable[[str], bool] = lambda _words: True) -> list[Found]:
    """Return the themes of these comments, the largest (in people) first; none if nothing comes up twice.

    What a comment was written to (`about`) helps to find whom it belongs with; a label is made of what people
    wrote themselves, and of nothing that `may_say` refuses.
    """
    texts = _texts(comments)
    own, asides = [telling(text.words) for text in texts], [telling(text.about) for text in texts]
    heap = _Heap(texts, own, grouping.vectors(own, asides), Speech(text.words for text in texts))
    together = [_who_say_it(group, heap) for group in grouping.groups(heap.vectors)]
    groups = [group for group in together if _is_theme(group, heap)]
    groups.sort(key=lambda group: (-len(heap.people(group)), group[0]))
    found = (_found(group, heap, may_say) for group in groups[:MOST])
    return [each for each in found if each.label]


def _texts(comments: Iterable[Comment]) -> list[_Text]:
    found: dict[tuple[str, str], _Text] = {}
    for comment in sorted(comments, key=lambda each: each.key):
        if bare := " ".join(comment.text.split()):
            text = found.setdefault((bare.casefold(), comment.about), _Text(comment.text, comment.about))
            text.comments.append(comment)
    return list(found.values())


def telling(text: str) -> list[str]:
    """Return the terms of a text that say what it is about; nothing that masking put there."""
    return [term for term in words.terms(_MASKED.sub(" ", text)) if term not in FILLER_STEMS]


@dataclass
class _Heap:
    """All texts, as weighted terms and as words people use."""

    texts: list[_Text]
    own: Sequence[Sequence[str]]
    vectors: list[Vector]
    speech: Speech

    def __post_init__(self) -> None:
        self.spread = Counter(term for own in self.own for term in set(own))

    def people(self, group: Iterable[int]) -> set[str]:
        """Return who wrote these texts."""
        return {comment.person for text in group for comment in self.texts[text].comments}

    def terms(self, group: Iterable[int]) -> tuple[str, ...]:
        """Return what these texts say, and the others less, the weightiest first; nothing only one says."""
        inside = Counter(term for text in group for term in set(self.own[text]))
        worth = {
            term: number**2 / self.spread[term]
            for term, number in inside.items()
            if number > 1 and len(term) > 1
        }
        return tuple(sorted(worth, key=lambda term: (-worth[term], term))[:_TERMS])

    def middle(self, group: Iterable[int]) -> Vector:
        """Return the direction in which these texts point together."""
        return grouping.direction(grouping.total(self.vectors[text] for text in group))


def _who_say_it(group: Sequence[int], heap: _Heap) -> Sequence[int]:
    """Return those of a group who say themselves what it is about: one notice alone makes no theme."""
    about = set(heap.terms(group)[:_KNOWN_BY])
    return [text for text in group if about & set(heap.own[text])]


def _is_theme(group: Sequence[int], heap: _Heap) -> bool:
    """Say whether enough people are in a group, and, if they are few, whether they say much the same."""
    if len(heap.people(group)) < LEAST_PEOPLE:
        return False
    middle = heap.middle(group)
    near = (cosine(heap.vectors[text], middle) ** 2 >= _MUCH_THE_SAME for text in group)
    return len(group) >= _FEW or all(near)


def _found(group: Sequence[int], heap: _Heap, may_say: Callable[[str], bool]) -> Found:
    middle = heap.middle(group)
    inward = [
        heap.texts[text]
        for text in sorted(group, key=lambda each: (-cosine(heap.vectors[each], middle), each))
    ]
    terms = heap.terms(group)
    said = [(comment.person, text.words) for text in inward for comment in text.comments]
    keys = tuple(comment.key for text in inward for comment in text.comments)
    quoted = max(inward[:_QUOTED_OF], key=lambda text: _tells(quote(text.words, terms), terms))
    return Found(label(said, heap.speech, terms[:_KNOWN_BY], may_say), terms, keys, quoted.comments[0].key)


def assign(text: str, themes: Sequence[tuple[int, Sequence[str]]], about: str = "") -> int | None:
    """Return the key of the theme a text belongs to, of (key, terms) pairs; None when it belongs to none.

    `about` is what it was written to, which counts half.
    """
    said, aside = set(telling(text)), set(telling(about))
    best, worth = None, 0.0
    for key, terms in themes:
        shared = [place for place, term in enumerate(terms) if term in said or term in aside]
        is_about = len(shared) > 1 or (shared and shared[0] < _WEIGHTIEST)
        if not is_about or said.isdisjoint(terms):
            continue
        score = sum((1.0 if terms[place] in said else 0.5) / (2 + place) for place in shared)
        if score > worth:
            best, worth = key, score
    return best


def same_as(found: Found, known: Iterable[tuple[int, Sequence[str]]]) -> int | None:
    """Return the key of the known theme this one goes on from, so that its past is kept; None if new."""
    mine = set(found.terms)
    near = {key: len(mine & set(terms)) / max(1, min(len(mine), len(terms))) for key, terms in known}
    best = max(near, key=lambda key: (near[key], -key), default=None)
    return best if best is not None and near[best] >= _SAME else None


def quote(text: str, terms: Sequence[str]) -> str:
    """Return the sentence of a text that says most of a theme's terms, as written; "" if none is short."""
    short = [each for each in words.sentences(text) if len(each) <= QUOTE_MOST]
    return max(short, key=lambda each: _tells(each, terms), default="")


def _tells(sentence: str, terms: Sequence[str]) -> float:
    """Return how much of a theme a sentence says: more for its weightier terms."""
    said = set(telling(sentence))
    return sum(1 / (2 + place) for place, term in enumerate(terms) if term in said)

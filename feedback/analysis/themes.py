"""Finds what many people write about, names it in their words, and files new words under it."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from . import words
from .field import Comment, Field, groups

MOST, LEAST_PEOPLE = 12, 3
_TERMS = 30
# A text belongs to a theme when it has two of its terms or one of the weightiest, and fits no other better.
_WEIGHTIEST = 4
# An old theme goes on when so much of its terms is found again.
_SAME = 0.3
_RUN = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
LABEL_MOST = 60


@dataclass(frozen=True)
class Found:
    """A theme: what it is called, the terms it is known by (weightiest first), and who speaks of it."""

    label: str
    terms: tuple[str, ...]
    keys: tuple[int, ...]


def learn(comments: Iterable[Comment]) -> list[Found]:
    """Return the themes of these comments, the largest (in people) first; none if nothing comes up twice."""
    field = Field(comments)
    found = []
    for group in groups(field)[:MOST]:
        if len(field.people_of(group)) < LEAST_PEOPLE:
            break
        texts = [field.texts[text].words for text in group]
        terms = _telling(texts, field)
        if terms:
            keys = tuple(comment.key for text in group for comment in field.texts[text].comments)
            found.append(Found(_label(texts, terms), terms, keys))
    return found


def _telling(texts: Sequence[str], field: Field) -> tuple[str, ...]:
    """Return the terms that many of these texts have and few others."""
    inside = Counter(term for text in texts for term in set(words.terms(text)))
    outside = Counter(term for text in field.texts for term in set(words.terms(text.words)))
    worth = {
        term: number * number / (len(texts) * (outside[term] or 1))
        for term, number in inside.items()
        if number > 1 and len(term) > 1
    }
    return tuple(sorted(worth, key=lambda term: (-worth[term], term))[:_TERMS])


def _label(texts: Sequence[str], terms: Sequence[str]) -> str:
    """Return what most of these texts call it: a phrase of two words if one is common, else single words."""
    best = set(terms[:8])
    phrases: Counter[str] = Counter()
    singles: dict[str, Counter[str]] = {term: Counter() for term in terms[:3]}
    for text in texts:
        runs = [run.lower() for run in _RUN.findall(text)]
        stems = [words.stem(run.replace("'", "").replace("’", "")) for run in runs]
        for at, one in enumerate(stems):
            if one in singles:
                singles[one][runs[at]] += 1
            if at and one in best and stems[at - 1] in best and one != stems[at - 1]:
                phrases[f"{runs[at - 1]} {runs[at]}"] += 1
    phrase, number = max(phrases.items(), key=lambda pair: (pair[1], pair[0]), default=("", 0))
    if number * 4 >= len(texts):
        rest = [
            _commonest(singles[term])
            for term in terms[:3]
            if words.stem(term) not in map(words.stem, phrase.split())
        ]
        return ", ".join([phrase, *rest[:1]])[:LABEL_MOST].capitalize()
    return ", ".join(filter(None, map(_commonest, singles.values())))[:LABEL_MOST].capitalize() or terms[0]


def _commonest(counts: Counter[str]) -> str:
    return max(counts, key=lambda run: (counts[run], run), default="")


def assign(text: str, themes: Sequence[tuple[int, Sequence[str]]]) -> int | None:
    """Return the key of the theme a text belongs to, of (key, terms) pairs; None when it belongs to none."""
    said = set(words.terms(text))
    best, worth = None, 0.0
    for key, terms in themes:
        shared = [place for place, term in enumerate(terms) if term in said]
        if len(shared) < 2 and not (shared and shared[0] < _WEIGHTIEST):  # noqa: PLR2004 two terms, see above
            continue
        score = sum(1 / (2 + place) for place in shared)
        if score > worth:
            best, worth = key, score
    return best


def same_as(found: Found, known: Iterable[tuple[int, Sequence[str]]]) -> int | None:
    """Return the key of the known theme this one goes on from, so that its past is kept; None if new."""
    mine = set(found.terms)
    near = {key: len(mine & set(terms)) / max(1, min(len(mine), len(terms))) for key, terms in known}
    best = max(near, key=lambda key: (near[key], -key), default=None)
    return best if best is not None and near[best] >= _SAME else None

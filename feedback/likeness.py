"""Says how alike two short texts are, and which known ones fit a new one; must not decide who reads them.

Reckoned here and not in the database, so that both databases find the same.
"""

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db.models import QuerySet

Item = TypeVar("Item")
Weights = dict[str, float]

# So many of the newest are compared: enough for the busiest notice, a few hundredths of a second's work.
MOST_COMPARED = 400
# Below this, texts share a word by chance. Read off pairs of questions (tests/feedback/test_likeness.py).
ALIKE = 0.25
# From here on two questions ask the same, and one answer does for both.
SAME = 0.7
# Nobody's question needs more to be recognised (characters).
_READ = 1000
_SHORT_WORD = 3

# Words every question has say nothing of what it is about.
_EMPTY_WORDS = """
a about all also am an and any are as at be been but by can could did do does for from get going had has have
having hello hi how i if in into is it its just know like may me might much my near no not of off on or our
out please shall she should so some tell thank thanks that the their them then there these they this to up us
was we were what which will with would you your dear sir madam am pm
"""
_EMPTY = frozenset(_EMPTY_WORDS.split())
# Different words that ask for the same thing.
_ASKS: dict[str, str] = {
    word: ask
    for ask, words in {
        "~when": "when long until till soon hour hours back restored finish finished end ends over eta",
        "~where": "where street streets road roads area areas postcode address affected house houses",
        "~why": "why reason cause caused happened",
        "~who": "who whom whose",
        "~cost": "cost costs price pay paid charge charged fee money compensation refund reimbursed",
        "~safe": "safe safety dangerous danger harmful drink drinking",
    }.items()
    for word in words.split()
}
# What a piece of a word and a way of asking weigh beside a whole word.
_PIECE, _ASK = 0.35, 0.8
_ENDINGS = ("ings", "ing", "edly", "ies", "es", "ed", "ly", "s")
_WORDS = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
# What ends a sentence, or a part of one, in the scripts that mark it.
_SENTENCES = re.compile(r"[.,;:!?،؟。！？\n]+")
# A sentence of fewer words says too little by itself; nobody's question has more sentences worth comparing.
_TELLING, _MOST_SENTENCES = 2, 6


@dataclass(frozen=True)
class Likely(Generic[Item]):
    """Something that fits, and how well: 1 is the same words, 0 nothing in common."""

    item: Item
    score: float

    @property
    def is_same(self) -> bool:
        """Say whether it asks the same, rather than something near it."""
        return self.score >= SAME


def similar_questions(
    text: str, rows: QuerySet[Any], *, limit: int = 5, by_sentence: bool = False
) -> list[Likely[Any]]:
    """Return which questions of `rows` are most like `text`, the best first. One query.

    Whoever asks narrows `rows` to what the reader may see: for a resident `Question.objects.told()`, which is
    compared by the words as shown. Words nobody has let out yet are compared as they were sent.
    """
    newest = list(rows.order_by("-received_at", "-id")[:MOST_COMPARED])
    found = likest(text, newest, lambda voice: voice.public_text or voice.text, by_sentence=by_sentence)
    return found[:limit]


def likest(
    text: str, items: Sequence[Item], words: Callable[[Item], str], *, by_sentence: bool = False
) -> list[Likely[Item]]:
    """Return those of `items` that are alike enough to `text`, the best first. Reads nothing.

    `by_sentence`: one sentence in common is enough. Whoever asks tells their story too, which no other has.
    """
    split = _parts if by_sentence else _whole
    asked = split(text)
    known = [split(words(item)) for item in items]
    rare = _rarity([asked[0], *(parts[0] for parts in known)])
    scored = (
        Likely(item, max(_cosine(one, other, rare) for one in asked for other in parts))
        for item, parts in zip(items, known, strict=True)
    )
    return sorted((one for one in scored if one.score >= ALIKE), key=lambda one: -one.score)


def asks_for(text: str) -> set[str]:
    """Return what a text asks for in general, such as "when" and "where"."""
    return {name.removeprefix("~") for name in features(text) if name.startswith("~")}


def _whole(text: str) -> list[Weights]:
    return [features(text)]


def _parts(text: str) -> list[Weights]:
    """Return what a text is about, and each of its sentences that says enough by itself."""
    sentences = [features(each) for each in _SENTENCES.split(text[:_READ])[:_MOST_SENTENCES]]
    telling = [one for one in sentences if sum(name[0] in "=~" for name in one) >= _TELLING]
    return [features(text), *telling]


def likeness(one: str, other: str) -> float:
    """Return how alike two texts are, from 0 to 1, every word weighing the same."""
    left, right = features(one), features(other)
    return _cosine(left, right, dict.fromkeys({**left, **right}, 1.0))


def features(text: str) -> Weights:
    """Return what a text is about: its stems, what it asks for, and pieces of words against slips."""
    found: Counter[str] = Counter()
    asks: set[str] = set()
    folded = unicodedata.normalize("NFKC", text[:_READ]).casefold()
    for word in _WORDS.findall(folded):
        if ask := _ASKS.get(word):
            asks.add(ask)
        elif word not in _EMPTY:
            found[_stem(word)] += 1
    pieces = Counter(piece for stem in found for piece in _pieces(stem))
    whole = {f"={stem}": 1.0 + math.log(count) for stem, count in found.items()}
    parts = {piece: _PIECE * (1.0 + math.log(count)) for piece, count in pieces.items()}
    return whole | parts | dict.fromkeys(asks, _ASK)


def _stem(word: str) -> str:
    """Return a word without its commonest endings, so that "closures" meets "closure"."""
    plain = word.replace("’", "'").removesuffix("'s")
    for ending in _ENDINGS:
        if plain.endswith(ending) and len(plain) - len(ending) >= _SHORT_WORD:
            return plain.removesuffix(ending)
    return plain


def _pieces(word: str) -> Iterable[str]:
    """Return the runs of three characters of a word: two that differ in one letter share most of them."""
    padded = f" {word} "
    return {padded[at : at + 3] for at in range(len(padded) - 2)}


def _rarity(texts: Sequence[Weights]) -> Weights:
    """Return a weight for each feature: what stands in every text tells none of them apart."""
    holds = Counter(name for one in texts for name in one)
    return {name: math.log(1 + len(texts) / count) for name, count in holds.items()}


def _cosine(left: Weights, right: Weights, rare: Weights) -> float:
    shared = sum(left[name] * right[name] * rare[name] ** 2 for name in left.keys() & right.keys())
    return shared / (_length(left, rare) * _length(right, rare)) if shared else 0.0


def _length(one: Weights, rare: Weights) -> float:
    return math.sqrt(sum((weight * rare[name]) ** 2 for name, weight in one.items()))

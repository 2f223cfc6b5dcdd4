"""Learns the classifier's weights from the texts in data/; the same texts give the same weights."""

import math
import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from . import classifier, features

DATA = Path(__file__).parent / "data"
# So many texts at most are made of one line with alternatives; they are alike, more would teach nothing.
VARIANTS = 8
SEED = 5
ROUNDS = 24
# Chosen by cross-validation on the training texts alone, as was the threshold (docs/measured-text.md).
RATE, SHRINK = 0.9, 0.0005
THRESHOLD = 0.68
# No sign by itself may decide: residents send addresses as evidence, and sums. What each may weigh at most.
CEILINGS = dict.fromkeys(features.SIGNS[:-1], 1.7) | {"more_links": 1.0}
_CHOICE = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True)
class Text:
    """One text to learn or to measure by; `kind` is its list and `line` the line it was made of."""

    words: str
    is_spam: bool
    kind: str
    line: int


def texts(name: str) -> list[Text]:
    """Return the texts of data/<name>.txt, each line's alternatives tried out."""
    found, kind = [], ""
    is_spam = name.startswith("spam")
    for number, line in enumerate((DATA / f"{name}.txt").read_text("utf-8").splitlines()):
        if line.startswith("== "):
            kind = line[3:]
        elif line and not line.startswith("# "):
            found += [Text(words, is_spam, kind, number) for words in _variants(line, number)]
    return found


def training_texts() -> list[Text]:
    """Return everything there is to learn from."""
    return texts("honest_train") + texts("spam_train")


def _variants(line: str, number: int) -> Iterator[str]:
    """Yield up to VARIANTS different texts a line stands for, always the same ones."""
    drawn = random.Random(f"{SEED} {number}")  # noqa: S311 nothing secret: it only has to be repeatable
    seen: dict[str, None] = {}
    for _try in range(VARIANTS * 3):
        text = line
        while "{" in text:
            text = _CHOICE.sub(lambda found: drawn.choice(found[1].split("|")), text)
        seen[" ".join(text.split())] = None
        if len(seen) == VARIANTS:
            break
    yield from seen


def learn(known: Sequence[Text]) -> list[float]:
    """Return weights by logistic regression, one text at a time with a step that grows smaller (AdaGrad).

    Each line counts the same, however many texts it makes, and both sides count the same together.
    """
    rng = random.Random(SEED)  # noqa: S311 only the order, and always the same
    shares = _shares(known)
    examples = [
        (features.of(text.words), float(text.is_spam), shares[text.is_spam, text.line]) for text in known
    ]
    weights = [0.0] * features.SIZE
    ceilings = {features.BUCKETS + features.SIGNS.index(sign): most for sign, most in CEILINGS.items()}
    squares = [1e-2] * features.SIZE
    for _round in range(ROUNDS):
        rng.shuffle(examples)
        for values, wanted, share in examples:
            total = sum(weights[at] * value for at, value in values.items())
            error = (1 / (1 + math.exp(-max(-30.0, min(30.0, total)))) - wanted) * share
            for at, value in values.items():
                slope = error * value + SHRINK * weights[at]
                squares[at] += slope * slope
                weights[at] -= RATE * slope / math.sqrt(squares[at])
            for at, most in ceilings.items():
                weights[at] = min(weights[at], most)
    return weights


def _shares(known: Sequence[Text]) -> dict[tuple[bool, int], float]:
    """Return what one text of each line counts."""
    made = Counter((text.is_spam, text.line) for text in known)
    lines = Counter(is_spam for is_spam, _line in made)
    return {key: len(made) / 2 / lines[key[0]] / count for key, count in made.items()}


def train() -> classifier.Model:
    """Learn from all training texts, write data/weights.json and return the model."""
    return classifier.save(classifier.WEIGHTS, learn(training_texts()), THRESHOLD)

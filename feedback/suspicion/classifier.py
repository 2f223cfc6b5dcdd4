"""Says how much a text looks like advertising, with weights that were trained before; must not learn here."""

import base64
import json
import math
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from . import features

WEIGHTS = Path(__file__).parent / "data" / "weights.json"
# Each weight is kept as one byte: finer steps changed no decision on the data we measure.
_STEPS = 127


@dataclass(frozen=True)
class Model:
    """Trained weights (features.SIZE of them) and the score from which a text is doubted."""

    weights: Sequence[float]
    threshold: float

    def score(self, text: str) -> float:
        """Return 0 (a comment) to 1 (advertising); 0.5 for a text without anything to weigh."""
        total = sum(self.weights[at] * value for at, value in features.of(text).items())
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


def looks_like_advertising(text: str) -> bool:
    """Return whether a moderator should see other things first (docs/measured-text.md: how often it errs)."""
    return model().score(text) >= model().threshold


@lru_cache(maxsize=1)
def model() -> Model:
    """Return the weights the portal comes with."""
    return load(WEIGHTS)


def load(path: Path) -> Model:
    """Read a model from its file. Raises ValueError if it was trained for other features."""
    kept = json.loads(path.read_text("utf-8"))
    steps = zlib.decompress(base64.b85decode(kept["weights"]))
    if len(steps) != features.SIZE:
        raise ValueError(f"{path.name} holds {len(steps)} weights, not {features.SIZE}: train again.")
    unit = kept["largest"] / _STEPS
    return Model([(step - 128) * unit for step in steps], kept["threshold"])


def save(path: Path, weights: Sequence[float], threshold: float) -> Model:
    """Write a model to its file, one byte for a weight, and return it as it will be read."""
    largest = max(map(abs, weights)) or 1.0
    steps = bytes(round(weight / largest * _STEPS) + 128 for weight in weights)
    kept = {
        "about": "Weights of feedback/suspicion, made by: manage.py train_spam",
        "threshold": round(threshold, 4),
        "largest": round(largest, 6),
        "weights": base64.b85encode(zlib.compress(steps, 9)).decode(),
    }
    path.write_text(json.dumps(kept, indent=1) + "\n", "utf-8")
    return load(path)

"""Compares what somebody pasted with what we published: the same words, or nearly the same; asks nobody."""

import unicodedata

SHORTEST = 25
"""Fewer letters than this prove nothing: "Road closed" is everybody's sentence."""
NEAR = 0.55
"""Share of three-letter pieces in common from which two texts are shown as near."""


def bare(text: str) -> str:
    """Return only the letters and figures, small: what a copy, a screenshot and a typist all keep."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(letter for letter in folded if letter.isalnum())


def is_same(pasted: str, ours: str) -> bool:
    """Say whether all of `pasted` stands in `ours` in one run, and is long enough to mean something."""
    wanted = bare(pasted)
    return len(wanted) >= SHORTEST and wanted in bare(ours)


def likeness(pasted: str, ours: str) -> float:
    """Return how much of `pasted` is in `ours`, from 0 to 1, by pieces of three letters."""
    wanted, there = _pieces(bare(pasted)), _pieces(bare(ours))
    return len(wanted & there) / len(wanted) if wanted else 0.0


def _pieces(text: str) -> set[str]:
    return {text[at : at + 3] for at in range(len(text) - 2)}

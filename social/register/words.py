"""Compares what somebody pasted with what we published: the same words, or nearly the same; asks nobody."""

import unicodedata
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher

import regex

SHORTEST = 25
"""Fewer letters than this prove nothing: "Road closed" is everybody's sentence."""
NEAR = 0.55
"""Share of three-letter pieces in common from which two texts are shown as near."""
RUN = 3
"""Words in common, one after the other, that show where in a long text a short one belongs."""

_EDGES = regex.compile(r"^[^\w£$€]+|[^\w…£$€]+$")
_SCHEME = regex.compile(r"\bhttps?://(?:www\.)?", regex.IGNORECASE)


def bare(text: str) -> str:
    """Return only the letters and figures, small: what a copy, a screenshot and a typist all keep."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(letter for letter in folded if letter.isalnum())


def is_same(pasted: str, ours: str) -> bool:
    """Say whether all of `pasted` stands in `ours` in one run, and is long enough to mean something."""
    wanted, there = bare(_SCHEME.sub("", pasted)), bare(_SCHEME.sub("", ours))
    return len(wanted) >= SHORTEST and wanted in there and _exact_in(pasted, _marked(ours))


def _exact_in(pasted: str, ours: Iterable[str]) -> bool:
    """Say whether every address, sum and figure with marks inside it is, mark for mark, one of ours.

    Without its marks one address is another's: riverbank.ex/ample has the letters of riverbank.example.
    An address cut short with dots, as platforms show it, is the one that begins like it.
    """
    there = set(ours)
    return all(
        any(one.startswith(piece[:-1]) for one in there) if piece.endswith("…") else piece in there
        for piece in _marked(pasted)
    )


def _marked(text: str) -> Iterator[str]:
    """Yield the words that have anything but letters between their letters, without scheme and last slash."""
    folded = unicodedata.normalize("NFKC", text.replace("…", " \x01 ")).casefold().replace(" \x01 ", "…")
    for word in folded.split():
        piece = _SCHEME.sub("", _EDGES.sub("", word))
        if any(not letter.isalnum() for letter in piece):
            yield piece


def likeness(pasted: str, ours: str) -> float:
    """Return how much of `pasted` is in `ours`, from 0 to 1, by pieces of three letters."""
    wanted, there = _pieces(bare(pasted)), _pieces(bare(ours))
    return len(wanted & there) / len(wanted) if wanted else 0.0


def beside(pasted: str, ours: str) -> str:
    """Return the part of `ours` that `pasted` is about, with dots where more stands before or after it.

    Set against a whole notice, the one word that somebody changed would be lost among all they left out.
    """
    said, there = pasted.split(), ours.split()
    runs = SequenceMatcher(None, said, there, autojunk=False).get_matching_blocks()
    runs = [run for run in runs if run.size >= RUN]
    if not runs:
        return ours
    start = max(0, runs[0].b - runs[0].a)
    stop = runs[-1].b + len(said) - runs[-1].a
    return " ".join(["…"] * (start > 0) + there[start:stop] + ["…"] * (stop < len(there)))


def _pieces(text: str) -> set[str]:
    return {text[at : at + 3] for at in range(len(text) - 2)}

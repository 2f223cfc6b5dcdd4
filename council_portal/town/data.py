"""Reads the demo data's files; must not touch the database."""

import tomllib
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parents[1] / "demo"


def places() -> dict[str, Any]:
    """Return the borough, its wards, streets and postcodes."""
    return _read(FOLDER / "places.toml")


def people() -> dict[str, Any]:
    """Return teams, staff and councillors."""
    return _read(FOLDER / "people.toml")


def notices() -> list[dict[str, Any]]:
    """Return every notice with its editions, in the order of the files."""
    files = sorted((FOLDER / "notices").glob("*.toml"))
    return [notice for file in files for notice in _read(file).get("notice", [])]


def voices() -> list[dict[str, Any]]:
    """Return residents' questions and feedback."""
    files = [_read(file) for file in sorted(FOLDER.glob("voices*.toml"))]
    alone = [voice for file in files for voice in file.get("voice", [])]
    return alone + [voice for file in files for about in file.get("about", []) for voice in _spoken(about)]


def _spoken(about: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield what many said about one notice as feedback like any other; its moderators take turns."""
    moderators = cycle(about["moderators"])
    for at, ward, text in about["said"]:
        yield {
            "on": about["on"],
            "type": "feedback",
            "at": at,
            "ward": ward,
            "text": text,
            "moderator": next(moderators),
        }


def replies() -> list[dict[str, Any]]:
    """Return what people wrote on the practice network."""
    replies: list[dict[str, Any]] = _read(FOLDER / "replies.toml")["reply"]
    return replies


def consultations() -> list[dict[str, Any]]:
    """Return what the council asks the town, with what the town answers."""
    found: list[dict[str, Any]] = _read(FOLDER / "consultations.toml")["consultation"]
    return found


def templates() -> dict[str, Any]:
    """Return the teams' templates, and what is filled in from them."""
    return _read(FOLDER / "templates.toml")


def document(name: str) -> bytes:
    """Return a PDF."""
    return (FOLDER / "documents" / f"{name}.pdf").read_bytes()


def picture(name: str) -> Path:
    """Return the path of an illustration."""
    return FOLDER / "pictures" / f"{name}.jpg"


def _read(path: Path) -> dict[str, Any]:
    with path.open("rb") as file:
        return tomllib.load(file)

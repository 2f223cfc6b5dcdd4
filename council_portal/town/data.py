"""Reads the demo data's files; must not touch the database."""

import tomllib
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
    files = sorted(FOLDER.glob("voices*.toml"))
    return [voice for file in files for voice in _read(file).get("voice", [])]


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

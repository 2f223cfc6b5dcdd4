"""The exact text of a line and its hash; knows neither the database nor the key."""

import hashlib
import json
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

GENESIS = "0" * 64
"""What the first line names as the one before it."""


@dataclass(frozen=True)
class Place:
    """Where a line stands: its number, the hash of the line before it, and when it was written."""

    number: int
    previous: str
    logged_at: datetime


def body_of(place: Place, at: datetime, kind: str, data: Mapping[str, object]) -> str:
    """Return a line's text: JSON with sorted keys, no spaces, no escapes but those JSON demands."""
    line = {
        "number": place.number,
        "previous": place.previous,
        "logged_at": moment(place.logged_at),
        "at": moment(at),
        "kind": kind,
        "data": data,
    }
    return json.dumps(line, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def hash_of(body: str) -> str:
    """Return the SHA-256 of a line's text in UTF-8."""
    return hashlib.sha256(body.encode()).hexdigest()


def moment(at: datetime) -> str:
    """Return a time as the log writes it: UTC, to the second."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def text_hash(text: str) -> str:
    """Return the SHA-256 of a post's words: in NFC, each run of white space as one space."""
    return hashlib.sha256(" ".join(unicodedata.normalize("NFC", text).split()).encode()).hexdigest()

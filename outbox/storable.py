"""Makes what the other side said fit for our database; its words are never trusted to be text."""

from collections.abc import Mapping
from math import isfinite
from typing import Any

LONGEST_IN_JSON = 100_000
DEEPEST_JSON = 50


def storable(text: object, longest: int) -> str:
    """Return `text` without what a database refuses (NUL, lone surrogates), at most `longest` characters."""
    clean = str(text).replace("\x00", "").encode(errors="replace").decode()
    return clean[:longest]


def storable_json(value: Any, deepest: int = DEEPEST_JSON) -> Any:
    """Return `value` as JSON that a database takes; what lies deeper than `deepest` becomes an ellipsis."""
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, float):
        return value if isfinite(value) else str(value)
    if not isinstance(value, Mapping | list | tuple):
        return storable(value, LONGEST_IN_JSON)
    if not deepest:
        return "…"
    if isinstance(value, Mapping):
        return {storable(key, LONGEST_IN_JSON): storable_json(one, deepest - 1) for key, one in value.items()}
    return [storable_json(one, deepest - 1) for one in value]

"""The grid over a resident's photo: its squares, their names and places; must not read files or decide."""

import math
from collections.abc import Iterable
from typing import NamedTuple

COLUMNS = 12
# More would make a very tall photo a page of boxes; its squares are then taller than wide.
MOST_ROWS = 18
WHOLE = 1000
_FIRST = ord("A")


class Area(NamedTuple):
    """A rectangle, in thousandths of the picture's width and height."""

    left: int
    top: int
    width: int
    height: int


class Grid(NamedTuple):
    """As many rows as make the squares of a picture about square."""

    rows: int

    @property
    def names(self) -> list[str]:
        """Return the names of all squares, row by row ("A1", "B1" …)."""
        return [f"{chr(_FIRST + column)}{row + 1}" for row in range(self.rows) for column in range(COLUMNS)]

    def area(self, name: str) -> Area:
        """Return where a square lies; rounded outwards, so that no seam stays readable."""
        column, row = ord(name[0]) - _FIRST, int(name[1:]) - 1
        left, top = column * WHOLE // COLUMNS, row * WHOLE // self.rows
        right, bottom = math.ceil((column + 1) * WHOLE / COLUMNS), math.ceil((row + 1) * WHOLE / self.rows)
        return Area(left, top, right - left, bottom - top)

    def block(self, first: str, last: str) -> list[str] | None:
        """Return the names of the squares between two corners, or None when one is no square of this grid."""
        if not {first, last} <= set(self.names):
            return None
        columns = sorted((ord(first[0]), ord(last[0])))
        rows = sorted((int(first[1:]), int(last[1:])))
        return [
            f"{chr(column)}{row}"
            for row in range(rows[0], rows[1] + 1)
            for column in range(columns[0], columns[1] + 1)
        ]

    def touched_by(self, areas: Iterable[Area]) -> list[str]:
        """Return the squares any of `areas` lies in, however it was once cut: nothing filled gets lost."""
        found = list(areas)
        return [name for name in self.names if any(_overlap(self.area(name), area) for area in found)]


def grid_for(width: int, height: int) -> Grid:
    """Return the grid for a picture of this size in pixels."""
    # Rounded down: no square is lower than it is wide, so that a thumb hits it on a phone.
    return Grid(min(MOST_ROWS, max(1, COLUMNS * height // width)))


def _overlap(one: Area, other: Area) -> bool:
    """Say whether two areas share more than the thousandth that rounding adds to neighbours."""
    across = min(one.left + one.width, other.left + other.width) - max(one.left, other.left)
    down = min(one.top + one.height, other.top + other.height) - max(one.top, other.top)
    return across > 1 and down > 1

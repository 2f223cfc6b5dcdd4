"""Tables as CSV that no spreadsheet runs as a formula; must not know what they hold."""

import csv
from collections.abc import Iterable, Iterator

# A spreadsheet takes a cell that starts with one of these for a formula (OWASP, CSV injection).
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


class _Echo:
    """Hands each written line back, so that a response can stream it."""

    def write(self, line: str) -> str:
        return line


def neutral(cell: object) -> str:
    """Return `cell` as text that no spreadsheet runs: an apostrophe before what looks like a formula."""
    text = "" if cell is None else str(cell)
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA_STARTS) else text


def lines(rows: Iterable[Iterable[object]]) -> Iterator[str]:
    """Give the file line by line, each cell neutral; the first row is the heading."""
    writer = csv.writer(_Echo())
    for row in rows:
        yield str(writer.writerow([neutral(cell) for cell in row]))

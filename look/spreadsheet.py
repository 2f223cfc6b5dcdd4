"""Tables as CSV that no spreadsheet runs as a formula; must not know what they hold."""

import csv
from collections.abc import Iterable, Iterator

from django.http import HttpResponse, StreamingHttpResponse

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


def whole(rows: Iterable[Iterable[object]], name: str) -> HttpResponse:
    """Return the file `name` in one piece, so that a residents' page can tell whether it has changed."""
    return HttpResponse(_file(rows), headers=_headers(name))


def streamed(rows: Iterable[Iterable[object]], name: str) -> StreamingHttpResponse:
    """Return the file `name` line by line, so that a large one needs little memory."""
    return StreamingHttpResponse(_file(rows), headers=_headers(name))


def _file(rows: Iterable[Iterable[object]]) -> Iterator[str]:
    # The byte order mark, without which spreadsheets misread accents.
    yield "\ufeff"
    yield from lines(rows)


def _headers(name: str) -> dict[str, str]:
    return {
        "Content-Type": "text/csv; charset=utf-8",
        "Content-Disposition": f'attachment; filename="{name}"',
    }

"""Reads CSV files row by row under the names of their columns; must not know what the rows are about."""

import csv
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TextIO

from django.utils.translation import gettext as _
from pyproj import Transformer

from .report import FileFault, RowFault

Row = Mapping[str, str]
# What a file without a header is recognised by, and the names of its columns.
Headerless = Mapping[int, Sequence[str]]
_LONGEST_NAME = 100
# Metres of the British National Grid: from the Scillies to Shetland.
_MOST_EAST, _MOST_NORTH = 700_000, 1_300_000
# Degrees: no place in Britain has a latitude as small or a longitude as large.
_SOUTH = 45
# Where most rows of ours have the same fault, it is the file's.
_MOST = 0.5


@dataclass(frozen=True)
class Layout:
    """The columns a kind of file may have: our word for each, and patterns of theirs in lower case."""

    patterns: Mapping[str, str]
    needed: Sequence[str]
    headerless: Headerless


def rows(path: Path, layout: Layout, renamed: Mapping[str, str]) -> Iterator[tuple[int, Row | RowFault]]:
    """Yield (line number, row by our words) of a CSV file; a line that cannot be read yields its fault.

    `renamed` gives the file's own name of a column for our word. Raises FileFault when a needed column is
    missing or the file is no CSV.
    """
    try:
        with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
            yield from _rows(file, layout, renamed)
    except OSError as fault:
        raise FileFault(_("The file cannot be read: %(reason)s.") % {"reason": fault.strerror}) from fault


def _rows(file: TextIO, layout: Layout, renamed: Mapping[str, str]) -> Iterator[tuple[int, Row | RowFault]]:
    reader = csv.reader(file)
    first = next(_records(reader), None)
    if not isinstance(first, list) or not first:
        raise FileFault(_("The file is empty. Download it again."))
    names = layout.headerless.get(len(first))
    is_headerless = names is not None and not any(name.casefold() in _lower(first) for name in names)
    columns = _columns(list(names) if is_headerless and names else first, layout, renamed)
    if is_headerless:
        yield 1, _by_word(first, columns)
    for record in _records(reader):
        if isinstance(record, RowFault):
            yield reader.line_num, record
        elif record:
            yield reader.line_num, _by_word(record, columns)


def _records(reader: Iterator[list[str]]) -> Iterator[list[str] | RowFault]:
    while True:
        try:
            yield next(reader)
        except StopIteration:
            return
        except csv.Error as fault:
            yield RowFault(_("it cannot be read as CSV (%(reason)s)") % {"reason": fault})


def _lower(names: Sequence[str]) -> list[str]:
    return [name.strip().casefold() for name in names]


def _columns(header: Sequence[str], layout: Layout, renamed: Mapping[str, str]) -> dict[str, int]:
    """Return where each of our words stands in a row."""
    theirs = _lower(header)
    found: dict[str, int] = {}
    for word, pattern in layout.patterns.items():
        wanted = re.escape(renamed[word].casefold()) if word in renamed else pattern
        matches = [at for at, name in enumerate(theirs) if re.fullmatch(wanted, name)]
        if matches:
            found[word] = matches[0]
    missing = [word for word in layout.needed if word not in found]
    if missing:
        raise FileFault(
            _(
                "The file has no column for %(missing)s: it has %(columns)s. "
                "Name it with --column %(word)s=NAME, or see docs/places.md for the files that fit."
            )
            % {"missing": ", ".join(missing), "columns": _shortened(header), "word": missing[0]}
        )
    return found


def _shortened(header: Sequence[str]) -> str:
    names = ", ".join(name.strip() or "“”" for name in header)
    return names if len(names) <= _LONGEST_NAME else f"{names[:_LONGEST_NAME]}…"


def _by_word(record: list[str], columns: Mapping[str, int]) -> Row | RowFault:
    if len(record) <= max(columns.values()):
        return RowFault(_("it has only %(count)s columns") % {"count": len(record)})
    return {word: record[at].replace("\x00", "").strip() for word, at in columns.items()}


def point(row: Row) -> tuple[float, float] | None:
    """Return longitude and latitude of a row, from degrees or from the National Grid; None where it has none.

    Raises RowFault for what is no coordinate; its kind is "grid" or "swapped" when that is the reason.
    """
    if row.get("easting") and row.get("northing"):
        return _from_grid(number(row["easting"]), number(row["northing"]))
    if not row.get("latitude") or not row.get("longitude"):
        return None
    latitude, longitude = number(row["latitude"]), number(row["longitude"])
    # ONS writes 99.999999 and 0 where it knows no point.
    if latitude > 99 and latitude < 100:  # noqa: PLR2004 see above
        return None
    if abs(latitude) > 180 or abs(longitude) > 180:  # noqa: PLR2004 degrees in half a turn
        raise RowFault(_("its latitude and longitude are metres of a grid and not degrees"), "grid")
    if abs(latitude) > 90 or (abs(latitude) < _SOUTH < abs(longitude)):  # noqa: PLR2004 degrees at the pole
        raise RowFault(_("its latitude and longitude are the wrong way round"), "swapped")
    return longitude, latitude


def judge(kinds: Counter[str], kept: int, word: str) -> None:
    """Raise the fault of the whole file if most of its rows tell of one, or if nothing of it is ours.

    `kinds` counts the rows' faults by kind, `kept` the rows to keep; `word` is the column the file is about.
    """
    for kind, count in kinds.items():
        if kind and count >= _MOST * (kept + kinds.total()):
            raise FileFault(_file_fault(kind, word))
    if not kept and not kinds:
        raise FileFault(
            _(
                "Nothing in the file lies in one of our wards. Import the boundaries first, and see that "
                "the file is of your area and of the same year as your wards’ codes."
            )
        )


def _file_fault(kind: str, word: str) -> str:
    if kind == "swapped":
        return _(
            "Latitude and longitude are the wrong way round in this file. "
            "Say so: --column latitude=NAME --column longitude=NAME."
        )
    if kind == "grid":
        return _(
            "The columns for latitude and longitude hold metres of the British National Grid. "
            "Say so: --column easting=NAME --column northing=NAME."
        )
    if kind == "not_grid":
        return _("The columns for easting and northing hold no metres of the British National Grid.")
    if kind == "outside":
        return _("Most points of the file lie far outside our wards. Check its projection and its columns.")
    words = _("Most rows have nothing fit in the column for the %(word)s. Name it: --column %(word)s=NAME.")
    return words % {"word": word}


def number(text: str) -> float:
    """Return a figure of the file. Raises RowFault."""
    if re.fullmatch(r"[-+]?[0-9]{1,12}(\.[0-9]{1,20})?", text):
        return float(text)
    raise RowFault(_("“%(text)s” is not a number") % {"text": text[:30]})


def _from_grid(easting: float, northing: float) -> tuple[float, float] | None:
    if not easting and not northing:
        return None
    if not (0 <= easting <= _MOST_EAST and 0 <= northing <= _MOST_NORTH):
        raise RowFault(_("its easting and northing are not on the British National Grid"), "not_grid")
    longitude, latitude = _grid().transform(easting, northing)
    return round(longitude, 6), round(latitude, 6)


@cache
def _grid() -> Transformer:
    """Return what turns British National Grid into degrees; some two metres exact without OSTN15's grid."""
    return Transformer.from_crs("EPSG:27700", "EPSG:4326", always_xy=True)

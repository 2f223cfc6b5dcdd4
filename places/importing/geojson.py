"""Reads the features of a GeoJSON file one after the other, however large it is; must not judge them."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TextIO

from django.utils.translation import gettext as _

from .report import FileFault

_CHUNK = 1 << 20
_BEFORE_FEATURES = 1 << 20
_BETWEEN = " \t\r\n,"


def features(path: Path) -> Iterator[Any]:
    """Yield each feature of a FeatureCollection. Raises FileFault when the file is something else.

    Holds one feature in memory, not the file.
    """
    try:
        with path.open(encoding="utf-8-sig") as file:
            head, rest = _until_features(file)
            _refuse_other_projection(head)
            yield from _decoded(file, rest)
    except OSError as fault:
        raise FileFault(_("The file cannot be read: %(reason)s.") % {"reason": fault.strerror}) from fault
    except UnicodeDecodeError as fault:
        raise FileFault(_("The file is not GeoJSON: it is not text in UTF-8.")) from fault


def _until_features(file: TextIO) -> tuple[str, str]:
    """Return what stands before the list of features, and what has been read of the list."""
    text = file.read(_BEFORE_FEATURES)
    key = text.find('"features"')
    begin = text.find("[", key)
    if not text.lstrip().startswith("{") or key < 0 or begin < 0:
        raise FileFault(
            _("The file is not a GeoJSON FeatureCollection. Download the boundaries again, as GeoJSON.")
        )
    return text[:key], text[begin + 1 :]


def _refuse_other_projection(head: str) -> None:
    """Judge by what old GeoJSON says of its projection; the coordinates are judged elsewhere."""
    if '"crs"' not in head:
        return
    named = head[head.index('"crs"') :]
    if not any(name in named for name in ("CRS84", "4326")):
        raise FileFault(
            _(
                "The file is in another projection than WGS 84 (EPSG:4326). "
                "Download it as GeoJSON, or convert it: ogr2ogr -t_srs EPSG:4326 new.geojson old.geojson."
            )
        )


def _decoded(file: TextIO, text: str) -> Iterator[Any]:
    decoder = json.JSONDecoder()
    wanted = _CHUNK
    while True:
        text = text.lstrip(_BETWEEN)
        if text.startswith("]"):
            return
        try:
            feature, end = decoder.raw_decode(text)
        except (ValueError, RecursionError) as fault:
            more = file.read(wanted)
            # Longer and longer pieces, so that a huge feature is not begun again too often.
            wanted *= 2
            if not more:
                raise FileFault(_("The file ends in the middle. Download it again.")) from fault
            text += more
        else:
            yield feature
            text, wanted = text[end:], _CHUNK

"""Reads an area somebody drew: checks it, makes it simple, says it in words; must not query."""

import json
import math
import re
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from shapely.geometry import Polygon
from shapely.validation import explain_validity

from . import geometry
from .geometry import Area
from .models import Ward

# Phones and other alerting systems take about a hundred corners; OASIS CAP practice.
MOST_VERTICES = 100
# Beyond this it is a survey and not a drawing.
MOST_READ = 10_000
LEAST_RADIUS, MOST_RADIUS = 10, 20_000
_CORNERS = 3
# Square degrees, less than a square metre: what rounding makes of corners on one line.
_NOTHING = 1e-10
# Degrees never reach these; metres of the British National Grid almost always exceed them.
_LARGEST_LONGITUDE, _LARGEST_LATITUDE = 180, 90
_NUMBER = r"[-+]?[0-9]{1,7}(?:\.[0-9]{1,20})?"
_LINE = re.compile(rf"\s*({_NUMBER})\s*(?:[,;]\s*|\s+)({_NUMBER})\s*[,;]?\s*")


class AreaRefused(Exception):
    """An area that cannot be used; its text tells the person why and what to do."""


def read(text: str, wards: Sequence[Ward]) -> Area:
    """Return the area that `text` describes: GeoJSON, our circle, or corners on lines "latitude, longitude".

    `wards` are those of the borough, with their boundaries. Raises AreaRefused.
    """
    if text.lstrip().startswith(("{", "[")):
        return checked(_parsed(text), wards)
    return polygon(_positions_on_lines(text), wards)


def checked(given: Any, wards: Sequence[Ward]) -> Area:
    """Return what was decoded from JSON as a good area. Raises AreaRefused."""
    if isinstance(given, dict) and given.get("type") == "Circle":
        return circle(given.get("centre"), given.get("radius_m"), wards, of=given.get("of", ""))
    shape = _geometry_in(given)
    if shape.get("type") != "Polygon":
        raise AreaRefused(_("Only one polygon or one circle can be an area. Draw it as one piece."))
    rings = shape.get("coordinates")
    if not isinstance(rings, list) or not rings:
        raise AreaRefused(_("The area has no corners. Give at least three."))
    if len(rings) > 1:
        raise AreaRefused(
            _("The area has a hole. Draw it without: whoever lives in the hole is told as well.")
        )
    return polygon(rings[0], wards)


def circle(centre: Any, radius_m: Any, wards: Sequence[Ward], *, of: Any = "") -> Area:
    """Return a circle of `radius_m` metres round `centre`; `of` names what is there. Raises AreaRefused."""
    position = _position(centre)
    if not _is_number(radius_m) or not LEAST_RADIUS <= radius_m <= MOST_RADIUS:
        words = _("Give a distance between %(least)s and %(most)s metres.")
        raise AreaRefused(words % {"least": LEAST_RADIUS, "most": f"{MOST_RADIUS:,}"})
    _refuse_wrong_coordinates([position], wards)
    found: Area = {"type": "Circle", "centre": position, "radius_m": round(radius_m)}
    if isinstance(of, str) and of:
        found["of"] = of[:150]
    return _in_the_borough(found, wards)


def polygon(positions: Any, wards: Sequence[Ward]) -> Area:
    """Return the polygon with these corners, [longitude, latitude], closed or not. Raises AreaRefused."""
    if not isinstance(positions, list):
        raise AreaRefused(_("The area has no corners. Give at least three."))
    if len(positions) > MOST_READ:
        words = _("The area has %(count)s corners; more than %(most)s cannot be read. Draw it more simply.")
        raise AreaRefused(words % {"count": f"{len(positions):,}", "most": f"{MOST_READ:,}"})
    corners = [_position(each) for each in positions]
    if len({tuple(corner) for corner in corners}) < _CORNERS:
        raise AreaRefused(_("An area needs at least three different corners."))
    _refuse_wrong_coordinates(corners, wards)
    shape = Polygon(corners)
    _refuse_crossing(shape)
    simple = geometry.boundary_of(geometry.simplified(shape, MOST_VERTICES))
    return _in_the_borough({"type": "Polygon", "coordinates": simple[0][:1]}, wards)


def wards_of(area: Area, wards: Sequence[Ward]) -> list[Ward]:
    """Return those of `wards` that the area covers some of."""
    return [ward for ward in wards if geometry.touches(area, ward.boundary)]


def in_words(area: Area, wards: Sequence[Ward]) -> str:
    """Return where an area is, `wards` being those it touches: "within 300 m of Quay Street"."""
    where = listed([ward.name for ward in wards])
    if area["type"] != "Circle":
        return _("an area in %(wards)s") % {"wards": where} if where else _("the area on the map")
    distance = in_metres(area["radius_m"])
    if area.get("of"):
        return _("within %(distance)s of %(place)s") % {"distance": distance, "place": area["of"]}
    words = _("within %(distance)s of a point in %(wards)s") if where else _("within %(distance)s of a point")
    return words % {"distance": distance, "wards": where}


def in_words_with_wards(area: Area, wards: Sequence[Ward]) -> str:
    """Return where an area is and which wards it touches: "within 300 m of Quay Street, in Millgate"."""
    words = in_words(area, wards)
    if not wards or area["type"] != "Circle" or not area.get("of"):
        return words
    return _("%(where)s, in %(wards)s") % {"where": words, "wards": listed([ward.name for ward in wards])}


def listed(names: Sequence[str]) -> str:
    """Return names as a sentence has them: "Hillcrest, Millgate and Quayside"."""
    if len(names) > 1:
        return _("%(wards)s and %(last)s") % {"wards": ", ".join(names[:-1]), "last": names[-1]}
    return "".join(names)


def in_metres(distance: float) -> str:
    """Return a distance as people say it: "300 m", "1.5 km"."""
    if distance < 1000:  # noqa: PLR2004 metres in a kilometre
        return _("%(metres)s m") % {"metres": round(distance)}
    return _("%(kilometres)s km") % {"kilometres": f"{distance / 1000:.1f}".removesuffix(".0")}


def on_lines(area: Area) -> str:
    """Return the corners as a person may read and change them: "53.995000, 2.086650" on each line."""
    return "\n".join(f"{each[1]:.6f}, {each[0]:.6f}" for each in geometry.outline(area)[:-1])


def in_detail(area: Area, wards: Sequence[Ward]) -> str:
    """Return an area so that another one reads differently: its words, its size and where it begins."""
    words = in_words_with_wards(area, wards)
    if area["type"] == "Circle":
        longitude, latitude = area["centre"]
        return f"{words} ({latitude:.5f}, {longitude:.5f})"
    ring = geometry.outline(area)[:-1]
    values = {"where": words, "count": len(ring), "corners": "; ".join(on_lines(area).splitlines())}
    return _("%(where)s (%(count)s corners: %(corners)s)") % values


def _parsed(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as fault:
        raise AreaRefused(
            _("This is not GeoJSON that can be read. Copy all of it, or give corners.")
        ) from fault


def _geometry_in(given: Any) -> dict[str, Any]:
    """Return the one geometry inside what drawing programs save: a feature, or a collection with one."""
    for _level in range(3):
        if isinstance(given, dict) and given.get("type") == "Feature":
            given = given.get("geometry")
        elif (
            isinstance(given, dict)
            and isinstance(given.get("features"), list)
            and len(given["features"]) == 1
        ):
            given = given["features"][0]
        elif _is_multi_of_one(given):
            given = {"type": "Polygon", "coordinates": given["coordinates"][0]}
    if not isinstance(given, dict):
        raise AreaRefused(_("Only one polygon or one circle can be an area. Draw it as one piece."))
    return given


def _is_multi_of_one(given: Any) -> bool:
    if not isinstance(given, dict) or given.get("type") != "MultiPolygon":
        return False
    parts = given.get("coordinates")
    return isinstance(parts, list) and len(parts) == 1


def _positions_on_lines(text: str) -> list[list[float]]:
    """Return [longitude, latitude] of each line "latitude, longitude", the order in which maps show them."""
    lines = [line for line in text.splitlines() if line.strip()]
    if len(lines) > MOST_READ:
        words = _("The area has %(count)s corners; more than %(most)s cannot be read. Draw it more simply.")
        raise AreaRefused(words % {"count": f"{len(lines):,}", "most": f"{MOST_READ:,}"})
    found = []
    for number, line in enumerate(lines, start=1):
        match = _LINE.fullmatch(line)
        if match is None:
            words = _(
                "Corner %(number)s, “%(line)s”, is not a latitude and a longitude such as 53.995, 2.087."
            )
            raise AreaRefused(words % {"number": number, "line": line.strip()[:40]})
        found.append([float(match[2]), float(match[1])])
    return found


def _position(given: Any) -> list[float]:
    if isinstance(given, list | tuple) and len(given) in (2, 3) and all(map(_is_number, given)):
        return [float(given[0]), float(given[1])]
    raise AreaRefused(_("Every corner must be two numbers, a longitude and a latitude."))


def _is_number(value: Any) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return math.isfinite(value) if isinstance(value, float) else abs(value) < 10**9


def _refuse_wrong_coordinates(corners: list[list[float]], wards: Sequence[Ward]) -> None:
    """Recognise metres of a national grid, and latitude where longitude belongs."""
    if any(abs(x) > _LARGEST_LONGITUDE or abs(y) > _LARGEST_LONGITUDE for x, y in corners):
        raise AreaRefused(
            _(
                "These are metres of the British National Grid and not degrees. "
                "Save the drawing as WGS 84 (EPSG:4326) and try again."
            )
        )
    box = geometry.box_around(ward.boundary for ward in wards)
    swapped = box is not None and not _meets(corners, box) and _meets([[y, x] for x, y in corners], box)
    if swapped or any(abs(y) > _LARGEST_LATITUDE for _x, y in corners):
        raise AreaRefused(
            _(
                "Latitude and longitude are the wrong way round. "
                "GeoJSON has longitude first; on lines of their own latitude comes first."
            )
        )


def _meets(corners: list[list[float]], box: tuple[float, float, float, float]) -> bool:
    west, south, east, north = box
    easts, norths = [x for x, _y in corners], [y for _x, y in corners]
    return min(easts) <= east and max(easts) >= west and min(norths) <= north and max(norths) >= south


def _refuse_crossing(shape: Polygon) -> None:
    if shape.is_valid and shape.area > _NOTHING:
        return
    at = re.search(r"\[(\S+) (\S+)\]", explain_validity(shape))
    if shape.convex_hull.area <= _NOTHING or at is None:
        raise AreaRefused(_("The corners lie on one line, so there is nothing between them."))
    words = _(
        "The outline crosses itself near %(latitude)s, %(longitude)s. "
        "Give the corners in the order in which somebody would walk round the area."
    )
    raise AreaRefused(words % {"latitude": f"{float(at[2]):.5f}", "longitude": f"{float(at[1]):.5f}"})


def _in_the_borough(area: Area, wards: Sequence[Ward]) -> Area:
    known = [ward for ward in wards if ward.boundary]
    if known and not wards_of(area, known):
        raise AreaRefused(_("The area lies outside the borough. Check its coordinates."))
    return area

"""Shapes in degrees (WGS 84) on shapely: what lies in what; must not know tables, forms or words."""

import math
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import Any

import shapely
from shapely.geometry import MultiPolygon, Point, Polygon
from shapely.geometry.base import BaseGeometry
from shapely.geometry.polygon import orient

# [longitude, latitude]; a ring is closed; a boundary is GeoJSON's MultiPolygon.
Position = Sequence[float]
Ring = Sequence[Position]
Boundary = Sequence[Sequence[Ring]]
# What was drawn: a GeoJSON polygon of one ring, or {"type": "Circle", "centre": [lon, lat], "radius_m": 300}.
Area = dict[str, Any]

METRES_PER_DEGREE = 111_195
# Six decimals are ten centimetres.
DECIMALS = 6
_CIRCLE_CORNERS = 64
# Neighbours share an edge and a drawn line is never exact: so little of a ward is not in an area (square
# degrees, some hundred square metres), unless the area is hardly larger itself.
_SLIVER = 1.4e-8
_SLIVER_SHARE = 0.01


def metres_between(one: Position, other: Position) -> float:
    """Return the distance in metres; exact enough for the size of a county."""
    squeeze = math.cos(math.radians((one[1] + other[1]) / 2))
    return METRES_PER_DEGREE * math.hypot((one[0] - other[0]) * squeeze, one[1] - other[1])


def inside(area: Area) -> Callable[[Position], bool]:
    """Return the question whether a point lies in the drawn area, edge included; to be asked of many."""
    if area["type"] == "Circle":
        return lambda point: metres_between(area["centre"], point) <= area["radius_m"]
    ring = area["coordinates"][0]
    west, south, east, north = _box(ring)

    @cache
    def prepared() -> Polygon:
        shape = Polygon(ring)
        shapely.prepare(shape)
        return shape

    def asked(point: Position) -> bool:
        longitude, latitude = point
        in_box = west <= longitude <= east and south <= latitude <= north
        return in_box and bool(prepared().intersects(Point(longitude, latitude)))

    return asked


def _box(points: Sequence[Position]) -> tuple[float, float, float, float]:
    easts, norths = [point[0] for point in points], [point[1] for point in points]
    return min(easts), min(norths), max(easts), max(norths)


def in_boundary(boundary: Boundary, point: Position) -> bool:
    """Say whether `point` lies in a ward's boundary, its edge included and its holes not."""
    return bool(boundary) and bool(shape_of(boundary).intersects(Point(point)))


def shape_of(boundary: Boundary) -> MultiPolygon:
    """Return a boundary as shapely's shape."""
    return MultiPolygon([(rings[0], list(rings[1:])) for rings in boundary])


def boundary_of(shape: BaseGeometry) -> list[list[list[list[float]]]]:
    """Return shapely's polygon or polygons as a boundary is stored: rounded, edges counter-clockwise."""
    polygons = [part for part in getattr(shape, "geoms", [shape]) if isinstance(part, Polygon)]
    turned = [orient(polygon) for polygon in polygons if not polygon.is_empty]
    return [[_rounded(ring.coords) for ring in (part.exterior, *part.interiors)] for part in turned]


def _rounded(positions: Iterable[Position]) -> list[list[float]]:
    return [[round(each[0], DECIMALS), round(each[1], DECIMALS)] for each in positions]


def outline(area: Area) -> list[list[float]]:
    """Return the closed ring of a drawn area; a circle's has 64 corners."""
    if area["type"] != "Circle":
        return [list(position) for position in area["coordinates"][0]]
    longitude, latitude = area["centre"]
    up = area["radius_m"] / METRES_PER_DEGREE
    across = up / math.cos(math.radians(latitude))
    turns = [2 * math.pi * corner / _CIRCLE_CORNERS for corner in range(_CIRCLE_CORNERS)]
    ring = _rounded((longitude + across * math.cos(turn), latitude + up * math.sin(turn)) for turn in turns)
    return [*ring, ring[0]]


def touches(area: Area, boundary: Boundary) -> bool:
    """Say whether a drawn area covers some of a boundary; a shared edge or a sliver is not enough."""
    if not boundary:
        return False
    drawn = Polygon(outline(area))
    if not drawn.intersects(ward := shape_of(boundary)):
        return False
    return drawn.intersection(ward).area > min(_SLIVER, drawn.area * _SLIVER_SHARE)


def box_around(boundaries: Iterable[Boundary]) -> tuple[float, float, float, float] | None:
    """Return west, south, east and north of all the boundaries, None when there is none."""
    points = [point for boundary in boundaries for rings in boundary for point in rings[0]]
    return _box(points) if points else None


def simplified(shape: BaseGeometry, most: int, *, start: float = 1e-6) -> BaseGeometry:
    """Return `shape` with at most `most` vertices, moving its edge as little as that takes.

    A shape that cannot have so few without losing a part keeps what it needs.
    """
    tolerance, slim = start, shape
    while shapely.get_num_coordinates(slim) > most + 1 and tolerance < 1:
        slim, tolerance = shape.simplify(tolerance, preserve_topology=True), tolerance * 2
    return slim

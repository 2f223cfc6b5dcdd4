"""Draws the borough as SVG on the server; must not decide what is marked and must not query."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from .geometry import Area, outline
from .models import Feature, Ward

Point = Sequence[float]

# In units of the drawing; about one CSS pixel each where a card shows it.
WIDTH = 320
EDGE = 8
# A drawing of a very tall or flat borough stays on the page.
_MIN_HEIGHT, _MAX_HEIGHT = 160, 420
# Degrees that a borough of one point is taken to measure.
_POINT = 0.001


@dataclass(frozen=True)
class Projection:
    """Turns degrees into the drawing's units, north up, with the scale true at the borough's middle."""

    west: float
    north: float
    across: float
    down: float
    height: int

    def at(self, point: Point) -> tuple[float, float]:
        """Return x and y of a [longitude, latitude] pair."""
        return EDGE + (point[0] - self.west) * self.across, EDGE + (self.north - point[1]) * self.down

    def back(self, x: float, y: float) -> tuple[float, float]:
        """Return longitude and latitude of a point on the drawing."""
        return self.west + (x - EDGE) / self.across, self.north - (y - EDGE) / self.down

    def path(self, points: Iterable[Point]) -> str:
        """Return the points as SVG writes them: "12.0,30.5 14.1,31.0"."""
        return " ".join("{:.1f},{:.1f}".format(*self.at(point)) for point in points)

    def outline(self, polygons: Iterable[Sequence[Sequence[Point]]]) -> str:
        """Return polygons with their holes as one SVG path: "M12.0,30.5 14.1,31.0Z"."""
        return "".join(f"M{self.path(ring)}Z" for rings in polygons for ring in rings)


def draw(
    wards: Sequence[Ward], features: Iterable[Feature], here: set[int], label: str, area: Area | None = None
) -> SafeString:
    """Return the map with the wards whose keys are in `here` marked; `label` is read out in its place.

    With a drawn `area` that is marked, and the wards only as those it touches. The same information must
    stand in words beside it: colour, a thicker edge and a bold name mark a ward. Empty when no ward has a
    boundary.
    """
    view = projection(wards)
    if view is None:
        return SafeString("")
    return format_html(
        '<svg viewBox="0 0 {} {}" role="img" aria-label="{}">{}</svg>',
        WIDTH,
        view.height,
        label,
        drawing(view, wards, features, here, area),
    )


def drawing(
    view: Projection, wards: Sequence[Ward], features: Iterable[Feature], here: set[int], area: Area | None
) -> SafeString:
    """Return what lies on the map, for the inside of an <svg> of `view`'s size."""
    # Marked wards last, so that a neighbour's edge never covers theirs.
    ordered = sorted((ward for ward in wards if ward.boundary), key=lambda ward: ward.pk in here)
    mark = "touched" if area else "here"
    css = {True: f"cp-map__ward cp-map__ward--{mark}", False: "cp-map__ward"}
    return format_html(
        "{}{}{}{}",
        format_html_join("", "{}", ((_ward(view, ward, css[ward.pk in here]),) for ward in ordered)),
        format_html_join("", "{}", ((_feature(view, feature),) for feature in features)),
        area_on(view, area) if area else "",
        format_html_join("", "{}", ((_name(view, ward, ward.pk in here),) for ward in ordered)),
    )


def projection(wards: Iterable[Ward]) -> Projection | None:
    """Return how the wards' boundaries are laid on the drawing; None when there is none."""
    points = [point for ward in wards if ward.boundary for point in _edges(ward)]
    return _projection(points) if points else None


def _projection(points: list[Point]) -> Projection:
    west, east = min(p[0] for p in points), max(p[0] for p in points)
    south, north = min(p[1] for p in points), max(p[1] for p in points)
    squeeze = math.cos(math.radians((south + north) / 2))
    # One scale for both directions, so that a circle stays round; what is left over goes to both sides.
    wide, tall = ((east - west) * squeeze) or _POINT, (north - south) or _POINT
    scale = min((WIDTH - 2 * EDGE) / wide, (_MAX_HEIGHT - 2 * EDGE) / tall)
    height = max(_MIN_HEIGHT, min(_MAX_HEIGHT, round(tall * scale) + 2 * EDGE))
    spare_x, spare_y = (WIDTH - 2 * EDGE) / scale - wide, (height - 2 * EDGE) / scale - tall
    left, top = west - spare_x / squeeze / 2, north + spare_y / 2
    return Projection(left, top, scale * squeeze, scale, height)


def _ward(view: Projection, ward: Ward, css: str) -> SafeString:
    return format_html('<path class="{}" fill-rule="evenodd" d="{}"/>', css, view.outline(ward.boundary))


def area_on(view: Projection, area: Area) -> SafeString:
    """Return a drawn area as a part of the map."""
    return format_html('<polygon class="cp-map__area" points="{}"/>', view.path(outline(area)))


def _feature(view: Projection, feature: Feature) -> SafeString:
    if feature.is_area:
        return format_html('<polygon class="cp-map__water" points="{}"/>', view.path(feature.points))
    return format_html('<polyline class="cp-map__ward" points="{}"/>', view.path(feature.points))


def _name(view: Projection, ward: Ward, is_here: bool) -> SafeString:
    x, y = view.at(_middle(_largest(ward)))
    css = "cp-map__label cp-map__label--here" if is_here else "cp-map__label"
    return format_html(
        '<text class="{}" x="{}" y="{}" text-anchor="middle" aria-hidden="true">{}</text>',
        css,
        f"{x:.1f}",
        f"{y + 4:.1f}",
        ward.name,
    )


def _edges(ward: Ward) -> list[Point]:
    return [point for rings in ward.boundary for point in rings[0]]


def _largest(ward: Ward) -> Sequence[Point]:
    """Return the edge of the ward's largest polygon: its name belongs there and not on an island."""
    return max((rings[0] for rings in ward.boundary), key=lambda ring: abs(_doubled_area(ring)))


def _doubled_area(ring: Sequence[Point]) -> float:
    return sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in pairwise([*ring, ring[0]]))


def _middle(ring: Sequence[Point]) -> Point:
    """Return the centroid of a ring; the middle of its box when it has no area."""
    area = x = y = 0.0
    for (x0, y0), (x1, y1) in zip(ring, [*ring[1:], ring[0]], strict=True):
        cross = x0 * y1 - x1 * y0
        area, x, y = area + cross, x + (x0 + x1) * cross, y + (y0 + y1) * cross
    if abs(area) < 1e-12:  # noqa: PLR2004 a line, or a point
        return [(min(v) + max(v)) / 2 for v in zip(*ring, strict=True)]
    return [x / (3 * area), y / (3 * area)]

"""Points in shapes: edges count, holes do not, and a circle is as round as it says."""

import math
import random

import pytest
from pyproj import Geod

from places import geometry

SQUARE = [[0.0, 51.0], [0.1, 51.0], [0.1, 51.1], [0.0, 51.1], [0.0, 51.0]]
HOLE = [[0.04, 51.04], [0.06, 51.04], [0.06, 51.06], [0.04, 51.06], [0.04, 51.04]]
ISLAND = [[0.2, 51.0], [0.3, 51.0], [0.3, 51.1], [0.2, 51.0]]
BOUNDARY = [[SQUARE, HOLE], [ISLAND]]


@pytest.mark.parametrize(
    ("point", "inside"),
    [
        ((0.02, 51.02), True),
        ((0.05, 51.05), False),
        ((0.25, 51.01), True),
        ((0.15, 51.05), False),
        ((0.0, 51.05), True),
        ((0.1, 51.1), True),
        ((0.04, 51.05), True),
        ((0.1000001, 51.05), False),
    ],
)
def test_point_in_a_boundary_with_a_hole_and_an_island(point: tuple[float, float], inside: bool) -> None:
    assert geometry.in_boundary(BOUNDARY, point) is inside


def test_nothing_lies_in_no_boundary() -> None:
    assert not geometry.in_boundary([], (0.0, 51.0))


def test_point_in_polygon_agrees_with_counting_crossings() -> None:
    chance = random.Random(7)  # noqa: S311 the same points each time
    turns = sorted(chance.uniform(0, 2 * math.pi) for _corner in range(40))
    lengths = [chance.uniform(0.01, 0.05) for _corner in turns]
    ring = [[r * math.cos(turn), 51 + r * math.sin(turn)] for turn, r in zip(turns, lengths, strict=True)]
    area = {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}
    points = [(chance.uniform(-0.05, 0.05), chance.uniform(50.95, 51.05)) for _point in range(2000)]

    found = [geometry.inside(area)(point) for point in points]

    assert found == [_crossings(ring, point) % 2 == 1 for point in points]
    assert 100 < sum(found) < 1900


def _crossings(ring: list[list[float]], point: tuple[float, float]) -> int:
    x, y = point
    count = 0
    for (x0, y0), (x1, y1) in zip(ring, [*ring[1:], ring[0]], strict=True):
        if (y0 > y) != (y1 > y) and x < (x1 - x0) * (y - y0) / (y1 - y0) + x0:
            count += 1
    return count


@pytest.mark.parametrize(("metres", "inside"), [(299, True), (301, False)])
@pytest.mark.parametrize("turn", [0, 1, 2, 3, 4, 5])
def test_circle_reaches_as_far_in_every_direction(metres: int, inside: bool, turn: int) -> None:
    circle = {"type": "Circle", "centre": [2.0, 54.0], "radius_m": 300}
    up = metres / geometry.METRES_PER_DEGREE
    across = up / math.cos(math.radians(54))

    assert geometry.inside(circle)((2.0 + across * math.sin(turn), 54.0 + up * math.cos(turn))) is inside


def test_distance_agrees_with_the_ellipsoid() -> None:
    greenwich, monument = (-0.0015, 51.4779), (-0.0859, 51.5101)
    _there, _back, metres = Geod(ellps="WGS84").inv(*greenwich, *monument)

    assert geometry.metres_between(greenwich, monument) == pytest.approx(metres, rel=0.005)


def test_outline_of_a_circle_is_a_closed_ring() -> None:
    ring = geometry.outline({"type": "Circle", "centre": [2.0, 54.0], "radius_m": 300})

    assert (len(ring), ring[0]) == (65, ring[-1])
    assert all(299 < geometry.metres_between((2.0, 54.0), corner) < 301 for corner in ring)

"""What somebody drew: bad drawings are explained, good ones are made simple."""

import json
import math

import pytest

from places import areas, geometry
from places.areas import AreaRefused
from places.models import Ward


def ward(pk: int, name: str, west: float) -> Ward:
    ring = [[west, 53.9], [west + 0.1, 53.9], [west + 0.1, 54.0], [west, 54.0], [west, 53.9]]
    return Ward(pk=pk, name=name, boundary=[[ring]])


WEST, EAST = ward(1, "Millgate", 2.0), ward(2, "Quayside", 2.1)
WARDS = [WEST, EAST]
SQUARE = [[2.01, 53.91], [2.05, 53.91], [2.05, 53.95], [2.01, 53.95], [2.01, 53.91]]


def geojson(*rings: list[list[float]]) -> str:
    return json.dumps({"type": "Polygon", "coordinates": list(rings)})


def round_ring(corners: int) -> list[list[float]]:
    turns = [2 * math.pi * corner / corners for corner in range(corners)]
    return [[2.05 + 0.02 * math.cos(turn), 53.95 + 0.02 * math.sin(turn)] for turn in turns]


def test_square_is_kept_as_it_is() -> None:
    assert areas.read(geojson(SQUARE), WARDS) == {"type": "Polygon", "coordinates": [SQUARE]}


@pytest.mark.parametrize(
    "text",
    [
        json.dumps({"type": "Feature", "geometry": json.loads(geojson(SQUARE)), "properties": {}}),
        json.dumps(
            {
                "type": "FeatureCollection",
                "features": [
                    {"type": "Feature", "geometry": {"type": "MultiPolygon", "coordinates": [[SQUARE]]}}
                ],
            }
        ),
        geojson(SQUARE[:-1]),
        geojson(SQUARE[::-1]),
        "53.91, 2.01\n53.91, 2.05\r\n\n53.95 2.05,\n53.95;2.01",
    ],
)
def test_other_ways_to_write_a_square(text: str) -> None:
    found = areas.read(text, WARDS)

    assert (found["type"], sorted(found["coordinates"][0][:-1])) == ("Polygon", sorted(SQUARE[:-1]))
    assert found["coordinates"][0][0] == found["coordinates"][0][-1]


def test_area_of_ten_thousand_vertices_becomes_simple() -> None:
    found = areas.read(geojson(round_ring(10_000)), WARDS)

    ring = found["coordinates"][0]
    assert 20 < len(ring) <= areas.MOST_VERTICES + 1
    assert all(abs(math.hypot(x - 2.05, y - 53.95) - 0.02) < 0.0002 for x, y in ring)


SWAPPED = (
    "Latitude and longitude are the wrong way round. "
    "GeoJSON has longitude first; on lines of their own latitude comes first."
)
GRID = (
    "These are metres of the British National Grid and not degrees. "
    "Save the drawing as WGS 84 (EPSG:4326) and try again."
)
ONE_PIECE = "Only one polygon or one circle can be an area. Draw it as one piece."
TWO_NUMBERS = "Every corner must be two numbers, a longitude and a latitude."
THREE = "An area needs at least three different corners."
NOT_JSON = "This is not GeoJSON that can be read. Copy all of it, or give corners."
ON_A_LINE = "The corners lie on one line, so there is nothing between them."


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (geojson([[y, x] for x, y in SQUARE]), SWAPPED),
        ("2.01, 53.91\n2.05, 53.91\n2.05, 53.95", SWAPPED),
        (geojson([[530000, 180000], [531000, 180000], [531000, 181000]]), GRID),
        ("530000, 180000\n531000, 180000\n531000, 181000", GRID),
        (
            geojson([[2.01, 53.91], [2.05, 53.95], [2.05, 53.91], [2.01, 53.95]]),
            "The outline crosses itself near 53.93000, 2.03000. "
            "Give the corners in the order in which somebody would walk round the area.",
        ),
        (
            geojson([[10, 50], [10.1, 50], [10.1, 50.1]]),
            "The area lies outside the borough. Check its coordinates.",
        ),
        (
            geojson(round_ring(10_001)),
            "The area has 10,001 corners; more than 10,000 cannot be read. Draw it more simply.",
        ),
        (
            geojson(SQUARE, [[2.02, 53.92], [2.03, 53.92], [2.03, 53.93], [2.02, 53.92]]),
            "The area has a hole. Draw it without: whoever lives in the hole is told as well.",
        ),
        (geojson(SQUARE[:2]), THREE),
        (geojson([SQUARE[0]] * 5), THREE),
        (geojson([[2.01, 53.91], [2.02, 53.92], [2.03, 53.93]]), ON_A_LINE),
        (geojson(), "The area has no corners. Give at least three."),
        ('{"type": "Polygon"}', "The area has no corners. Give at least three."),
        ('{"type": "Polygon", "coordinates": [5]}', "The area has no corners. Give at least three."),
        ('{"type": "LineString", "coordinates": []}', ONE_PIECE),
        ("[1, 2]", ONE_PIECE),
        ('{"type": "FeatureCollection", "features": [1, 2]}', ONE_PIECE),
        ('{"type": "Polygon", "coordinates": [[["a", 2]]]}', TWO_NUMBERS),
        ('{"type": "Polygon", "coordinates": [[[NaN, 2]]]}', TWO_NUMBERS),
        ('{"type": "Polygon", "coordinates": [[[1' + "0" * 400 + ", 2]]]}", TWO_NUMBERS),
        ('{"type": "Polygon", "coordinates": [[[true, 2]]]}', TWO_NUMBERS),
        ("{", NOT_JSON),
        ("[" * 100_000, NOT_JSON),
        ("hello", "Corner 1, “hello”, is not a latitude and a longitude such as 53.995, 2.087."),
        ('{"type": "Circle", "radius_m": 300}', TWO_NUMBERS),
        (
            '{"type": "Circle", "centre": [2.05, 53.95], "radius_m": 5}',
            "Give a distance between 10 and 20,000 metres.",
        ),
        ('{"type": "Circle", "centre": [53.95, 2.05], "radius_m": 50}', SWAPPED),
    ],
)
def test_area_that_cannot_be_used_is_explained(text: str, sentence: str) -> None:
    with pytest.raises(AreaRefused) as refusal:
        areas.read(text, WARDS)

    assert str(refusal.value) == sentence


def test_area_is_read_where_no_ward_has_a_boundary() -> None:
    assert areas.read(geojson(SQUARE), [Ward(pk=1, name="Bare")])["type"] == "Polygon"


@pytest.mark.parametrize(
    ("drawn", "names"),
    [
        (areas.circle([2.05, 53.95], 300, WARDS), ["Millgate"]),
        (areas.circle([2.1, 53.95], 300, WARDS), ["Millgate", "Quayside"]),
        # A shared edge is not enough, and neither is a slip of a metre over it.
        (areas.polygon([[2.1, 53.91], [2.15, 53.91], [2.15, 53.95], [2.1, 53.95]], WARDS), ["Quayside"]),
        (areas.polygon([[2.09999, 53.91], [2.15, 53.91], [2.15, 53.92]], WARDS), ["Quayside"]),
        # A garden, all of it.
        (areas.circle([2.05, 53.95], 10, WARDS), ["Millgate"]),
    ],
)
def test_wards_that_an_area_touches(drawn: geometry.Area, names: list[str]) -> None:
    assert [each.name for each in areas.wards_of(drawn, WARDS)] == names


@pytest.mark.parametrize(
    ("drawn", "wards", "words"),
    [
        ({"type": "Circle", "radius_m": 300, "of": "Quay Street"}, WARDS, "within 300 m of Quay Street"),
        ({"type": "Circle", "radius_m": 1500}, [WEST], "within 1.5 km of a point in Millgate"),
        ({"type": "Circle", "radius_m": 2000}, [], "within 2 km of a point"),
        ({"type": "Polygon"}, WARDS, "an area in Millgate and Quayside"),
        ({"type": "Polygon"}, [EAST], "an area in Quayside"),
        ({"type": "Polygon"}, [], "the area on the map"),
    ],
)
def test_area_in_words(drawn: geometry.Area, wards: list[Ward], words: str) -> None:
    assert areas.in_words(drawn, wards) == words


@pytest.mark.parametrize(
    ("drawn", "wards", "words"),
    [
        (
            {"type": "Circle", "radius_m": 300, "of": "Quay Street"},
            WARDS,
            "within 300 m of Quay Street, in Millgate and Quayside",
        ),
        ({"type": "Circle", "radius_m": 300, "of": "Quay Street"}, [], "within 300 m of Quay Street"),
        ({"type": "Circle", "radius_m": 300}, WARDS, "within 300 m of a point in Millgate and Quayside"),
        ({"type": "Polygon"}, WARDS, "an area in Millgate and Quayside"),
    ],
)
def test_area_in_words_names_every_ward_once(drawn: geometry.Area, wards: list[Ward], words: str) -> None:
    assert areas.in_words_with_wards(drawn, wards) == words


def test_corners_on_lines_lead_back_to_the_area() -> None:
    drawn = areas.read(geojson(SQUARE), WARDS)

    assert areas.read(areas.on_lines(drawn), WARDS) == drawn

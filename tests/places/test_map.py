"""The map: north is up, marked wards are drawn last and bold, and nothing breaks on odd shapes."""

import re

import pytest
from lxml import etree

from places import map as ward_map
from places.models import Feature, Ward

SVG = "{http://www.w3.org/2000/svg}"


def square(pk: int, name: str, west: float, south: float) -> Ward:
    ring = [[west, south], [west + 0.1, south], [west + 0.1, south + 0.1], [west, south + 0.1]]
    return Ward(pk=pk, name=name, boundary=[[[*ring, ring[0]]]])


def drawn(wards: list[Ward], features: list[Feature] | None = None, here: set[int] | None = None):
    return etree.fromstring(str(ward_map.draw(wards, features or [], here or set(), "The <map>")))


def place(svg, name: str) -> tuple[float, float]:
    (text,) = [found for found in svg.iter("text") if found.text == name]
    return float(text.get("x")), float(text.get("y"))


def test_north_is_up_and_west_is_left() -> None:
    svg = drawn([square(1, "South-west", 0, 51), square(2, "North-east", 0.1, 51.1)])

    south_west, north_east = place(svg, "South-west"), place(svg, "North-east")

    assert south_west[0] < north_east[0]
    assert south_west[1] > north_east[1]


def test_marked_ward_is_drawn_last_and_its_name_is_bold() -> None:
    svg = drawn([square(1, "Here", 0, 51), square(2, "There", 0.1, 51)], here={1})

    assert [area.get("class") for area in svg.iter("path")] == [
        "cp-map__ward",
        "cp-map__ward cp-map__ward--here",
    ]
    assert [(t.text, t.get("class")) for t in svg.iter("text")] == [
        ("There", "cp-map__label"),
        ("Here", "cp-map__label cp-map__label--here"),
    ]


def test_drawn_area_is_marked_and_its_wards_step_back() -> None:
    area = {"type": "Polygon", "coordinates": [[[0.02, 51.02], [0.05, 51.02], [0.05, 51.05], [0.02, 51.02]]]}

    svg = etree.fromstring(str(ward_map.draw([square(1, "Here", 0, 51)], [], {1}, "Map", area)))

    assert [each.get("class") for each in svg] == [
        "cp-map__ward cp-map__ward--touched",
        "cp-map__area",
        "cp-map__label cp-map__label--here",
    ]


def test_circle_is_drawn_round() -> None:
    circle = {"type": "Circle", "centre": [0.05, 51.05], "radius_m": 1000}

    svg = etree.fromstring(str(ward_map.draw([square(1, "Here", 0, 51)], [], {1}, "Map", circle)))
    (area,) = svg.iter("polygon")
    points = [tuple(map(float, point.split(","))) for point in area.get("points").split()]
    width = max(x for x, _y in points) - min(x for x, _y in points)
    height = max(y for _x, y in points) - min(y for _x, y in points)

    assert width == pytest.approx(height, abs=0.5)


def test_point_on_the_drawing_leads_back_to_degrees() -> None:
    view = ward_map.projection([square(1, "A", -3.2, 54)])

    assert view and view.back(*view.at((-3.15, 54.03))) == pytest.approx((-3.15, 54.03))


def test_everything_lies_inside_the_drawing() -> None:
    svg = drawn([square(1, "A", -3.2, 54), square(2, "B", -3.0, 54.1)])
    _x, _y, width, height = (float(number) for number in svg.get("viewBox").split())

    points = [p.split(",") for area in svg.iter("path") for p in area.get("d")[1:-1].split()]

    assert all(0 <= float(x) <= width and 0 <= float(y) <= height for x, y in points)


def test_river_is_an_area_and_the_edge_a_line() -> None:
    ring = [[0, 51], [0.1, 51], [0.1, 51.01]]
    river = Feature(name="River", points=ring, is_area=True)
    edge = Feature(name="Edge", points=ring, is_area=False)

    svg = drawn([square(1, "A", 0, 51)], [river, edge])

    assert [area.get("class") for area in svg.iter("polygon")] == ["cp-map__water"]
    assert len(list(svg.iter("polyline"))) == 1


def test_label_is_escaped_and_read_out() -> None:
    assert drawn([square(1, "A & B", 0, 51)]).get("aria-label") == "The <map>"


@pytest.mark.parametrize("ring", [[[0, 51]], [[0, 51], [0, 51]], [[0, 51], [0.1, 51]]])
def test_a_boundary_without_area_is_drawn_all_the_same(ring: list[list[float]]) -> None:
    svg = drawn([Ward(pk=1, name="Thin", boundary=[[ring]])])

    assert re.fullmatch(r"[\d. ]+", svg.get("viewBox"))


def test_no_boundary_no_map() -> None:
    assert ward_map.draw([Ward(pk=1, name="Nowhere", boundary=[])], [], {1}, "Map") == ""

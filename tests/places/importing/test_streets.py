"""Streets from OS Open Names and from a council's own list."""

import pytest

from places.importing.streets import OPEN_NAMES
from places.models import Street

pytestmark = pytest.mark.django_db


def open_names(name: str, kind: str = "Named Road", x: object = 544850, y: object = 258430) -> str:
    values = dict.fromkeys(OPEN_NAMES, "")
    values |= {"id": "osgb4000000073495474", "name1": name, "type": "transportNetwork", "local_type": kind}
    values |= {"geometry_x": str(x), "geometry_y": str(y), "country": "England"}
    return ",".join(values.values()) + "\n"


def test_named_roads_are_taken_from_open_names(run, written, cambridge):
    file = written(
        open_names("King's Parade")
        + open_names("King's Parade", "Section Of Named Road")
        + open_names("Cambridge", "City")
        + open_names("Far Road", x=400000, y=400000)
        + open_names("KING'S PARADE", x=544860)
    )

    said = run("import_streets", file)

    street = Street.objects.get()
    assert (street.name, street.ward) == ("King's Parade", cambridge)
    assert street.point == pytest.approx((0.1183, 52.2052), abs=0.001)
    assert said.lines == [
        "1 added, 0 changed, 0 as they were, 0 rows rejected.",
        "2 names of other things than roads",
        "1 streets outside our wards",
    ]


def test_file_with_a_header_is_read_by_its_names(run, written, cambridge):
    header = ",".join(OPEN_NAMES).upper() + "\n"

    run("import_streets", written(header + open_names("King's Parade")))

    assert Street.objects.get().name == "King's Parade"


def test_own_list_needs_names_and_wards_only(run, written, cambridge):
    run("import_streets", written("Street,Ward\nKing's Parade,market\nTrinity Street,E05013057\n"))

    assert list(Street.objects.values_list("name", "ward")) == [
        ("King's Parade", cambridge.pk),
        ("Trinity Street", cambridge.pk),
    ]


def test_second_import_gives_a_known_street_its_point_and_nothing_twice(run, written, cambridge):
    street = Street.objects.create(ward=cambridge, name="King's Parade")

    first = run("import_streets", written(open_names("King's Parade")))
    second = run("import_streets", written(open_names("King's Parade")))

    assert [said.lines[0] for said in (first, second)] == [
        "0 added, 1 changed, 0 as they were, 0 rows rejected.",
        "0 added, 0 changed, 1 as they were, 0 rows rejected.",
    ]
    assert Street.objects.get() == street


def test_bad_rows_are_listed(run, written, cambridge):
    file = written(
        "name,ward,lat,long\nA Street,Market,,\n,Market,,\nB Street,,,\n"
        "C Street,Market,x,y\nD Street,Market,,\n"
    )

    assert run("import_streets", file).lines == [
        "2 added, 0 changed, 0 as they were, 3 rows rejected.",
        "Row 3: it has no name, or one too long for a street",
        "Row 4 (B Street): it has neither a ward nor a point",
        "Row 5 (C Street): “x” is not a number",
    ]


def test_swapped_file_is_explained(refused, written, cambridge):
    file = written("name,lat,long\nA Street,0.12,52.2\n")

    assert refused("import_streets", file) == (
        "Latitude and longitude are the wrong way round in this file. "
        "Say so: --column latitude=NAME --column longitude=NAME."
    )

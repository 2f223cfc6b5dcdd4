"""The drawn area in the editor: by distance, by corners, refused in words, never lost."""

import json

import pytest

from places.models import Postcode
from tests import factories
from tests.factories import Cast
from updates import difference
from updates.models import Edition

from .test_editor import WORDS

pytestmark = pytest.mark.django_db

CORNERS = "51.010000, 0.010000\n51.010000, 0.030000\n51.030000, 0.030000\n51.030000, 0.010000"
RING = [[0.01, 51.01], [0.03, 51.01], [0.03, 51.03], [0.01, 51.03], [0.01, 51.01]]
SQUARE = {"type": "Polygon", "coordinates": [RING]}


@pytest.fixture
def quay():
    ward = factories.ward("Quayside")
    street = factories.street(ward, "Quay Street")
    Postcode.objects.create(code="RB11AA", ward=ward, street=street, longitude=0.05, latitude=51.05)
    Postcode.objects.create(code="RB11AB", ward=ward)
    return ward


@pytest.fixture
def draft(cast: Cast) -> Edition:
    return factories.draft(cast, "general")


@pytest.fixture
def save(cast: Cast, draft, signed_in, address):
    def posted(**fields):
        data = {**WORDS, "is_borough_wide": "", "version": draft.version, **fields}
        return signed_in(cast.author).post(address(draft, "edit"), data)

    return posted


def saved(draft: Edition) -> Edition:
    return Edition.objects.get(pk=draft.pk)


def test_corners_become_an_area_and_its_wards_are_chosen(draft, save, quay):
    assert save(area_how="corners", area_corners=CORNERS).status_code == 302

    assert (saved(draft).area, list(saved(draft).wards.all())) == (SQUARE, [quay])


def test_geojson_may_be_pasted(draft, save, quay):
    save(area_how="corners", area_corners=json.dumps({"type": "Feature", "geometry": SQUARE}))

    assert saved(draft).area == SQUARE


@pytest.mark.parametrize(
    ("typed", "of"), [("rb1 1aa", "RB1 1AA"), ("Quay St", "Quay Street"), ("51.05, 0.05", None)]
)
def test_distance_of_a_place_becomes_a_circle(draft, save, quay, typed: str, of: str | None):
    save(area_how="round", area_metres="300", area_place=typed)

    area = {"type": "Circle", "centre": [0.05, 51.05], "radius_m": 300}
    assert saved(draft).area == (area | {"of": of} if of else area)
    assert list(saved(draft).wards.all()) == [quay]


def test_ward_that_the_area_does_not_touch_is_not_kept(draft, save, quay):
    far = factories.ward("Far away")
    far.boundary = [[[[5, 51], [5.1, 51], [5.1, 51.1], [5, 51]]]]
    far.save()

    save(area_how="corners", area_corners=CORNERS, wards=[far.pk])

    assert list(saved(draft).wards.all()) == [quay]


def test_saved_area_comes_back_unchanged(draft, save, quay, signed_in, address, seen, cast: Cast):
    save(area_how="corners", area_corners=CORNERS)

    page = seen(signed_in(cast.author).get(address(draft, "edit")))

    assert page.value("area_corners").strip() == CORNERS
    assert page.tree.xpath("//input[@name='area_how'][@checked]/@value") == ["corners"]
    assert len(page.tree.xpath("//*[@data-drawn]/polygon")) == 1


def test_no_area_takes_the_old_one_away(draft, save, quay):
    Edition.objects.filter(pk=draft.pk).update(area=SQUARE)

    save(area_how="none", area_corners=CORNERS, wards=[quay.pk])

    assert saved(draft).area is None


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        (
            {"area_how": "corners"},
            "Corners of the area: Give at least three corners, or choose no area.",
        ),
        (
            {"area_how": "corners", "area_corners": "51.01, 0.01\nhere"},
            "Corners of the area: Corner 2, “here”, is not a latitude and a longitude such as 53.995, 2.087.",
        ),
        (
            {"area_how": "corners", "area_corners": "0.01, 51.01\n0.03, 51.01\n0.03, 51.03"},
            "Corners of the area: Latitude and longitude are the wrong way round. "
            "GeoJSON has longitude first; on lines of their own latitude comes first.",
        ),
        (
            {"area_how": "corners", "area_corners": "5" * 1_000_001},
            "Corners of the area: "
            "That is too long. More than 10,000 corners cannot be read; draw it more simply.",
        ),
        (
            {"area_how": "round", "area_place": "RB1 1AA"},
            "Within how many metres?: Give a distance, for example 300.",
        ),
        (
            {"area_how": "round", "area_metres": "300"},
            "Of which postcode or street?: Name a postcode or a street.",
        ),
        (
            {"area_how": "round", "area_metres": "300", "area_place": "RB1"},
            "Of which postcode or street?: "
            "“RB1” is the beginning of a postcode. Type all of it, for example RB1 1AA.",
        ),
        (
            {"area_how": "round", "area_metres": "300", "area_place": "RB1 1AB"},
            "Of which postcode or street?: Nobody has told us where RB1 1AB lies on the map. "
            "Try a postcode near by, or give corners.",
        ),
        (
            {"area_how": "corners", "area_corners": CORNERS, "is_borough_wide": "on"},
            "Is it an area that wards and streets do not fit?: "
            "The whole borough is chosen above. Take that away, or choose no area.",
        ),
    ],
)
def test_area_that_cannot_be_used_is_explained_and_nothing_typed_is_lost(
    draft, save, quay, seen, fields: dict, problem: str
):
    page = seen(save(**fields))

    assert page.problems == [problem]
    for name in ("area_corners", "area_place", "area_metres"):
        assert page.value(name).strip() == fields.get(name, "").strip()
    assert saved(draft).area is None


def test_street_outside_the_area_adds_its_ward(draft, save, quay):
    mill = factories.ward("Millgate")
    mill.boundary = []
    mill.save()
    factories.street(mill, "Long Row")

    save(area_how="corners", area_corners=CORNERS, streets="Long Row")

    assert list(saved(draft).wards.all()) == [mill, quay]


def test_approver_sees_that_a_corner_has_moved(draft, save, quay, cast: Cast):
    old, new = (
        Edition(area=SQUARE),
        Edition(area={**SQUARE, "coordinates": [[*RING[:3], [0.01, 51.02], RING[0]]]}),
    )
    told = [difference.areas.in_detail(each.area, [quay]) for each in (old, new)]

    assert told[0] == (
        "an area in Quayside (4 corners: 51.010000, 0.010000; 51.010000, 0.030000; "
        "51.030000, 0.030000; 51.030000, 0.010000)"
    )
    assert told[0] != told[1]


def test_residents_read_and_see_the_area(client, cast: Cast, quay):
    live = factories.published(
        cast,
        wards=[quay],
        area={"type": "Circle", "centre": [0.05, 51.05], "radius_m": 300, "of": "Quay Street"},
    )

    page = client.get(live.notice.get_absolute_url()).content.decode()

    assert "Within 300 m of Quay Street, in Quayside" in page
    assert "Map of the wards. Marked: within 300 m of Quay Street, in Quayside." in page
    assert page.count("cp-map__area") == 1

"""Ward boundaries from GeoJSON: what is taken, what is left out, what is wrong with the whole file."""

import json

import pytest

from audit.models import Event
from places.models import Ward

from .conftest import collection, feature, square

pytestmark = pytest.mark.django_db


def corners(ward: Ward) -> list[list[float]]:
    """Return the corners of a ward of one ring, wherever it begins."""
    ((ring,),) = ward.boundary
    assert ring[0] == ring[-1]
    return sorted(ring[:-1])


QUAY, MILL = square(0.1, 52.1), square(0.11, 52.1)


def test_wards_are_made_from_a_file_of_the_ons(run, written):
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}}
    file = written(
        collection(feature("E05000001", "Quayside", QUAY), feature("E05000002", "Mill Gate", MILL), crs=crs)
    )

    said = run("import_boundaries", file)

    assert said.lines == ["2 added, 0 changed, 0 as they were, 0 rows rejected."]
    assert list(Ward.objects.values_list("code", "name", "slug")) == [
        ("E05000002", "Mill Gate", "mill-gate"),
        ("E05000001", "Quayside", "quayside"),
    ]
    assert [corners(ward) for ward in Ward.objects.all()] == [sorted(MILL[:-1]), sorted(QUAY[:-1])]
    assert Event.objects.get().detail == {"file": "file", "added": 2, "changed": 0, "rejected": 0}


def test_second_import_changes_nothing(run, written):
    file = written(collection(feature("E05000001", "Quayside", QUAY)))
    run("import_boundaries", file)

    assert run("import_boundaries", file).lines == ["0 added, 0 changed, 1 as they were, 0 rows rejected."]


def test_ward_is_known_by_its_code_and_keeps_its_address(run, written):
    old = Ward.objects.create(name="Quay", slug="quay", code="E05000001", population=900)

    run("import_boundaries", written(collection(feature("E05000001", "Quayside", QUAY))))

    new = Ward.objects.get()
    assert (new.pk, new.slug, new.population, new.name) == (old.pk, "quay", 900, "Quayside")
    assert corners(new) == sorted(QUAY[:-1])


def test_ward_of_the_same_name_takes_the_code_when_asked(run, written):
    old = Ward.objects.create(name="Quayside", slug="quay", code="W1")
    file = written(collection(feature("E05000001", "Quayside", QUAY)))

    first, second = run("import_boundaries", file), run("import_boundaries", file, "--match-names")

    assert first.lines == [
        "0 added, 0 changed, 0 as they were, 1 row rejected.",
        "Row 1 (Quayside): there is a ward of that name with another code: "
        "change its code first, or use --match-names",
    ]
    assert second.lines == ["0 added, 1 changed, 0 as they were, 0 rows rejected."]
    assert (Ward.objects.get().pk, Ward.objects.get().slug, Ward.objects.get().code) == (
        old.pk,
        "quay",
        "E05000001",
    )


def test_islands_and_holes_are_kept(run, written):
    hole, island = square(0.102, 52.102, 0.002), square(0.3, 52.3)
    both = feature("E05000001", "Quayside", QUAY)
    both["geometry"] = {"type": "MultiPolygon", "coordinates": [[QUAY, hole[::-1]], [island]]}

    run("import_boundaries", written(collection(both)))

    boundary = Ward.objects.get().boundary
    assert [len(rings) for rings in boundary] == [2, 1]


def test_names_of_properties_can_be_given(run, written):
    own = {"type": "Feature", "properties": {"id": 7, "label": "Quayside"}}
    own["geometry"] = {"type": "Polygon", "coordinates": [QUAY]}

    run("import_boundaries", written(collection(own)), "--code-property", "id", "--name-property", "label")

    assert (Ward.objects.get().code, Ward.objects.get().name) == ("7", "Quayside")


def test_wards_of_other_councils_are_left_out(run, written):
    file = written(collection(feature("E1", "Ours", QUAY), feature("E2", "Theirs", MILL, "E07000099")))

    said = run("import_boundaries", file, "--local-authority", "E07000012")

    assert said.lines == [
        "1 added, 0 changed, 0 as they were, 0 rows rejected.",
        "1 wards of other councils",
    ]


def test_bad_rows_are_listed_and_the_rest_goes_on(run, written, tmp_path):
    line = {"type": "LineString", "coordinates": [[0, 52], [1, 52]]}
    bow_tie = [[0.1, 52.1], [0.11, 52.11], [0.11, 52.1], [0.1, 52.11], [0.1, 52.1]]
    file = written(
        collection(
            feature("E1", "Quayside", QUAY),
            feature("E2", "Crossing", bow_tie),
            {**feature("E3", "A line", QUAY), "geometry": line},
            {**feature("E4", "Nowhere", QUAY), "geometry": None},
            feature("", "No code", QUAY),
            5,
            feature("E7", "x" * 81, QUAY),
            feature("E8", "Broken", [["a", "b"]]),
            feature("E9", "Metres", square(530000, 180000, 500)),
            feature("E10", "Mill", MILL),
        )
    )

    said = run("import_boundaries", file, "--rejected", tmp_path / "bad.csv")

    assert said.lines == [
        "2 added, 0 changed, 0 as they were, 8 rows rejected.",
        "Row 2 (Crossing): its outline crosses itself",
        "Row 3 (A line): it has no polygon",
        "Row 4 (Nowhere): it has no polygon",
        "Row 5: it has no code",
        "Row 6: it is not a feature with properties",
        "Row 7: its name or code is too long, or has no letters",
        "Row 8 (Broken): its polygon cannot be read",
        "Row 9 (Metres): its coordinates are metres of a grid and not degrees",
    ]
    assert len((tmp_path / "bad.csv").read_text().splitlines()) == 9


SWAPPED = (
    "Latitude and longitude are the wrong way round in this file: GeoJSON has longitude first. "
    "Download it again, or convert it: ogr2ogr -s_srs EPSG:4326 -t_srs OGC:CRS84 new.geojson old.geojson."
)
GRID = (
    "The coordinates are metres of the British National Grid and not degrees. Download the file "
    "as GeoJSON, or convert it: ogr2ogr -s_srs EPSG:27700 -t_srs EPSG:4326 new.geojson old.geojson."
)
PROJECTION = (
    "The file is in another projection than WGS 84 (EPSG:4326). "
    "Download it as GeoJSON, or convert it: ogr2ogr -t_srs EPSG:4326 new.geojson old.geojson."
)
NO_FEATURES = "The file is not a GeoJSON FeatureCollection. Download the boundaries again, as GeoJSON."
CRS = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::27700"}}


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (collection(feature("E1", "Quayside", [[y, x] for x, y in QUAY])), SWAPPED),
        (collection(feature("E1", "Quayside", square(530000, 180000, 500))), GRID),
        (collection(feature("E1", "Quayside", QUAY), crs=CRS), PROJECTION),
        (
            collection({**feature("E1", "Quayside", QUAY), "properties": {"NAME": "Quayside"}}),
            "No ward in the file has the properties for its code. "
            "Name them with --code-property NAME, or see docs/places.md for the files that fit.",
        ),
        (
            collection(feature("E1", "A", QUAY), feature("E2", "B", MILL, "E07000099")),
            "The file has the wards of 2 councils. "
            "Say which is yours, for example --local-authority E07000012.",
        ),
        (collection(), "The file has no features. Download it again."),
        ("", NO_FEATURES),
        ("name,code\n", NO_FEATURES),
        ("[]", NO_FEATURES),
        ('{"type": "Topology"}', NO_FEATURES),
        (collection(feature("E1", "A", QUAY))[:-40], "The file ends in the middle. Download it again."),
        ('{"features": [' + "[" * 100_000, "The file ends in the middle. Download it again."),
    ],
)
def test_file_that_cannot_be_used_is_explained_and_changes_nothing(
    refused, written, text: str, sentence: str
):
    assert refused("import_boundaries", written(text)) == sentence
    assert not Ward.objects.exists()


def test_missing_file_is_explained(refused, tmp_path):
    sentence = "The file cannot be read: No such file or directory."

    assert refused("import_boundaries", tmp_path / "none") == sentence


def test_file_of_another_council_is_explained(refused, written):
    file = written(collection(feature("E1", "A", QUAY)))

    assert refused("import_boundaries", file, "--local-authority", "E09") == (
        "The file has no ward of E09. It has those of E07000012."
    )


def test_bytes_that_are_no_text_are_explained(refused, tmp_path):
    (tmp_path / "zip").write_bytes(b"PK\x03\x04\xff\xfe")

    assert (
        refused("import_boundaries", tmp_path / "zip") == "The file is not GeoJSON: it is not text in UTF-8."
    )


def test_dry_run_changes_nothing(run, written):
    said = run("import_boundaries", written(collection(feature("E1", "A", QUAY))), "--dry-run")

    assert said.lines[0] == "1 added, 0 changed, 0 as they were, 0 rows rejected."
    assert said.lines[-1] == "This was a dry run: nothing was changed."
    assert (Ward.objects.count(), Event.objects.count()) == (0, 0)


def test_file_is_read_piece_by_piece(run, written, monkeypatch):
    monkeypatch.setattr("places.importing.geojson._CHUNK", 64)
    monkeypatch.setattr("places.importing.geojson._BEFORE_FEATURES", 64)
    wards = [
        feature(f"E{number}", f"Ward {number}", square(0.1 + number / 100, 52.1)) for number in range(20)
    ]

    run("import_boundaries", written(json.dumps(json.loads(collection(*wards)), indent=2)))

    assert Ward.objects.count() == 20


def test_neighbours_stay_neighbours_when_corners_are_left_out(run, written):
    shared = [[0.11, 52.1 + step / 10_000] for step in range(101)]
    wobbly = [[x + (0.00001 if at % 2 else 0), y] for at, (x, y) in enumerate(shared)]
    west = [[0.1, 52.1], *wobbly, [0.1, 52.11], [0.1, 52.1]]
    east = [[0.12, 52.1], [0.12, 52.11], *wobbly[::-1], [0.12, 52.1]]

    run("import_boundaries", written(collection(feature("E1", "West", west), feature("E2", "East", east))))

    edges = [
        {tuple(p) for p in ward.boundary[0][0] if abs(p[0] - 0.11) < 0.001} for ward in Ward.objects.all()
    ]
    assert edges[0] == edges[1]
    assert len(edges[0]) < 20

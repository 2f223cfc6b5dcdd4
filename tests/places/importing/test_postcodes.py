"""Postcodes from the ONS's directory, Code-Point Open and a council's own list."""

import pytest
from pyproj import Geod

from audit.models import Event
from places.lookup import find
from places.models import Postcode, Ward

from .conftest import square

ONSPD = "pcd,pcd2,pcds,dointr,doterm,oscty,osward,lat,long\n"


def onspd(
    code: str, ward: str = "E05013057", lat: object = 52.2053, long: object = 0.1218, doterm: str = ""
) -> str:
    return f'"{code}","{code}","{code}","198001","{doterm}","E10","{ward}",{lat},{long}\n'


def test_directory_of_the_ons_is_read(run, written, cambridge):
    file = written(
        "\ufeff"
        + ONSPD
        + onspd("CB2 3QG")
        + onspd("CB2 1TN", doterm="201501")
        + onspd("ZE1 0AA", "S13002782", 60.15, -1.14)
        + onspd("CB2 9ZZ", lat=99.999999, long=0)
    )

    said = run("import_postcodes", file)

    assert said.lines == [
        "2 added, 0 changed, 0 as they were, 0 rows rejected.",
        "1 postcodes that are not used any more",
        "1 postcodes outside our wards",
    ]
    assert list(Postcode.objects.values_list("code", "ward", "street", "longitude", "latitude")) == [
        ("CB23QG", cambridge.pk, None, 0.1218, 52.2053),
        ("CB29ZZ", cambridge.pk, None, None, None),
    ]
    assert Event.objects.get().action == "postcodes.imported"


@pytest.mark.parametrize("column", ["wd25cd", "WD24CD", "ward", "ward_code"])
def test_ward_column_of_any_year_is_known(run, written, cambridge, column: str):
    run("import_postcodes", written(f"pcds,LAT,LONG,{column}\nCB2 3QG,52.2,0.12,E05013057\n"))

    assert Postcode.objects.get().ward == cambridge


def test_code_of_another_year_is_found_by_its_point(run, written, cambridge):
    run("import_postcodes", written(ONSPD + onspd("CB2 3QG", "E05000000")))

    assert Postcode.objects.get().ward == cambridge


def test_code_point_open_is_turned_into_degrees(run, written, cambridge):
    # Great St Mary's, Cambridge, whose grid reference and position are well known: TL 4485 5843.
    row = '"CB2 3PQ",10,544850,258430,"E92000001","E19","E18","","E07000008","E05000000"\n'
    file = written(row + '"CB2 3PX",90,0,0,"E92000001","E19","E18","","E07000008","E05013057"\n')

    run("import_postcodes", file)

    exact, unknown = Postcode.objects.all()
    _there, _back, metres = Geod(ellps="WGS84").inv(0.1183, 52.2052, exact.longitude, exact.latitude)
    assert (exact.ward, metres < 60) == (cambridge, True)
    assert (unknown.ward, unknown.point) == (cambridge, None)


def test_own_list_names_wards_and_streets(run, written, cambridge):
    run(
        "import_postcodes",
        written("Postcode,Ward,Street\ncb2 3qg,market,King’s Parade\nCB2 1TN,Market,KING’S PARADE\n"),
    )

    assert [str(postcode.street) for postcode in Postcode.objects.all()] == ["King’s Parade"] * 2
    assert cambridge.streets.count() == 1


def test_second_import_changes_nothing_and_a_newer_file_only_what_is_new(run, written, cambridge):
    run("import_postcodes", written(ONSPD + onspd("CB2 3QG") + onspd("CB2 1TN")))
    keys = set(Postcode.objects.values_list("pk", flat=True))

    again = run("import_postcodes", written(ONSPD + onspd("CB2 3QG") + onspd("CB2 1TN")))
    newer = run("import_postcodes", written(ONSPD + onspd("CB2 3QG", lat=52.2) + onspd("CB2 1TN")))

    assert again.lines == ["0 added, 0 changed, 2 as they were, 0 rows rejected."]
    assert newer.lines == ["0 added, 1 changed, 1 as they were, 0 rows rejected."]
    assert set(Postcode.objects.values_list("pk", flat=True)) == keys


def test_street_that_was_known_is_not_lost(run, written, cambridge):
    run("import_postcodes", written("postcode,ward,street\nCB2 3QG,Market,King’s Parade\n"))

    run("import_postcodes", written(ONSPD + onspd("CB2 3QG")))

    found = find("CB2 3QG")
    assert found and (str(found.street), found.point) == ("King’s Parade", (0.1218, 52.2053))


def test_bad_rows_are_listed_with_their_lines(run, written, cambridge, tmp_path):
    file = written(
        ONSPD
        + onspd("CB2 3QG")
        + onspd("CB2")
        + onspd("CB2 1AA", lat="north")
        + '"CB2 1AB"\n'
        + onspd("CB2 1AC", lat=55.9, long=-3.2)
        + "\n"
        + onspd("CB2 1AD")
        + onspd("CB2 1AE")
        + onspd("CB2 1AF")
    )

    said = run("import_postcodes", file, "--rejected", tmp_path / "bad.csv")

    assert said.lines == [
        "4 added, 0 changed, 0 as they were, 4 rows rejected.",
        "Row 3 (CB2): “CB2” is not a full postcode",
        "Row 4 (CB2 1AA): “north” is not a number",
        "Row 5: it has only 1 columns",
        "Row 6 (CB2 1AC): its point lies far outside our wards",
    ]
    assert (tmp_path / "bad.csv").read_text().splitlines()[1] == "3,CB2,“CB2” is not a full postcode"


SWAPPED = (
    "Latitude and longitude are the wrong way round in this file. "
    "Say so: --column latitude=NAME --column longitude=NAME."
)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (ONSPD + onspd("CB2 3QG", lat=0.1218, long=52.2053) * 3, SWAPPED),
        (ONSPD + onspd("CB2 3QG", "E00", lat=0.1218, long=52.2053) * 3, SWAPPED),
        (
            ONSPD + onspd("CB2 3QG", lat=258000, long=545000),
            "The columns for latitude and longitude hold metres of the British National Grid. "
            "Say so: --column easting=NAME --column northing=NAME.",
        ),
        (
            "postcode,easting,northing\nCB2 3QG,54485000,25843000\n",
            "The columns for easting and northing hold no metres of the British National Grid.",
        ),
        (
            ONSPD + onspd("ZE1 0AA", "S1", 60.1, -1.1),
            "Nothing in the file lies in one of our wards. Import the boundaries first, and see that "
            "the file is of your area and of the same year as your wards’ codes.",
        ),
        (
            ONSPD + onspd("CB2 3QG", lat=55.9, long=-3.2),
            "Most points of the file lie far outside our wards. Check its projection and its columns.",
        ),
        (
            "pcds,ward\nhello,Market\n",
            "Most rows have nothing fit in the column for the postcode. Name it: --column postcode=NAME.",
        ),
        (
            "name;code\nx;y\n",
            "The file has no column for postcode: it has name;code. Name it with --column postcode=NAME, "
            "or see docs/places.md for the files that fit.",
        ),
        ("", "The file is empty. Download it again."),
    ],
)
def test_file_that_cannot_be_used_is_explained(refused, written, cambridge, text: str, sentence: str):
    assert refused("import_postcodes", written(text)) == sentence
    assert not Postcode.objects.exists()


def test_without_wards_boundaries_are_asked_for(refused, written, db):
    assert refused("import_postcodes", written(ONSPD + onspd("CB2 3QG"))) == (
        "There are no wards yet. Import their boundaries first: import_boundaries."
    )


def test_names_of_columns_can_be_given(run, refused, written, cambridge):
    file = written("PC,W\nCB2 3QG,Market\n")

    run("import_postcodes", file, "--column", "postcode=PC", "--column=ward=W")

    assert Postcode.objects.get().ward == cambridge
    assert refused("import_postcodes", file, "--column", "town=X").startswith("There is no column town.")
    assert "is not OURS=THEIRS" in refused("import_postcodes", file, "--column", "nothing")


def test_postcode_that_moves_to_another_ward_leaves_its_street(run, written, cambridge):
    other = Ward.objects.create(name="Castle", slug="castle", code="E2", boundary=[[square(0.14, 52.19)]])
    run("import_postcodes", written("postcode,ward,street\nCB2 3QG,Market,King’s Parade\n"))

    run("import_postcodes", written("postcode,ward\nCB2 3QG,Castle\n"))

    assert (Postcode.objects.get().ward, Postcode.objects.get().street) == (other, None)


def test_dry_run_changes_nothing(run, written, cambridge):
    run("import_postcodes", written(ONSPD + onspd("CB2 3QG")), "--dry-run")

    assert (Postcode.objects.count(), Event.objects.count()) == (0, 0)


def test_progress_is_told_on_stderr(run, written, cambridge, monkeypatch):
    monkeypatch.setattr("places.importing.command._EVERY", 2)

    said = run("import_postcodes", written(ONSPD + onspd("CB2 3QG") + onspd("CB2 1TN") + onspd("CB2 1TP")))

    assert said.err.splitlines() == ["2 rows read, 0 kept", "4 rows read, 2 kept"]

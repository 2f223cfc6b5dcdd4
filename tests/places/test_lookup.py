"""What a person types for a place, and where it leads."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from places import lookup
from places.lookup import Place, find, find_all, ward_for, why_not
from places.models import Postcode, Street
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "typed",
    [
        "RB1 1AA",
        "rb11aa",
        " rb1  1aa ",
        "RB1-1AA",
        "R.B.1. 1AA",
        "ＲＢ１ １ＡＡ",
        "RB1\u00a01AA",
        "RB1\u200b1AA",
        "RBI IAA",
        "rbl 1aa",
        "RB1 IAA.",
        "12 Quay Street, RB1 1AA",
        "Flat 3, Riverbank rb1 1aa",
    ],
)
def test_postcode_is_found_however_it_is_typed(typed: str) -> None:
    ward = factories.ward("Quayside")
    factories.street(ward, postcode="RB11AA")

    assert ward_for(typed) == ward


@pytest.mark.parametrize(
    ("typed", "code"), [("OX1 OAA", "OX10AA"), ("0X1 0AA", "OX10AA"), ("W1A OAX", "W1A0AX")]
)
def test_letter_o_and_nought_stand_for_each_other_where_only_one_can_be(typed: str, code: str) -> None:
    made = Postcode.objects.create(code=code, ward=factories.ward())

    found = find(typed)

    assert found and found.postcode == made


@pytest.mark.parametrize(
    "typed",
    [
        "quayside",
        "Quayside ward",
        "QUAY STREET",
        "Quay Street\x00",
        "quay st",
        "Quay St.",
        " quay  street, ",
        "12a Quay Street",
    ],
)
def test_names_are_found_however_they_are_typed(typed: str) -> None:
    ward = factories.ward("Quayside")
    factories.street(ward, "Quay Street")

    assert ward_for(typed) == ward


@pytest.mark.parametrize("typed", ["St Mary's Road", "st marys rd", "ST. MARY’S ROAD"])
def test_street_is_found_with_and_without_its_apostrophe(typed: str) -> None:
    street = factories.street(factories.ward("Quayside"), "St Mary's Road")
    factories.street(street.ward, "St Martin's Road")

    found = find(typed)

    assert found and found.street == street


@pytest.mark.parametrize(
    "typed", ["", "   ", "\x00", "Atlantis", "🦢", "شارع", "x" * 10_000, "%", "_", "'", ".", "RB1", "a.b"]
)
def test_what_nobody_knows_leads_nowhere(typed: str) -> None:
    factories.street(factories.ward("Quayside"), "Quay Street", "RB11AA")

    assert ward_for(typed) is None


def test_postcode_knows_its_street_its_point_and_its_names() -> None:
    ward = factories.ward("Quayside")
    street = Street.objects.create(ward=ward, name="Quay Street")
    postcode = Postcode.objects.create(
        code="RB11AA", ward=ward, street=street, longitude=0.05, latitude=51.05
    )

    found = find("rb1 1aa")

    assert found == Place(ward, street, postcode, ((0.05, 51.05),))
    assert (found.key, found.label, found.point) == ("RB11AA", "RB1 1AA", (0.05, 51.05))


def test_postcode_without_a_street_leads_to_its_ward() -> None:
    ward = factories.ward("Quayside")
    postcode = Postcode.objects.create(code="RB11AA", ward=ward)

    assert find("RB1 1AA") == Place(ward, None, postcode)


def test_street_has_the_points_of_its_postcodes() -> None:
    ward = factories.ward("Quayside")
    street = Street.objects.create(ward=ward, name="Quay Street", longitude=0.01, latitude=51.01)
    Postcode.objects.create(code="RB11AA", ward=ward, street=street, longitude=0.02, latitude=51.02)
    Postcode.objects.create(code="RB11AB", ward=ward, street=street)

    found = find("Quay Street")

    assert found == Place(ward, street, None, ((0.01, 51.01), (0.02, 51.02)))
    assert found.label == "Quay Street, Quayside"


@pytest.mark.parametrize("typed", ["Quayside", "Quay Street", "RB1 1AA"])
def test_key_in_an_address_leads_to_the_same_place(typed: str) -> None:
    ward = factories.ward("Quayside")
    factories.street(ward, "Quay Street", "RB11AA")
    place = find(typed)

    assert place and find(place.key) == place


def test_streets_of_one_name_are_all_found_and_the_key_tells_them_apart() -> None:
    one, other = factories.ward("Millgate"), factories.ward("Quayside")
    streets = [factories.street(other, "High Street"), factories.street(one, "High Street")]

    ((first, second),) = find_all(["high street"])

    assert [first.street, second.street] == streets[::-1]
    assert find(second.key) == second


def test_many_places_ask_as_many_queries_as_few() -> None:
    wards = [factories.ward(f"Ward of {number}") for number in range(9)]
    for number, ward in enumerate(wards):
        factories.street(ward, f"Quay Street {number}", f"RB11A{'ABCDEFGHJ'[number]}")
    asked = [["Ward of 1", "Quay Street 1", "RB11AA"], []]
    asked[1] = [*asked[0], *(ward.name for ward in wards), "RB1 1AB", "Quay Street 5"]
    counts = []

    for texts in asked:
        with CaptureQueriesContext(connection) as queries:
            find_all(texts)
        counts.append(len(queries))

    assert counts == [4, 4]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("RB1", "“RB1” is the beginning of a postcode. Type all of it, for example RB1 1AA."),
        ("rb1 1", "“rb1 1” is the beginning of a postcode. Type all of it, for example RB1 1AA."),
        (
            "ZZ9 9ZZ",
            "We do not know the postcode “ZZ9 9ZZ”. It may be new, or outside our area. "
            "Try the name of your street, or choose your ward.",
        ),
        (
            "Atlantis\x00",
            "We do not know the place “Atlantis”. "
            "Try a full postcode, the name of a street, or choose your ward.",
        ),
    ],
)
def test_what_leads_nowhere_is_explained(typed: str, sentence: str) -> None:
    assert why_not(typed) == sentence


def test_explanation_of_a_pasted_letter_stays_short() -> None:
    assert len(why_not("word " * 2000)) < 200


def test_no_text_has_more_spellings_than_a_query_takes() -> None:
    assert len(lookup.possible_postcodes("IIO1OIL")) < 64

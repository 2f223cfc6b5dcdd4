"""Administrators' wards: who sits for which, kept in the trail."""

import pytest
from lxml import html

from accounts.enums import Role
from audit.models import Event
from places.models import Ward
from tests import factories
from tests.accounts.signing_in import sign_in
from tests.factories import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client, cast: Cast):
    sign_in(client, cast.administrator)
    return client


def test_new_ward_has_its_address_and_its_councillors(desk, cast: Cast):
    data = {"name": "Mill Gate", "code": "W1", "population": "900", "councillors": [cast.councillor.pk]}

    response = desk.post("/staff/wards/new/", data)

    ward = Ward.objects.get()
    assert (response.status_code, ward.slug, list(ward.councillors.all())) == (
        302,
        "mill-gate",
        [cast.councillor],
    )
    assert Event.objects.get(action="ward.saved").detail["councillors"] == ["Cllr Owen Price"]


def test_councillor_leaves_a_ward_and_another_comes(desk, cast: Cast):
    ward = factories.ward("Quayside")
    ward.seats.create(councillor=cast.councillor)
    newer = factories.member(factories.team("More councillors", []), Role.COUNCILLOR, "Cllr Ann Other")
    data = {"name": ward.name, "code": ward.code, "population": "1", "councillors": [newer.pk]}

    desk.post(f"/staff/wards/{ward.slug}/", data)

    assert list(ward.councillors.all()) == [newer]


def test_renamed_ward_keeps_its_address(desk):
    ward = factories.ward("Quayside")

    desk.post(f"/staff/wards/{ward.slug}/", {"name": "Quayside East", "code": ward.code, "population": "1"})

    fresh = Ward.objects.get(pk=ward.pk)
    assert (fresh.name, fresh.slug) == ("Quayside East", ward.slug)


@pytest.mark.parametrize(
    ("name", "sentence"),
    [("", "Write an answer."), ("!!!", "at least one letter"), ("Old  Town!", "like this")],
)
def test_name_that_cannot_be_is_refused_in_words(desk, name, sentence):
    Ward.objects.create(name="Old Town", slug="old-town", code="W9")

    page = desk.post("/staff/wards/new/", {"name": name, "code": "W2", "population": "5"})

    assert (page.status_code, sentence in page.content.decode()) == (200, True)
    assert Ward.objects.count() == 1


def test_officer_cannot_sit_for_a_ward(desk, cast: Cast):
    data = {"name": "Abbey", "code": "W1", "population": "9", "councillors": [cast.author.pk]}

    desk.post("/staff/wards/new/", data)

    assert not Ward.objects.exists()


def test_list_says_what_to_do_when_it_is_empty(desk):
    assert "There are no wards yet" in desk.get("/staff/wards/").content.decode()


def test_list_counts_what_is_known_of_each_ward(desk):
    quay, mill = factories.ward("Quayside"), Ward.objects.create(name="Millgate", slug="mill", code="W9")
    for number in range(3):
        factories.street(quay, f"Street {number}", f"RB1{number}AA")
    factories.street(quay, "Bare Street")

    page = html.fromstring(desk.get("/staff/wards/").content.decode())

    rows = [[" ".join(cell.text_content().split()) for cell in row] for row in page.xpath("//tbody/tr")]
    assert rows == [
        [mill.name, "Nobody yet", "missing", "0", "0", "0"],
        [quay.name, "Nobody yet", "known", "4", "3", "0"],
    ]


def test_list_says_how_to_import(desk):
    assert "import_boundaries" in desk.get("/staff/wards/").content.decode()

"""Whether a notice concerns a place: the rule as a table, and the page's queries held against it."""

import random
from itertools import product

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from places.lookup import Place
from places.models import Postcode, Street
from tests import factories
from tests.factories import Cast
from updates import concerns
from updates.concerns import Reason
from updates.models import Edition

pytestmark = pytest.mark.django_db

CIRCLE = {"type": "Circle", "centre": [0.02, 51.02], "radius_m": 300, "of": "Quay Street"}
SQUARE = {
    "type": "Polygon",
    "coordinates": [[[0.01, 51.01], [0.03, 51.01], [0.03, 51.03], [0.01, 51.03], [0.01, 51.01]]],
}
IN, OUT = (0.02, 51.02), (0.08, 51.08)


class Town:
    """Two wards, two streets in the first, one in the second."""

    def __init__(self) -> None:
        self.quay, self.mill = factories.ward("Quayside"), factories.ward("Millgate")
        self.street = factories.street(self.quay, "Quay Street")
        self.lane = factories.street(self.quay, "Mill Lane")
        self.row = factories.street(self.mill, "Long Row")
        self.letters = iter(range(100))

    def postcode(self, street: Street | None = None, point: tuple[float, float] | None = None) -> Place:
        longitude, latitude = point or (None, None)
        ward = street.ward if street else self.quay
        row = Postcode.objects.create(
            code=f"RB1{next(self.letters)}AA",
            ward=ward,
            street=street,
            longitude=longitude,
            latitude=latitude,
        )
        return Place(ward, street, row, (point,) if point else ())

    def places(self) -> dict[str, Place]:
        return {
            "ward": Place(self.quay),
            "other ward": Place(self.mill),
            "street": Place(self.quay, self.street),
            "other street": Place(self.quay, self.lane),
            "street inside": Place(self.quay, self.lane, None, (OUT, IN)),
            "street outside": Place(self.quay, self.lane, None, (OUT,)),
            "postcode inside": self.postcode(self.lane, IN),
            "postcode outside": self.postcode(self.lane, OUT),
            "postcode outside in the street": self.postcode(self.street, OUT),
            "postcode inside without a street": self.postcode(None, IN),
            "postcode outside without a street": self.postcode(None, OUT),
            "postcode without anything": self.postcode(),
            "postcode over there": self.postcode(self.row, OUT),
        }


@pytest.fixture
def town() -> Town:
    return Town()


def told(edition: Edition, town: Town) -> dict[str, Reason]:
    found = {name: concerns.why(edition, place) for name, place in town.places().items()}
    return {name: reason for name, reason in found.items() if reason}


def test_notice_for_the_whole_borough_concerns_every_place(cast: Cast, town: Town) -> None:
    edition = factories.draft(cast)

    assert set(told(edition, town).values()) == {Reason.BOROUGH}
    assert len(told(edition, town)) == len(town.places())


def test_notice_for_a_ward_concerns_everything_in_it(cast: Cast, town: Town) -> None:
    edition = factories.draft(cast, wards=[town.quay])

    everything = set(town.places()) - {"other ward", "postcode over there"}
    assert told(edition, town) == dict.fromkeys(everything, Reason.WARD)


def test_notice_for_a_street_concerns_it_and_whoever_may_live_there(cast: Cast, town: Town) -> None:
    edition = factories.draft(cast, wards=[town.quay])
    edition.streets.add(town.street)

    assert told(edition, town) == {
        "street": Reason.STREET,
        "postcode outside in the street": Reason.STREET,
        "ward": Reason.SOME_STREETS,
        "postcode inside without a street": Reason.SOME_STREETS,
        "postcode outside without a street": Reason.SOME_STREETS,
        "postcode without anything": Reason.SOME_STREETS,
    }


def test_ward_in_which_no_street_is_named_is_meant_as_a_whole(cast: Cast, town: Town) -> None:
    edition = factories.draft(cast, wards=[town.quay, town.mill])
    edition.streets.add(town.street)

    found = told(edition, town)

    assert (found["other ward"], found["postcode over there"]) == (Reason.WARD, Reason.WARD)
    assert "other street" not in found


@pytest.mark.parametrize("area", [CIRCLE, SQUARE])
def test_drawn_area_concerns_the_points_in_it(cast: Cast, town: Town, area: dict) -> None:
    edition = factories.draft(cast, wards=[town.quay], area=area)

    assert told(edition, town) == dict.fromkeys(
        [
            "ward",
            "street",
            "other street",
            "street inside",
            "postcode inside",
            "postcode inside without a street",
            "postcode without anything",
        ],
        Reason.AREA,
    )


def test_street_that_is_named_beside_an_area_is_told_too(cast: Cast, town: Town) -> None:
    edition = factories.draft(cast, wards=[town.quay], area=SQUARE)
    edition.streets.add(town.street)

    assert told(edition, town)["postcode outside in the street"] == Reason.STREET


def test_edge_of_an_area_belongs_to_it(cast: Cast, town: Town) -> None:
    edition = factories.draft(cast, wards=[town.quay], area=SQUARE)

    assert concerns.concerns(edition, town.postcode(None, (0.01, 51.02)))


@pytest.mark.parametrize(
    ("name", "fields", "words"),
    [
        ("ward", {}, "All of Quayside"),
        ("ward", {"area": CIRCLE}, "Part of Quayside: within 300 m of Quay Street"),
        ("postcode inside", {"area": CIRCLE}, "RB1 6AA is within 300 m of Quay Street"),
        ("postcode inside", {"area": SQUARE}, "RB1 6AA is in an area in Quayside"),
        ("ward", {"is_borough_wide": True}, "The whole borough"),
    ],
)
def test_reason_in_words(cast: Cast, town: Town, name: str, fields: dict, words: str) -> None:
    town.letters = iter(range(6, 100))
    edition = factories.draft(cast, wards=[town.quay], **fields)
    place = town.places()[name]

    assert concerns.in_words(concerns.why(edition, place), edition, place) == words


def test_page_finds_exactly_what_the_rule_says(cast: Cast, town: Town) -> None:
    chance = random.Random(3)  # noqa: S311 the same notices each time
    editions = []
    for area, with_street, with_wards in product([None, CIRCLE, SQUARE], [0, 1], [1, 2, 3]):
        wards = [ward for bit, ward in enumerate([town.quay, town.mill]) if with_wards >> bit & 1]
        edition = factories.published(cast, wards=wards, area=area, is_borough_wide=chance.random() < 0.1)
        if with_street:
            edition.streets.add(town.street)
        editions.append(edition)
    places = list(town.places().values())

    found = concerns.notices_for(places)

    for one in found.places:
        expected = {
            each.notice_id
            for each in editions
            if concerns.concerns(each, one.place) and not each.is_borough_wide
        }
        assert {concern.notice.pk for concern in one.concerns} == expected
    assert {notice.pk for notice in found.everywhere} == {e.notice_id for e in editions if e.is_borough_wide}


def test_loudest_come_first_and_the_rest_is_said_to_be_more(cast: Cast, town: Town, monkeypatch) -> None:
    monkeypatch.setattr(concerns, "MOST_PER_PLACE", 2)
    monkeypatch.setattr(concerns, "MOST_EVERYWHERE", 2)
    for title, urgency in [("a", 0), ("b", 2), ("c", 1)]:
        factories.published(cast, wards=[town.quay], title=title, urgency=urgency)
        factories.published(cast, title=title, urgency=urgency)

    found = concerns.notices_for([Place(town.quay), Place(town.mill)])

    assert [each.notice.live_edition.title for each in found.places[0].concerns] == ["b", "c"]
    assert [notice.live_edition.title for notice in found.everywhere] == ["b", "c"]
    assert (found.places[0].has_more, found.places[1].has_more, found.has_more_everywhere) == (
        True,
        False,
        True,
    )


def test_no_place_asks_for_the_whole_borough_only(cast: Cast) -> None:
    factories.published(cast)

    found = concerns.notices_for([])

    assert (len(found.everywhere), found.places) == (1, [])


def test_many_places_and_notices_ask_as_many_queries_as_few(cast: Cast, town: Town) -> None:
    places = list(town.places().values())
    counts = []

    for some, more in [(places[:1], 1), (places, 6)]:
        for _number in range(more):
            factories.published(cast)
            factories.published(cast, wards=[town.quay, town.mill], area=SQUARE).streets.add(town.street)
        with CaptureQueriesContext(connection) as asked:
            concerns.notices_for(some)
        counts.append(len(asked))

    # A ward alone is never compared with drawn areas.
    assert counts == [6, 7]


def test_ended_and_withdrawn_notices_concern_nobody_now(cast: Cast, town: Town) -> None:
    live = factories.published(cast, wards=[town.quay], area=SQUARE)
    type(live.notice).objects.filter(pk=live.notice_id).update(ended_at=live.published_at)

    found = concerns.notices_for([town.postcode(None, IN), Place(town.quay)])

    assert [each.concerns for each in found.places] == [[], []]

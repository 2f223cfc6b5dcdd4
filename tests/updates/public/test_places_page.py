"""The page of several places: everything stands in its address, and every answer is plain."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from places.models import Postcode
from tests import factories
from tests.factories import Cast
from updates.views.public.places import read as read_places

from .conftest import words

pytestmark = pytest.mark.django_db

LEAD = "//main//p[@class='cp-lead']"


@pytest.fixture
def quay():
    ward = factories.ward("Quayside")
    factories.street(ward, "Quay Street", "RB11AA")
    return ward


def test_page_without_a_place_offers_the_wards(read, quay):
    mill = factories.ward("Millgate")

    page = read("/places/")

    assert words(page, "//h1") == ["Your places"]
    assert words(page, "//main//ul/li/a") == ["Millgate", "Quayside"]
    assert page.xpath("//main//ul/li/a/@href") == [f"/places/?place={each.slug}" for each in (mill, quay)]


def test_nothing_is_said_plainly(read, quay):
    page = read("/places/?place=rb1+1aa")

    assert words(page, "//section//p[@class='cp-lead']") == ["Nothing affects RB1 1AA now."]


def test_each_place_has_its_own_notices_and_the_reason(read, cast: Cast, quay):
    mill = factories.ward("Millgate")
    factories.published(cast, title="Water off", wards=[quay])
    factories.published(cast, title="Everywhere")

    page = read(f"/places/?place=RB11AA&place={mill.slug}")

    assert words(page, "//h2") == ["RB1 1AA", "Millgate", "The whole borough", "Hear of it without looking"]
    assert words(page, "//section[.//h2='RB1 1AA']//h3") == ["Water off"]
    assert words(page, "//section[.//h2='RB1 1AA']//article/div/p") == ["All of Quayside"]
    assert words(page, "//section[.//h2='Millgate']//p") == [
        "Nothing affects Millgate now. Only what concerns the whole borough."
    ]
    assert words(page, "//section[.//h2='The whole borough']//h3") == ["Everywhere"]


def test_places_are_added_and_removed_by_plain_links(read, quay):
    page = read(f"/places/?place=RB11AA&place={quay.slug}")

    assert page.xpath("//a[starts-with(normalize-space(), 'Remove')]/@href") == [
        f"/places/?place={quay.slug}",
        "/places/?place=RB11AA",
    ]
    assert page.xpath("//form[@role='search']//input[@type='hidden']/@value") == ["RB11AA", quay.slug]


def test_last_place_that_goes_leads_to_the_empty_page(read, quay):
    assert read("/places/?place=RB11AA").xpath("//a[starts-with(normalize-space(), 'Remove')]/@href") == [
        "/places/"
    ]


def test_address_of_the_page_names_each_place_once_in_its_shortest_form(read, quay):
    page = read(f"/places/?place=rb1+1aa&place=RB11AA&place=Quay+St&place={quay.slug}&place=")

    assert page.xpath("//link[@rel='canonical']/@href")[0].partition("/places/")[2] == (
        f"?place=RB11AA&place={quay.slug}.quay-street&place={quay.slug}"
    )


def test_unknown_place_is_explained_and_stays_in_the_box(read, quay):
    page = read("/places/?place=RB11AA&place=Atlantis")

    assert words(page, "//*[contains(@class, 'cp-message')]//p") == [
        "We do not know the place “Atlantis”. Try a full postcode, the name of a street, or choose your ward."
    ]
    assert page.xpath("//input[@id='add-place']/@value") == ["Atlantis"]
    assert words(page, "//section//h2")[:1] == ["RB1 1AA"]


def test_eleventh_place_is_left_out_with_a_sentence(read, quay):
    codes = [f"RB{number}1AA" for number in range(20, 31)]
    Postcode.objects.bulk_create(Postcode(code=code, ward=quay) for code in codes)
    query = "&".join(f"place={code}" for code in codes)

    page = read(f"/places/?{query}")

    assert len(page.xpath("//a[starts-with(normalize-space(), 'Remove')]")) == 10
    assert words(page, "//*[contains(@class, 'cp-message')]//p") == [
        "This page holds 10 places. The others are left out: open a second page for them."
    ]
    assert not page.xpath("//form[@role='search']")


def test_a_thousand_places_are_not_all_looked_up(quay, django_assert_max_num_queries):
    with django_assert_max_num_queries(5):
        asked = read_places([f"Nowhere {number}" for number in range(1000)])

    assert (len(asked.places), len(asked.problems)) == (0, 12)


@pytest.mark.parametrize(
    "typed", ["%00", "x" * 5000, "%3Cscript%3E", "%F0%9F%A6%A2", "%FF%FE", "..", "a.b.c"]
)
def test_any_text_has_an_answer(client: Client, quay, typed: str):
    answer = client.get(f"/places/?place={typed}")

    assert (answer.status_code, answer.cookies) == (200, {})
    assert b"<script>" not in answer.content


def test_street_in_two_wards_becomes_two_places(read, quay):
    factories.street(factories.ward("Millgate"), "Quay Street")

    page = read("/places/?place=Quay+Street")

    assert words(page, "//section//h2")[:2] == ["Quay Street, Millgate", "Quay Street, Quayside"]


def test_feeds_of_the_places_wards_are_linked_once(read, quay):
    page = read(f"/places/?place=RB11AA&place={quay.slug}")

    assert page.xpath("//a[contains(., 'feed reader')]/@href") == [f"/feeds/notices.atom?ward={quay.slug}"]


def test_home_page_leads_to_several_places(read, quay):
    assert read("/").xpath("//main//a[@href='/places/']/text()") == ["Follow several places on one page"]


def test_page_asks_as_many_queries_for_many_places_and_notices_as_for_few(client, cast: Cast, quay):
    mill = factories.ward("Millgate")
    counts = []

    for path, more in [("?place=RB11AA&place=Quay+Street", 1), ("?place=RB11AA&place=Quay+Street", 12)]:
        for _number in range(more):
            factories.published(cast)
            factories.published(cast, wards=[quay, mill])
        with CaptureQueriesContext(connection) as asked:
            client.get(f"/places/{path}&place={mill.slug}" if more > 1 else f"/places/{path}")
        counts.append(len(asked))

    assert counts == [13, 13]

"""The list of notices: filters, paging, and what it says to nonsense."""

from urllib.parse import quote

import pytest
from django.test import Client

from accounts.enums import Kind
from tests import factories
from tests.factories import Cast
from tests.updates.public.conftest import many, words
from updates.enums import Urgency
from updates.transitions import Action
from updates.workflow import perform

pytestmark = pytest.mark.django_db
TITLES = "//h2[@class='cp-card__title']"


def in_ward(cast: Cast, name: str, title: str):
    ward = factories.ward(name)
    factories.published(cast, title=title, wards=[ward])
    return ward


def test_list_shows_current_notices_newest_first(read, cast: Cast) -> None:
    factories.published(cast, title="Older")
    factories.published(cast, title="Newer")
    perform(Action.END, factories.published(cast, title="Over"), by=cast.author)

    page = read("/notices/")

    assert words(page, TITLES) == ["Newer", "Older"]
    assert words(page, "//p/strong") == ["two notices"]


def test_emergency_stands_before_what_is_newer(read, cast: Cast) -> None:
    factories.published(cast, title="Boil your water", kind=Kind.OUTAGE, urgency=Urgency.EMERGENCY)
    factories.published(cast, title="Food market")

    assert words(read("/notices/"), TITLES) == ["Boil your water", "Food market"]
    assert words(read("/notices/?state=all"), TITLES) == ["Food market", "Boil your water"]


def test_place_that_is_a_ward_is_not_said_to_be_in_itself(read) -> None:
    factories.ward("Quayside")

    assert words(read("/notices/?place=quayside"), "//p[@class='cp-lead']") == []


def test_list_never_shows_a_draft_or_a_withdrawn_notice(read, cast: Cast) -> None:
    factories.draft(cast, title="Draft")
    factories.approved(cast, title="Approved")
    gone = factories.published(cast, title="Withdrawn")
    perform(Action.WITHDRAW, gone, by=cast.author, note="It was wrong.")

    assert words(read("/notices/?state=all"), TITLES) == []


def test_list_by_kind(read, cast: Cast) -> None:
    many(cast, 4)

    assert words(read("/notices/?kind=event"), TITLES) == ["Notice number 1"]


def test_list_by_state(read, cast: Cast) -> None:
    factories.published(cast, title="On")
    perform(Action.END, factories.published(cast, title="Over"), by=cast.author)

    assert words(read("/notices/?state=ended"), TITLES) == ["Over"]
    assert words(read("/notices/?state=all"), TITLES) == ["Over", "On"]


def test_list_by_ward_holds_its_own_and_the_whole_boroughs(read, cast: Cast) -> None:
    ward = in_ward(cast, "Quayside", "In Quayside")
    in_ward(cast, "Abbey", "In Abbey")
    factories.published(cast, title="Everywhere", is_borough_wide=True)

    page = read(f"/notices/?ward={ward.slug}")

    assert words(page, "//h1") == ["Notices for Quayside"]
    assert words(page, TITLES) == ["Everywhere", "In Quayside"]


@pytest.mark.parametrize("typed", ["rb1 1aa", "RB11AA", "quay street", "Quayside"])
def test_place_box_finds_the_ward(read, cast: Cast, typed: str) -> None:
    ward = in_ward(cast, "Quayside", "In Quayside")
    factories.street(ward, "Quay Street", "RB11AA")
    in_ward(cast, "Abbey", "In Abbey")

    assert words(read(f"/notices/?place={quote(typed)}"), TITLES) == ["In Quayside"]


def test_unknown_place_is_kept_and_explained(read, cast: Cast) -> None:
    page = read("/notices/?place=Nowhere+Lane")

    assert page.xpath("//input[@name='q']/@value") == ["Nowhere Lane"]
    assert words(page, "//*[@role='status']") == [
        "We do not know the place “Nowhere Lane”. Try a full postcode, the name of a street, "
        "or choose your ward from the list."
    ]


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("kind=party", "There is no such kind of notice, so all kinds are shown."),
        ("ward=atlantis", "There is no such ward, so the whole borough is shown."),
        ("state=limbo", "Choose current, ended or both; current notices are shown."),
        ("place=" + "x" * 5000, "That is too long for a place. Type a postcode, a street or a ward."),
    ],
)
def test_a_value_nobody_offered_is_answered_with_a_sentence(
    read, cast: Cast, query: str, sentence: str
) -> None:
    factories.published(cast, title="Still here")

    page = read(f"/notices/?{query}")

    assert words(page, "//*[@class='govuk-error-message']") == [sentence]
    assert words(page, TITLES) == ["Still here"]


@pytest.mark.parametrize("query", ["place=%00", "page=", "kind=", "unknown=1"])
def test_a_value_that_says_nothing_changes_nothing(read, cast: Cast, query: str) -> None:
    factories.published(cast, title="Still here")

    page = read(f"/notices/?{query}")

    assert words(page, "//*[@class='govuk-error-message']") == []
    assert words(page, TITLES) == ["Still here"]


@pytest.mark.parametrize(
    "page_number", ["0", "-1", "two", "9" * 4000, "%00", "１", "٣", "1.5", "%E2%80%AE12"]
)
def test_a_page_number_that_is_none_is_answered_with_a_page(read, cast: Cast, page_number: str) -> None:
    factories.published(cast, title="Still here")

    page = read(f"/notices/?page={page_number}")

    assert words(page, TITLES) == ["Still here"]
    assert len(words(page, "//*[@role='status']")) == 1


def test_a_page_number_too_high_shows_the_last_page(read, cast: Cast) -> None:
    many(cast, 21)

    page = read("/notices/?page=99")

    assert words(page, TITLES) == ["Notice number 0"]
    assert words(page, "//*[@role='status']") == ["There is no page “99”. This is page 2 of 2."]


def test_paging_keeps_the_filter(read, cast: Cast) -> None:
    for number in range(21):
        factories.published(cast, Kind.OUTAGE, title=f"Outage {number}")

    page = read("/notices/?kind=outage")

    assert page.xpath("//a[@rel='next']/@href") == ["?kind=outage&page=2"]
    assert page.xpath("//link[@rel='canonical']/@href") == ["https://riverbank.example/notices/?kind=outage"]


def test_an_empty_list_says_what_to_do(read) -> None:
    page = read("/notices/?kind=event")

    assert words(page, "//div[@class='cp-empty']/h2") == ["No notice fits"]
    assert page.xpath("//div[@class='cp-empty']//a/@href") == ["/notices/"]


def test_list_understands_right_to_left_text(read) -> None:
    page = read(f"/notices/?place={quote('شارع الميناء')}")

    assert page.xpath("//input[@name='q']/@value") == ["شارع الميناء"]


def test_outages_events_and_projects_have_their_own_pages(read, cast: Cast) -> None:
    many(cast, 4)

    assert words(read("/outages/"), "//h3[@class='cp-card__title']") == ["Notice number 0"]
    assert words(read("/events/"), "//section[@class='cp-day']//h3") == ["Notice number 1"]
    assert words(read("/projects/"), "//h3[@class='cp-card__title']") == ["Notice number 2"]


@pytest.mark.parametrize("path", ["/outages/", "/events/", "/projects/"])
def test_landing_page_without_notices_says_so(read, path: str) -> None:
    assert len(read(path).xpath("//div[@class='cp-empty']/h2")) == 1


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_residents_pages_only_answer_reading(client: Client, method: str) -> None:
    assert getattr(client, method)("/notices/").status_code == 405

"""The home page: what is wrong first, then what is on, then where the town is heading."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.enums import Kind
from tests import factories
from tests.factories import Cast
from tests.updates.public.conftest import many, words
from updates.enums import Urgency
from updates.models import ProjectDetail
from updates.transitions import Action
from updates.workflow import perform

pytestmark = pytest.mark.django_db


def test_home_without_notices_says_so_in_every_section(read) -> None:
    page = read("/")

    assert words(page, "//h1") == ["What is happening in Riverbank"]
    assert words(page, "//section[@aria-labelledby='now']/p") == [
        "Nothing is out, and no works are planned that we know of."
    ]
    assert words(page, "//section[@aria-labelledby='coming']/p") == ["No event is announced at the moment."]
    assert words(page, "//section[@aria-labelledby='news']/p") == ["No other news at the moment."]


def test_place_box_lets_people_paste_what_they_like(read) -> None:
    assert read("/").xpath("//input[@name='place']/@maxlength") == []


def test_home_puts_each_kind_in_its_section(read, cast: Cast) -> None:
    for kind in Kind:
        factories.published(cast, kind, title=f"About {kind.value}")

    page = read("/")

    assert words(page, "//section[@aria-labelledby='now']//h3") == ["About outage"]
    assert words(page, "//section[@aria-labelledby='coming']//h3") == ["About event"]
    assert words(page, "//div[@class='cp-horizon']//a") == ["About project"]
    assert words(page, "//section[@aria-labelledby='news']//h3") == ["About general"]


def test_home_shows_the_loudest_outage_first(read, cast: Cast) -> None:
    factories.published(cast, title="A drain", urgency=Urgency.IMPORTANT)
    factories.published(cast, title="A tap")

    assert words(read("/"), "//section[@aria-labelledby='now']//h3") == ["A drain", "A tap"]


def test_home_leaves_out_what_ended_or_was_withdrawn(read, cast: Cast) -> None:
    perform(Action.END, factories.published(cast, title="Over"), by=cast.author)
    gone = factories.published(cast, title="Wrong")
    perform(Action.WITHDRAW, gone, by=cast.author, note="It was wrong.")

    assert words(read("/"), "//h3[@class='cp-card__title']") == []


def test_home_groups_projects_by_when_they_are_felt(read, cast: Cast) -> None:
    far = factories.published(cast, Kind.PROJECT, title="A bridge")
    # As the workflow writes it when an edition with this horizon goes live.
    ProjectDetail.objects.filter(edition=far).update(horizon="long_term")
    far.notice.horizon = "long_term"
    far.notice.save()

    columns = read("/").xpath("//div[@class='cp-horizon']/div")

    assert [words(column, ".//a") for column in columns] == [[], [], ["A bridge"]]


def test_emergency_banner_stands_on_every_page_but_its_own(read, cast: Cast) -> None:
    live = factories.published(cast, title="Boil your water", urgency=Urgency.EMERGENCY)
    banner = "//section[@class='cp-emergency']//p[@class='cp-emergency__title']"

    pages = ["/", "/notices/", "/outages/", "/events/", "/projects/", "/accessibility/", "/privacy/"]

    assert [words(read(path), banner) for path in pages] == [["Boil your water"]] * len(pages)
    assert words(read(live.notice.get_absolute_url()), banner) == []


def test_banner_goes_when_the_emergency_is_over(read, cast: Cast) -> None:
    live = factories.published(cast, urgency=Urgency.EMERGENCY)
    perform(Action.END, live, by=cast.author)

    assert words(read("/"), "//section[@class='cp-emergency']") == []


def test_pages_ask_the_same_number_of_queries_at_4_and_at_32_notices(client: Client, cast: Cast) -> None:
    many(cast, 4)
    few = _queries(client)
    many(cast, 28)

    assert _queries(client) == few
    assert max(few.values()) <= 10


def _queries(client: Client) -> dict[str, int]:
    """Return how many queries each page of many notices asks."""
    asked = {}
    for path in ("/", "/notices/", "/outages/", "/events/", "/projects/", "/feeds/notices.atom"):
        with CaptureQueriesContext(connection) as caught:
            client.get(path)
        asked[path] = len(caught)
    return asked

"""What is out now: by ward, service and state, works by date, and the history of an estimate."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import factories
from tests.factories import Cast
from tests.updates.outages.conftest import START, live_at, then
from tests.updates.public.conftest import read, words  # noqa: F401 the fixture

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
CARDS = "//section[@aria-labelledby='{}']//h3"


@pytest.fixture
def town(cast: Cast):
    """Two wards: water is off in one, a road closed everywhere, works planned, power back."""
    quayside, abbey = factories.ward("Quayside"), factories.ward("Abbey")
    live_at(cast, wards=[quayside], title="Water is off")
    live_at(cast, START + HOUR, title="Road closed", service="roads", state="repairing")
    live_at(cast, wards=[abbey], title="Power is back", service="power", state="restored", restored_at=START)
    for days, title in ((9, "Later works"), (2, "Sooner works")):
        window = {"planned_from_at": START + days * DAY, "planned_to_at": START + days * DAY + HOUR}
        live_at(cast, wards=[abbey], title=title, state="planned", **window)
    return {"quayside": quayside, "abbey": abbey}


def shown(page) -> dict[str, list[str]]:
    return {part: words(page, CARDS.format(part)) for part in ("out", "planned", "restored")}


def test_overview_tells_out_planned_and_restored_apart(town, read):  # noqa: F811
    page = read("/outages/")

    assert shown(page) == {
        "out": ["Road closed", "Water is off"],
        "planned": ["Sooner works", "Later works"],
        "restored": ["Power is back"],
    }
    assert words(page, "//span[@class='cp-chip']") == ["Investigating: 1", "Repairing: 1"]


def test_overview_counts_by_service_and_ward(town, read):  # noqa: F811
    page = read("/outages/")

    rows = "//section[@aria-labelledby='by-service']//tbody/tr"
    table = [words(row, "th|td") for row in page.xpath(rows)]
    assert table == [["Water", "1", "0", "2"], ["Power", "0", "1", "0"], ["Roads", "1", "0", "0"]]
    assert words(page, "//section[@aria-labelledby='where-out']//li") == ["Abbey: 1", "Quayside: 2"]


def test_overview_narrows_to_a_ward_and_keeps_what_is_for_everybody(town, read):  # noqa: F811
    page = read(f"/outages/?ward={town['quayside'].slug}")

    assert shown(page) == {"out": ["Road closed", "Water is off"], "planned": [], "restored": []}


def test_overview_narrows_to_a_service(town, read):  # noqa: F811
    assert shown(read("/outages/?service=roads"))["out"] == ["Road closed"]


def test_filter_that_finds_nothing_leads_back(town, read):  # noqa: F811
    page = read("/outages/?service=telecoms")

    assert words(page, "//div[@class='cp-empty']/h2") == ["Nothing is out here"]
    assert page.xpath("//div[@class='cp-empty']//a/@href") == ["/outages/"]


@pytest.mark.parametrize(
    "query", ["ward=nowhere", "service=magic", "ward=%00", "service[]=1", "ward=" + "x" * 999]
)
def test_filter_that_makes_no_sense_is_left_out(town, read, query):  # noqa: F811
    assert shown(read(f"/outages/?{query}"))["out"] == ["Road closed", "Water is off"]


def test_overview_asks_as_many_queries_for_many_as_for_few(cast: Cast, client: Client):
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get("/outages/")
        return len(queries)

    live_at(cast)
    few = asked()
    for number in range(12):
        live_at(cast, START + number * HOUR)

    assert asked() == few


def test_whole_history_of_the_estimate_stands_on_the_page(cast: Cast, read):  # noqa: F811
    live = live_at(cast)
    said = {"estimate_to_at": START + 3 * HOUR, "estimate_stage": "area"}
    second = then(cast, live, START + HOUR, "Cause found.", state="identified", **said)
    then(cast, second, START + 2 * HOUR, "Nothing new yet.")
    later = {"estimate_from_at": START + 5 * HOUR, "estimate_to_at": START + 6 * HOUR}
    then(cast, live, START + 3 * HOUR, "The trench fell in.", estimate_stage="revised", **later)

    page = read(live.notice.get_absolute_url())

    assert words(page, "//section[@aria-labelledby='estimates']//li") == [
        "Sun 22 Nov, 7pm to 8pm (changed since we first said it) Said Sun 22 Nov, 5pm: The trench fell in.",
        "no longer: Sun 22 Nov, 5pm (first guess, for the whole area) Said Sun 22 Nov, 3pm: Cause found.",
        "no longer: Not known yet (still finding out) Said Sun 22 Nov, 2pm",
    ]

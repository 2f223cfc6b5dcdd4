"""The pages of events: by day, by month, one event; what lapses, what moved, what cannot be understood."""

from datetime import datetime

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from lxml import html

from tests import factories
from updates.due import run_due
from updates.transitions import Action
from updates.workflow import perform

from .conftest import local, weekly

ONCE = {"starts_at": local("2026-11-28 14:00"), "ends_at": local("2026-11-28 17:00"), "venue": "Town Quay"}


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(local("2026-11-20 09:00"), tick=False) as traveller:
        yield traveller


def read(path: str) -> html.HtmlElement:
    response = Client().get(path)
    assert response.status_code == 200
    return html.fromstring(response.content.decode())


def times(starts: str, ends: str) -> dict[str, datetime]:
    return {"starts_at": local(starts), "ends_at": local(ends)}


def texts(page: html.HtmlElement, path: str) -> list[str]:
    return [" ".join(found.text_content().split()) for found in page.xpath(path)]


def listed(path: str = "/events/") -> list[tuple[str, list[str]]]:
    """Return the days of the list with the headlines under each."""
    days = read(path).xpath("//section[@class='cp-day']")
    return [(texts(day, "h2")[0], texts(day, ".//h3")) for day in days]


def month_of(path: str) -> dict[str, list[str]]:
    """Return what the month's table says, by the day as a phone shows it."""
    cells = read(path).xpath("//table[contains(@class,'cp-month')]//td[.//li]")
    return {texts(cell, "p")[0]: texts(cell, ".//li") for cell in cells}


def test_list_holds_every_coming_date_under_its_day(publish):
    publish(weekly(), title="Tea")
    publish({**ONCE, **times("2026-12-08 10:00", "2026-12-08 12:00")}, title="Walk")

    assert listed() == [
        ("Tuesday 24 November 2026", ["Tea"]),
        ("Tuesday 8 December 2026", ["Walk", "Tea"]),
        ("Tuesday 15 December 2026", ["Tea"]),
    ]


def test_date_that_is_over_leaves_the_list(publish, clock):
    publish(weekly(), title="Tea")
    clock.move_to(local("2026-11-24 21:00"))
    run_due()

    assert [day for day, _titles in listed()] == ["Tuesday 8 December 2026", "Tuesday 15 December 2026"]


def test_event_that_is_over_leaves_the_list_and_stays_in_its_month(publish, clock):
    publish(ONCE, title="Concert")
    clock.move_to(local("2026-11-29 09:00"))
    run_due()

    assert listed() == []
    assert month_of("/events/2026-11/") == {"Saturday 28 November": ["2pm to 5pm Concert (ended)"]}


def test_withdrawn_event_is_on_no_list(cast, publish):

    perform(Action.WITHDRAW, publish(ONCE), by=cast.author, note="A mistake.")

    assert (listed(), month_of("/events/2026-11/")) == ([], {})


def test_postponed_event_waits_for_its_date_once_the_old_one_has_passed(publish, clock):
    publish({**ONCE, "event_status": "postponed"}, title="Concert")
    before = listed()
    clock.move_to(local("2026-11-29 09:00"))
    run_due()

    page = read("/events/")
    assert before == [("Saturday 28 November 2026", ["Postponed: Concert"])]
    assert texts(page, "//section[@aria-labelledby='undated']//li") == ["Postponed: Concert"]
    assert texts(page, "//section[@class='cp-day']") == []


def test_event_across_midnight_stands_on_its_evening_in_the_month(publish):
    publish({**ONCE, **times("2026-11-30 22:00", "2026-12-01 02:00")}, title="Ball")

    assert month_of("/events/2026-11/") == {"Monday 30 November": ["10pm to 2am Ball"]}
    assert read("/events/2026-12/").xpath("//table//li") == []


def test_event_over_several_days_stands_on_each_of_them(publish):
    publish({**ONCE, **times("2026-11-29 10:00", "2026-12-01 17:00")}, title="Fair")

    assert month_of("/events/2026-11/") == {
        "Sunday 29 November": ["from 10am Fair"],
        "Monday 30 November": ["all day Fair"],
    }
    assert month_of("/events/2026-12/") == {"Tuesday 1 December": ["until 5pm Fair"]}


def test_months_lead_to_each_other_only_where_something_is_on(publish):
    publish(weekly(), title="Tea")

    links = {path: texts(read(path), "//nav[@class='cp-month-links'][1]/a") for path in MONTHS}

    assert links == {
        "/events/2026-11/": ["December 2026"],
        "/events/2026-12/": ["November 2026"],
        "/events/2027-01/": ["December 2026"],
    }


MONTHS = ("/events/2026-11/", "/events/2026-12/", "/events/2027-01/")


@pytest.mark.parametrize(
    "path", ["/events/2026-13/", "/events/2026-0/", "/events/1066-10/", "/events/9999-1/"]
)
def test_month_there_is_not_is_not_found(db, path):
    assert Client().get(path).status_code == 404


def test_events_are_narrowed_by_ward_and_cost(publish):
    quayside, millgate = factories.ward("Quayside"), factories.ward("Millgate")
    publish({**ONCE, "cost": "Free, no booking"}, title="Here, free", wards=[quayside])
    publish({**ONCE, "cost": "£4"}, title="Here, not free", wards=[quayside])
    publish({**ONCE, "cost": "Free"}, title="Elsewhere", wards=[millgate])

    query = f"?ward={quayside.slug}&cost=free"
    assert [titles for _day, titles in listed(f"/events/{query}")] == [["Here, free"]]
    assert month_of(f"/events/2026-11/{query}") == {"Saturday 28 November": ["2pm to 5pm Here, free"]}
    feed = read(f"/events/{query}").xpath("//a[starts-with(@href,'webcal:')]/@href")
    assert feed == [f"webcal://riverbank.example/feeds/events.ics?ward={quayside.slug}"]


@pytest.mark.parametrize("query", ["ward=atlantis", "cost=%00x", "page=99", "page=x", "ward=x%00"])
def test_what_cannot_be_understood_is_said_and_left_out(publish, query):
    publish(ONCE, title="Concert")

    page = read(f"/events/?{query}")

    assert texts(page, "//h3") == ["Concert"]
    assert (
        page.xpath("//*[contains(@class,'cp-message') or contains(@class,'govuk-error-message')]")
        or "%00" in query
    )


def test_empty_pages_say_what_to_do_next(db):
    assert read("/events/").xpath("//main//a[contains(@href,'state=ended')]")
    assert texts(read("/events/?cost=free"), "//main//a[@href='/events/']") == ["Show all events"]
    assert texts(read("/events/2026-11/"), "//main//h2")[0] == "Nothing is announced for November 2026"


@pytest.mark.parametrize("path", ["/events/", "/events/2026-11/"])
def test_page_asks_as_many_queries_for_many_events_as_for_two(publish, path):
    counts = []
    for made in (2, 18):
        for number in range(made):
            publish(ONCE if number % 2 else weekly())
        with CaptureQueriesContext(connection) as asked:
            read(path)
        counts.append(len(asked))

    assert counts[0] == counts[1] <= 6


# --- The page of one event --------------------------------------------------------------------------


def answers(edition) -> list[str]:
    return texts(read(edition.notice.get_absolute_url()), "//dl[@class='cp-answers']/div")


def test_moved_event_shows_the_old_time_and_place_struck_through(publish):
    live = publish(ONCE, title="Concert")
    later = {
        "starts_at": local("2026-11-29 15:00"),
        "ends_at": local("2026-11-29 18:00"),
        "venue": "Corn Hall",
    }
    moved = publish({**later, "event_status": "moved"}, after=live)

    expected = [
        "When 3pm to 6pm Sunday 29 November was Sat 28 Nov, 2pm to 5pm",
        "Where Corn Hall was Town Quay",
    ]
    assert answers(moved) == expected
    page = read(moved.notice.get_absolute_url())
    assert texts(page, "//dl//del") == ["was Sat 28 Nov, 2pm to 5pm", "was Town Quay"]
    assert texts(page, "//h1") == ["Moved: Concert"]


def test_struck_out_time_stays_when_a_later_edition_only_changes_words(publish):
    moved = publish({"venue": "Corn Hall", "event_status": "moved"}, after=publish(ONCE))

    again = publish(after=moved, summary="Bring a scarf.")

    assert answers(again)[1] == "Where Corn Hall was Town Quay"


def test_postponed_event_says_that_a_new_date_follows(publish):
    live = publish({**ONCE, "event_status": "postponed"})

    assert answers(live)[0] == "When New date to be announced was Sat 28 Nov, 2pm to 5pm"


def test_cancelled_event_offers_no_calendar_file(publish):
    going = publish(ONCE)
    link = f"//a[@href='/notices/{going.notice.reference}/event.ics']"
    before = read(going.notice.get_absolute_url()).xpath(link)

    publish({"event_status": "cancelled"}, after=going)

    assert (len(before), read(going.notice.get_absolute_url()).xpath(link)) == (1, [])


def test_repeating_event_shows_its_next_date_its_rule_and_its_exceptions(publish, clock):
    live = publish(weekly())
    clock.move_to(local("2026-11-24 22:00"))
    run_due()

    page = read(live.notice.get_absolute_url())

    assert answers(live)[0] == "When 7pm to 9pm Tuesday 8 December. Every Tuesday until 15 December 2026."
    assert "Not on 1 December 2026." in texts(page, "//section[@aria-labelledby='dates']/p")[0]
    assert texts(page, "//ul[contains(@class,'cp-dates')]/li") == [
        "Tue 8 Dec 2026, 7pm to 9pm",
        "Tue 15 Dec 2026, 7pm to 9pm",
    ]


def test_home_page_shows_the_next_date_of_a_series(publish, clock):
    publish(weekly(), title="Tea")
    clock.move_to(local("2026-12-02 09:00"))
    run_due()

    assert read("/").xpath("//time[@class='cp-date']/@datetime") == ["2026-12-08"]

"""Calendars in the programs of other people: the same times, the same entry after a move, nothing broken."""

from datetime import UTC, date, datetime, timedelta

import icalendar
import pytest
import time_machine
import vobject
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.http import http_date

from tests import factories
from updates.due import run_due
from updates.events import calendar, recurrence
from updates.models import EventDetail, Notice
from updates.transitions import Action
from updates.workflow import perform

from .clients import Subscriber, read_by_dateutil, read_by_vobject
from .conftest import local, shown, weekly

FEED = "/feeds/events.ics"
ONCE = {"starts_at": local("2026-11-28 14:00"), "ends_at": local("2026-11-28 17:00"), "venue": "Town Quay"}


@pytest.fixture
def clock():
    with time_machine.travel(local("2026-11-20 09:00"), tick=False) as traveller:
        yield traveller


def fetched(path: str = FEED) -> bytes:
    response = Client().get(path)
    assert (response.status_code, response["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    return response.content


def entries(content: bytes) -> list[icalendar.Event]:
    return list(icalendar.Calendar.from_ical(content).walk("VEVENT"))


def only(content: bytes) -> icalendar.Event:
    found = entries(content)
    assert len(found) == 1
    return found[0]


def single_of(edition) -> str:
    return f"/notices/{edition.notice.reference}/event.ics"


SERIES = {
    "weekly but one": weekly(),
    "weekly over the end of summer time": weekly(
        starts_at=local("2027-10-19 19:00"),
        ends_at=local("2027-10-19 21:00"),
        repeats_until_on=date(2027, 11, 16),
        except_on=["2027-11-02"],
    ),
    "nights over both changes": weekly(
        starts_at=local("2027-03-20 22:00"),
        ends_at=local("2027-03-21 06:00"),
        repeats_until_on=date(2027, 11, 6),
        except_on=[],
    ),
    "a night that begins with the change": weekly(
        starts_at=local("2027-03-27 22:00"),
        ends_at=local("2027-03-28 06:00"),
        repeats_until_on=date(2027, 4, 10),
        except_on=[],
    ),
    "in the hour that comes twice": weekly(
        starts_at=local("2027-10-30 01:30"),
        ends_at=local("2027-10-30 01:50"),
        repeats="daily",
        repeats_until_on=date(2027, 11, 2),
        except_on=[],
    ),
    "in the hour that never comes": weekly(
        starts_at=local("2027-03-27 01:30"),
        ends_at=local("2027-03-27 01:50"),
        repeats="daily",
        repeats_until_on=date(2027, 3, 30),
        except_on=[],
    ),
    "every month on the 31st": weekly(
        starts_at=local("2026-12-31 10:00"),
        ends_at=local("2026-12-31 11:00"),
        repeats="monthly_date",
        repeats_until_on=date(2027, 12, 31),
        except_on=["2027-03-31"],
    ),
    "last Friday of the month, the first one excepted": weekly(
        starts_at=local("2027-01-29 18:00"),
        ends_at=local("2027-01-29 20:00"),
        repeats="monthly_weekday",
        repeats_until_on=date(2027, 12, 31),
        except_on=["2027-01-29", "2027-12-31"],
    ),
}


@pytest.mark.parametrize("name", SERIES)
@pytest.mark.parametrize("read", [read_by_vobject, read_by_dateutil])
def test_other_programs_expand_a_series_to_the_dates_of_the_page(publish, clock, name, read):
    live = publish(SERIES[name])

    expected = [tuple(span) for span in recurrence.spans_of(live.event)]
    assert list(read(fetched()).values()) == [expected]
    rows = live.notice.occurrences.values_list("starts_at", "ends_at")
    assert list(rows) == expected


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2026-10-25T00:30+00:00", "2026-10-25T01:30+00:00"),  # 1:30am for the first time, to 1:30am again
        ("2026-10-25T01:15+00:00", "2026-10-25T01:45+00:00"),  # 1:15am for the second time
    ],
)
def test_times_the_clock_shows_twice_are_the_right_ones(publish, clock, start, end):
    clock.move_to(local("2026-10-20 09:00"))
    span = tuple(datetime.fromisoformat(text).astimezone(UTC) for text in (start, end))
    publish({"starts_at": span[0], "ends_at": span[1]})

    assert read_by_vobject(fetched()) == read_by_dateutil(fetched())
    assert list(read_by_vobject(fetched()).values()) == [[span]]


def test_moved_event_is_the_same_entry_at_its_new_time(publish, clock):
    live = publish(ONCE, title="Concert")
    subscriber = Subscriber()
    subscriber.take(fetched())
    before = dict(subscriber.kept)
    later = {"starts_at": local("2026-11-29 15:00"), "ends_at": local("2026-11-29 18:00")}

    clock.shift(timedelta(hours=1))
    publish({**later, "venue": "Corn Hall", "event_status": "moved"}, after=live)
    subscriber.take(fetched())

    [(uid, old)], [new] = before.items(), subscriber.kept.values()
    assert (uid, str(new["UID"])) == (f"{live.notice.reference}@riverbank.example",) * 2
    assert new["SEQUENCE"] > old["SEQUENCE"]
    assert (shown(new.start), str(new["LOCATION"]), str(new["SUMMARY"])) == (
        "2026-11-29 15:00",
        "Corn Hall",
        "Moved: Concert",
    )
    assert new["LAST-MODIFIED"].dt > old["LAST-MODIFIED"].dt


@pytest.mark.parametrize(
    ("status", "said", "title"),
    [
        ("going_ahead", "CONFIRMED", "Concert"),
        ("moved", "CONFIRMED", "Moved: Concert"),
        ("postponed", "TENTATIVE", "Postponed: Concert"),
        ("cancelled", "CANCELLED", "Cancelled: Concert"),
    ],
)
def test_status_is_said_in_the_entry_and_in_its_title(publish, clock, status, said, title):
    publish({**ONCE, "event_status": status}, title="Concert")

    entry = only(fetched())
    assert (str(entry["STATUS"]), str(entry["SUMMARY"])) == (said, title)


def test_withdrawn_event_is_cancelled_and_says_only_why(cast, publish, clock):
    live = publish(ONCE, title="Concert", summary="With Jo Bloggs of 4 Quay Street.")
    sequence = only(fetched())["SEQUENCE"]

    perform(Action.WITHDRAW, live, by=cast.author, note="It named a resident.")

    entry = only(fetched())
    assert (str(entry["STATUS"]), str(entry["SUMMARY"])) == ("CANCELLED", "Withdrawn: Concert")
    assert entry["SEQUENCE"] > sequence
    assert "It named a resident." in entry["DESCRIPTION"]
    assert b"Bloggs" not in fetched() + fetched(single_of(live))


def test_cancelled_event_stays_in_the_feed_after_its_date(publish, clock):
    publish({**ONCE, "event_status": "cancelled"})

    clock.move_to(local("2026-12-20 09:00"))
    run_due()

    assert str(only(fetched())["STATUS"]) == "CANCELLED"


def test_single_file_is_the_entry_of_the_feed(publish, clock):
    live = publish(weekly())
    publish(ONCE)

    response = Client().get(single_of(live))

    assert response["Content-Disposition"] == f'attachment; filename="{live.notice.reference}.ics"'
    ours = [entry for entry in entries(fetched()) if entry["UID"].startswith(live.notice.reference)]
    assert [entry.to_ical() for entry in entries(response.content)] == [entry.to_ical() for entry in ours]


def test_hostile_words_stay_inside_their_property(publish, clock):
    nasty = 'a;b,c\\n\\ "q" \x07 é\u2028'
    live = publish(
        {**ONCE, "venue": nasty, "access": "x\r\nEND:VEVENT\r\nBEGIN:VALARM", "cost": "£4;\nURL:http://evil"},
        title=nasty[:80],
        summary="Line one\r\nATTENDEE:mailto:victim@example.org\rX-EVIL:1",
    )

    for content in (fetched(), fetched(single_of(live))):
        entry = only(content)
        assert "ATTENDEE" not in entry
        assert str(entry["LOCATION"]) == nasty.replace("\x07", " ")
        assert str(entry["URL"]).startswith("https://riverbank.example/notices/")
        assert "ATTENDEE:mailto:victim@example.org" in str(entry["DESCRIPTION"])
        assert vobject.readOne(content.decode()).vevent.location.value == nasty.replace("\x07", " ")
        assert max(len(line) for line in content.split(b"\r\n")) <= 75
        assert b"\x07" not in content


def test_feed_of_a_ward_holds_what_concerns_it(publish, clock):
    quayside, millgate = factories.ward("Quayside"), factories.ward("Millgate")
    publish(ONCE, title="Here", wards=[quayside])
    publish(ONCE, title="Elsewhere", wards=[millgate])
    publish(ONCE, title="Everywhere")

    content = fetched(f"{FEED}?ward={quayside.slug}")

    assert sorted(str(entry["SUMMARY"]) for entry in entries(content)) == ["Everywhere", "Here"]
    assert b"X-WR-CALNAME:Riverbank Borough Council: events in Quayside" in content


@pytest.mark.parametrize("query", ["ward=atlantis", "ward=%00", "kind=project", "kind=%00", "ward=a%0d%0ab"])
def test_feed_of_something_there_is_not_is_not_found(db, query):
    assert Client().get(f"{FEED}?{query}").status_code == 404


def test_empty_feed_is_a_calendar(db):
    assert vobject.readOne(fetched().decode()).contents.get("vevent", []) == []


def test_planned_works_have_a_feed_of_their_own(cast, clock):
    live = factories.published(cast, title="New valves in Quay Street")
    window = {"planned_from_at": local("2026-12-01 22:00"), "planned_to_at": local("2026-12-02 05:00")}
    vars(live.outage).update(window)
    live.outage.save()

    entry = only(fetched(f"{FEED}?kind=outage"))

    assert (shown(entry.start), shown(entry.end)) == ("2026-12-01 22:00", "2026-12-02 05:00")
    assert entries(fetched()) == []
    assert only(fetched(single_of(live)))["UID"] == entry["UID"]


def test_notice_without_a_time_has_no_file(cast, clock):
    live = factories.published(cast, "general")

    assert Client().get(single_of(live)).status_code == 404
    assert Client().get("/notices/ZZZZZ/event.ics").status_code == 404


def test_draft_has_no_file(cast, clock):
    assert Client().get(single_of(factories.draft(cast, "event"))).status_code == 404


def test_program_that_asks_again_is_told_that_nothing_changed(publish, clock):
    live = publish(ONCE)
    first = {path: Client().get(path) for path in (FEED, single_of(live))}

    def again() -> list[int]:
        asked = [Client().get(path, HTTP_IF_NONE_MATCH=seen["ETag"]) for path, seen in first.items()]
        dated = first[single_of(live)]["Last-Modified"]
        return [*(each.status_code for each in asked), by_date(single_of(live), dated)]

    before = again()
    clock.shift(timedelta(minutes=5))
    publish({"event_status": "cancelled"}, after=live)

    assert (before, again()) == ([304, 304, 304], [200, 200, 200])


def by_date(path: str, dated: str) -> int:
    return Client().get(path, HTTP_IF_MODIFIED_SINCE=dated).status_code


def test_program_that_asks_by_date_hears_of_an_event_that_left_its_ward(publish, clock):
    quayside, millgate = factories.ward("Quayside"), factories.ward("Millgate")
    path = f"{FEED}?ward={quayside.slug}"
    live = publish(ONCE, wards=[quayside])
    now = http_date(local("2026-11-21 09:00").timestamp())
    clock.shift(timedelta(minutes=5))
    publish(after=live, wards=[millgate])

    assert (by_date(path, now), entries(fetched(path))) == (200, [])


def test_feed_asks_as_many_queries_for_thirty_events_as_for_two(publish, clock):
    counts = []
    for made in (2, 28):
        for number in range(made):
            publish(weekly() if number % 2 else ONCE)
        with CaptureQueriesContext(connection) as asked:
            found = entries(fetched())
        counts.append(len(asked))

    assert (len(found), counts[0]) == (30, counts[1])


def test_feed_says_what_clients_need(publish, clock):
    publish(ONCE)

    made = icalendar.Calendar.from_ical(fetched())

    assert (str(made["METHOD"]), str(made["X-WR-TIMEZONE"])) == ("PUBLISH", "Europe/London")
    assert [str(zone["TZID"]) for zone in made.walk("VTIMEZONE")] == ["Europe/London"]
    entry = only(fetched())
    assert entry["ORGANIZER"].params["CN"] == "Riverbank Borough Council"
    required = {
        "UID",
        "DTSTAMP",
        "DTSTART",
        "DTEND",
        "SEQUENCE",
        "LAST-MODIFIED",
        "STATUS",
        "URL",
        "ORGANIZER",
    }
    assert required <= set(entry)


def test_gone_events_are_limited(publish, clock, monkeypatch):
    monkeypatch.setattr(calendar, "MOST_GONE", 1)
    for _number in range(2):
        publish(ONCE)
    Notice.objects.update(ended_at=local("2026-11-29 09:00"))

    assert len(entries(fetched())) == 1


def test_detail_of_an_event_is_never_asked_for_the_time(publish, clock):
    live = publish(weekly())
    first = fetched()

    clock.move_to(local("2026-12-03 09:00"))

    assert fetched() == first
    assert EventDetail.objects.get(pk=live.pk).except_on == ["2026-12-01"]

"""Digests: at seven by the council's clock, each item once, never empty, caught up, exactly once."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from outbox.enums import Status
from subscriptions import digests
from subscriptions.enums import Cadence, Occasion
from subscriptions.models import Batch, Mailing, Subscription
from tests import factories
from updates.enums import Urgency
from updates.models import Edition
from updates.transitions import Action
from updates.workflow import perform

from .conftest import at, body, deliver, publish_next, subscriber

pytestmark = pytest.mark.django_db
LONDON = ZoneInfo("Europe/London")


def london(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=LONDON).astimezone(dt.UTC)


@pytest.mark.parametrize(
    ("occasion", "now", "due"),
    [
        (Occasion.DAILY, "2026-11-22T06:59:59", "2026-11-21"),
        (Occasion.DAILY, "2026-11-22T07:00", "2026-11-22"),
        (Occasion.DAILY, "2026-11-22T23:59", "2026-11-22"),
        # The clocks go forward on 29 March and back on 25 October.
        (Occasion.DAILY, "2026-03-29T06:59", "2026-03-28"),
        (Occasion.DAILY, "2026-03-29T07:00", "2026-03-29"),
        (Occasion.DAILY, "2026-10-25T06:59", "2026-10-24"),
        (Occasion.DAILY, "2026-10-25T07:00", "2026-10-25"),
        (Occasion.WEEKLY, "2026-11-22T12:00", "2026-11-16"),
        (Occasion.WEEKLY, "2026-11-23T06:59", "2026-11-16"),
        (Occasion.WEEKLY, "2026-11-23T07:00", "2026-11-23"),
        (Occasion.WEEKLY, "2026-11-29T23:00", "2026-11-23"),
    ],
)
def test_digest_is_due_at_seven_by_the_councils_clock(occasion, now, due):
    assert digests.due_on(occasion, london(now)) == dt.date.fromisoformat(due)


@pytest.mark.parametrize(("day", "utc"), [("2026-07-01", 6), ("2026-12-01", 7)])
def test_seven_is_seven_in_summer_and_winter(day, utc):
    assert digests.moment(dt.date.fromisoformat(day)).hour == utc


NOW = london("2026-11-25T07:03")  # a Wednesday


def published(cast, when: str, **fields) -> Edition:
    """Publish, as if it had been at `when` by the council's clock."""
    edition = factories.published(cast, **fields)
    Edition.objects.filter(pk=edition.pk).update(published_at=london(when))
    return edition


def headlines(message) -> list[str]:
    """Return the items of a digest in their order."""
    lines = body(message).splitlines()
    return [line for line in lines if line.startswith("Item ")]


def test_daily_digest_holds_what_was_published_since_the_last(cast, mail_server):
    subscriber(cadence=Cadence.DAILY)
    for name, when in (
        ("Item before", "2026-11-24T07:00"),
        ("Item first", "2026-11-24T07:01"),
        ("Item last", "2026-11-25T07:00"),
        ("Item after", "2026-11-25T07:01"),
    ):
        published(cast, when, title=name)
    digests.make_due(NOW)
    deliver()

    (message,) = mail_server.box
    assert headlines(message) == ["Item last", "Item first"]
    assert message["Subject"] == "Item last, and 1 more"
    assert message["List-Id"] == "<digests.riverbank.example>"


def test_item_stands_once_with_two_subscriptions_that_ask_for_it(cast, mail_server):
    factories.ward("Quayside")
    subscriber(cadence=Cadence.DAILY)
    subscriber(cadence=Cadence.DAILY, **at("Quayside"))
    published(cast, "2026-11-24T12:00", title="Item one")
    digests.make_due(NOW)
    deliver()

    (message,) = mail_server.box
    assert headlines(message) == ["Item one"]
    assert "the whole borough and Quayside" in body(message)


def test_two_subscriptions_bring_what_either_asks_for(cast, mail_server):
    quayside, millgate = factories.ward("Quayside"), factories.ward("Millgate")
    subscriber(cadence=Cadence.DAILY, **at("Quayside"))
    subscriber(cadence=Cadence.DAILY, **at("Millgate"))
    published(cast, "2026-11-24T12:00", title="Item quay", wards=[quayside])
    published(cast, "2026-11-24T13:00", title="Item mill", wards=[millgate])
    digests.make_due(NOW)
    deliver()

    assert headlines(mail_server.box[0]) == ["Item mill", "Item quay"]


def test_notice_with_three_editions_stands_once_as_it_is_now(cast, mail_server):
    subscriber(cadence=Cadence.DAILY)
    live = published(cast, "2026-11-24T12:00", title="Item old")
    publish_next(cast, live, title="Item new")
    Edition.objects.update(published_at=london("2026-11-24T13:00"))
    digests.make_due(NOW)
    deliver()

    assert headlines(mail_server.box[0]) == ["Item new"]


def test_empty_digest_is_never_sent(cast, mail_server):
    subscriber(cadence=Cadence.DAILY)
    subscriber("events@mail.example", cadence=Cadence.DAILY, wants_outage=False)
    digests.make_due(NOW)
    published(cast, "2026-11-25T12:00", title="Item one")
    digests.make_due(NOW + dt.timedelta(days=1))
    deliver()

    assert [message["To"] for message in mail_server.box] == ["jan@mail.example"]


def test_withdrawn_item_is_left_out_and_an_ended_one_marked(cast, mail_server):
    subscriber(cadence=Cadence.DAILY)
    withdrawn = published(cast, "2026-11-24T12:00", title="Item withdrawn")
    ended = published(cast, "2026-11-24T13:00", title="Item ended")
    digests.make_due(NOW)
    perform(Action.WITHDRAW, withdrawn, by=cast.approver, note="Wrong.")
    perform(Action.END, ended, by=cast.approver)
    deliver()

    (message,) = mail_server.box
    assert headlines(message) == ["Item ended"]
    assert body(message).splitlines()[2:4] == ["Ended", "Item ended"]


def test_digest_of_withdrawn_items_alone_is_not_sent(cast, mail_server):
    subscriber(cadence=Cadence.DAILY)
    withdrawn = published(cast, "2026-11-24T12:00")
    digests.make_due(NOW)
    perform(Action.WITHDRAW, withdrawn, by=cast.approver, note="Wrong.")
    deliver()

    assert (mail_server.box, Batch.objects.get().status) == ([], Status.SENT)


def test_minor_edition_is_no_item(cast, mail_server):
    subscriber(cadence=Cadence.DAILY)
    live = published(cast, "2026-11-20T12:00")
    minor = publish_next(cast, live, is_minor=True)
    Edition.objects.filter(pk=minor.pk).update(published_at=london("2026-11-24T13:00"))
    digests.make_due(NOW)

    assert Batch.objects.count() == 0


def test_what_was_told_at_once_is_not_told_again(cast, mail_server):
    subscriber()
    published(cast, "2026-11-24T12:00")
    deliver()
    Subscription.objects.update(cadence=Cadence.DAILY)
    digests.make_due(NOW)
    deliver()

    assert len(mail_server.box) == 1


def test_running_again_makes_no_second_digest(cast, mail_server):
    subscriber(cadence=Cadence.DAILY)
    published(cast, "2026-11-24T12:00")
    made = [digests.make_due(NOW + dt.timedelta(minutes=5 * number)) for number in range(3)]
    deliver()
    deliver()

    assert [len(batches) for batches in made] == [1, 0, 0]
    assert len(mail_server.box) == 1


def test_portal_that_was_off_catches_up_with_one_digest(cast, mail_server):
    subscriber(cadence=Cadence.DAILY)
    digests.make_due(NOW - dt.timedelta(days=3))
    for number, day in enumerate((23, 24, 25), start=1):
        published(cast, f"2026-11-{day}T05:00", title=f"Item {number}")
    digests.make_due(NOW + dt.timedelta(hours=9))
    deliver()

    assert [headlines(message) for message in mail_server.box] == [["Item 3", "Item 2", "Item 1"]]


def test_portal_that_was_off_for_long_catches_up_a_week_and_no_more(cast, mail_server):
    subscriber(cadence=Cadence.DAILY)
    digests.make_due(NOW - dt.timedelta(days=30))
    published(cast, "2026-11-18T06:00", title="Item older than a week")
    published(cast, "2026-11-18T08:00", title="Item of the week")
    digests.make_due(NOW)
    deliver()

    assert headlines(mail_server.box[0]) == ["Item of the week"]


def test_weekly_digest_comes_on_monday_with_the_week(cast, mail_server):
    subscriber(cadence=Cadence.WEEKLY)
    published(cast, "2026-11-16T08:00", title="Item monday")
    published(cast, "2026-11-22T08:00", title="Item sunday")
    digests.make_due(NOW)
    digests.make_due(NOW + dt.timedelta(days=1))
    deliver()

    (message,) = mail_server.box
    assert headlines(message) == ["Item sunday", "Item monday"]
    assert "Your week in Riverbank" in body(message)


def test_loudest_item_stands_first_and_in_the_subject(cast, mail_server):
    subscriber(cadence=Cadence.DAILY)
    published(cast, "2026-11-24T12:00", title="Item loud", urgency=Urgency.EMERGENCY)
    published(cast, "2026-11-24T13:00", title="Item quiet")
    digests.make_due(NOW)
    deliver()

    (message,) = mail_server.box
    assert headlines(message) == ["Item loud", "Item quiet"]


def test_digest_has_both_headers_and_ends_what_it_came_from(client, cast, mail_server):
    subscriber(cadence=Cadence.DAILY)
    subscriber(cadence=Cadence.IMMEDIATE, **at_ward())
    published(cast, "2026-11-24T12:00")
    Batch.objects.all().delete()
    digests.make_due(NOW)
    deliver()

    (message,) = mail_server.box
    address = message["List-Unsubscribe"].strip().strip("<>")
    client.post(address.removeprefix("https://riverbank.example"), {"List-Unsubscribe": "One-Click"})
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert [each.target.partition(":")[0] for each in Subscription.objects.all()] == ["ward"]


def at_ward() -> dict:
    return {"ward": factories.ward("Farside")}


def test_subscribers_across_blocks_are_each_told_once(cast, mail_server, monkeypatch):
    monkeypatch.setattr(digests, "_SUBSCRIBERS_AT_ONCE", 2)
    factories.ward("Quayside")
    for number in range(5):
        subscriber(f"r{number}@mail.example", cadence=Cadence.DAILY)
        subscriber(f"r{number}@mail.example", cadence=Cadence.DAILY, **at("Quayside"))
    published(cast, "2026-11-24T12:00")
    digests.make_due(NOW)

    told = [reader[0] for batch in Batch.objects.all() for reader in batch.payload["to"]]
    assert len(told) == len(set(told)) == 5


def test_nothing_is_due_twice_within_the_hour_the_clocks_repeat(cast):
    subscriber(cadence=Cadence.DAILY)
    moments = [london("2026-10-25T00:30") + dt.timedelta(minutes=30 * number) for number in range(20)]
    for now in moments:
        digests.make_due(now)

    days = Mailing.objects.filter(occasion=Occasion.DAILY).values_list("due_on", flat=True)
    assert sorted(days) == [dt.date(2026, 10, 24), dt.date(2026, 10, 25)]
    assert timezone.is_aware(Mailing.objects.first().until_at)

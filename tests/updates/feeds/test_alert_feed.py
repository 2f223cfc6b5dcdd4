"""The feed of alerts, read by a feed reader."""

from datetime import timedelta

import feedparser
import pytest
from django.test import Client
from django.utils import timezone

from tests import factories
from tests.factories import Cast
from tests.updates.public.conftest import update
from updates.due import run_due
from updates.models import Alert
from updates.transitions import Action
from updates.workflow import perform

pytestmark = pytest.mark.django_db


def read(client: Client):
    response = client.get("/feeds/alerts.atom")
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    parsed = feedparser.parse(response.content)
    assert parsed.bozo == 0
    return parsed


def test_feed_without_alerts_is_a_feed(client: Client) -> None:
    parsed = read(client)

    assert (parsed.feed.title, parsed.entries) == ("Riverbank Borough Council: alerts", [])


def test_feed_has_one_entry_for_each_alert_and_leads_to_its_latest_message(
    client: Client, cast: Cast
) -> None:
    live = update(cast, factories.published(cast), title="The main is dry")

    (entry,) = read(client).entries

    address = f"https://riverbank.example/feeds/alerts/{live.notice.reference}-2.xml"
    assert (entry.id, entry.title) == (address, "The main is dry")
    assert {(link.rel, link.type, link.href) for link in entry.links} == {
        ("alternate", "application/cap+xml", address),
        ("related", "text/html", f"https://riverbank.example{live.notice.get_absolute_url()}"),
    }
    assert client.get(entry.link.removeprefix("https://riverbank.example")).status_code == 200


def test_withdrawal_is_in_the_feed_with_its_reason(client: Client, cast: Cast) -> None:
    perform(Action.WITHDRAW, factories.published(cast), by=cast.author, note="It was the other street.")

    (entry,) = read(client).entries

    assert (entry.title, entry.summary) == (
        "Withdrawn: Burst main in Quay Street",
        "This notice was withdrawn: It was the other street.",
    )


def test_expired_alert_leaves_the_feed_by_the_beat(client: Client, cast: Cast) -> None:
    factories.published(cast)
    Alert.objects.update(expires_at=timezone.now() - timedelta(minutes=1))

    before = len(read(client).entries)
    run_due()

    assert (before, read(client).entries) == (1, [])


def test_reader_that_has_it_already_is_told_so(client: Client, cast: Cast) -> None:
    live = factories.published(cast)
    for path in ("/feeds/alerts.atom", f"/feeds/alerts/{live.notice.reference}-1.xml"):
        tag = client.get(path)["ETag"]
        assert client.get(path, headers={"if-none-match": tag}).status_code == 304

    update(cast, live)

    assert client.get("/feeds/alerts.atom", headers={"if-none-match": tag}).status_code == 200


def test_message_has_the_date_it_was_sent(client: Client, cast: Cast) -> None:
    live = factories.published(cast)
    path = f"/feeds/alerts/{live.notice.reference}-1.xml"

    modified = client.get(path)["Last-Modified"]

    assert client.get(path, headers={"if-modified-since": modified}).status_code == 304


def test_feed_costs_the_same_for_one_and_for_many(
    client: Client, cast: Cast, django_assert_num_queries
) -> None:
    for number in range(12):
        factories.published(cast, title=f"Outage {number}")

    with django_assert_num_queries(1):
        assert len(read(client).entries) == 12

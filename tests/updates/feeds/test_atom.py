"""The Atom feed, read by a feed reader."""

import feedparser
import pytest
from django.test import Client

from accounts.enums import Kind
from tests import factories
from tests.factories import Cast
from tests.updates.public.conftest import update
from updates.transitions import Action
from updates.workflow import perform

pytestmark = pytest.mark.django_db


def entries(client: Client, query: str = ""):
    response = client.get(f"/feeds/notices.atom{query}")
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    parsed = feedparser.parse(response.content)
    assert parsed.bozo == 0
    return parsed


def test_feed_names_the_council_and_its_own_address(client: Client) -> None:
    feed = entries(client).feed

    assert feed.title == "Riverbank Borough Council: notices"
    assert {(link.rel, link.href) for link in feed.links} == {
        ("alternate", "https://riverbank.example/notices/"),
        ("self", "https://riverbank.example/feeds/notices.atom"),
    }


def test_feed_entry_has_a_lasting_name_and_says_what_changed(client: Client, cast: Cast) -> None:
    live = update(cast, factories.published(cast), change_note="It takes longer.")

    (entry,) = entries(client).entries

    assert entry.id == f"https://riverbank.example/n/{live.notice.reference}/"
    assert entry.link == f"https://riverbank.example{live.notice.get_absolute_url()}"
    assert entry.summary == f"It takes longer. {live.summary}"


def test_feed_can_be_narrowed_by_kind(client: Client, cast: Cast) -> None:
    for kind in Kind:
        factories.published(cast, kind, title=kind.value)

    assert [entry.title for entry in entries(client, "?kind=event").entries] == ["event"]


def test_feed_can_be_narrowed_by_ward(client: Client, cast: Cast) -> None:
    ward = factories.ward("Quayside")
    factories.published(cast, title="Everywhere")

    feed = entries(client, f"?ward={ward.slug}")

    assert feed.feed.title == "Riverbank Borough Council: notices for Quayside"
    assert [entry.title for entry in feed.entries] == ["Everywhere"]


def test_feed_leaves_out_what_was_withdrawn(client: Client, cast: Cast) -> None:
    perform(Action.WITHDRAW, factories.published(cast), by=cast.author, note="It was wrong.")

    assert entries(client).entries == []

"""The Atom feed, read by a feed reader."""

import re

import feedparser
import pytest
from django.test import Client
from lxml import etree, html

from accounts.enums import Kind
from tests import factories
from tests.factories import Cast
from tests.updates.public.conftest import update
from updates.transitions import Action
from updates.workflow import perform

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
# RFC 4287, 3.3.
RFC_3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")


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


def test_withdrawn_notice_says_so_and_why(client: Client, cast: Cast) -> None:
    live = factories.published(cast)
    factories.published(cast, title="Published before the withdrawal")
    perform(Action.WITHDRAW, live, by=cast.author, note="It was wrong.")

    first = entries(client).entries[0]

    assert first.id == f"https://riverbank.example/n/{live.notice.reference}/"
    assert (first.title, first.summary) == ("Withdrawn: Burst main in Quay Street", "It was wrong.")
    assert first.updated > first.published


def test_feed_of_a_ward_has_its_withdrawals_only(client: Client, cast: Cast) -> None:
    here, there = factories.ward("Quayside"), factories.ward("Abbey")
    for ward in (here, there):
        live = factories.published(cast, title=ward.name, wards=[ward])
        perform(Action.WITHDRAW, live, by=cast.author, note="It was wrong.")

    assert [entry.title for entry in entries(client, f"?ward={here.slug}").entries] == ["Withdrawn: Quayside"]


def test_minor_edition_changes_the_words_and_not_the_date(client: Client, cast: Cast) -> None:
    live = factories.published(cast)
    before = entries(client).entries[0]
    update(cast, live, title="Burst main in Quay Road", is_minor=True)

    after = entries(client).entries[0]

    assert (before.title, after.title) == ("Burst main in Quay Street", "Burst main in Quay Road")
    assert after.updated == before.updated


def test_reader_that_has_it_already_is_told_so_until_anything_changes(client: Client, cast: Cast) -> None:
    live = factories.published(cast)
    tag = client.get("/feeds/notices.atom")["ETag"]
    same = client.get("/feeds/notices.atom", headers={"if-none-match": tag})
    perform(Action.END, live, by=cast.author)
    changed = client.get("/feeds/notices.atom", headers={"if-none-match": tag})

    assert (same.status_code, same.content, changed.status_code) == (304, b"", 200)


def test_feed_has_no_date_that_would_hide_an_end(client: Client, cast: Cast) -> None:
    factories.published(cast)

    assert "Last-Modified" not in client.get("/feeds/notices.atom")


def test_feed_follows_the_list_and_not_its_search(client: Client, cast: Cast) -> None:
    feed = entries(client, "?kind=event&q=market").feed

    assert feed.id == "https://riverbank.example/feeds/notices.atom?kind=event"
    assert feed.title == "Riverbank Borough Council: events"


def test_characters_that_xml_cannot_hold_do_not_silence_the_feed(client: Client, cast: Cast) -> None:
    factories.published(cast, title="Bell\x07 & <b>\ufffe", change_note="")

    assert entries(client).entries[0].title == "Bell  & <b>"


@pytest.mark.parametrize(
    ("path", "own"),
    [
        ("/", []),
        ("/outages/", ["/feeds/notices.atom?kind=outage"]),
        ("/events/", ["/feeds/notices.atom?kind=event"]),
        ("/projects/", ["/feeds/notices.atom?kind=project"]),
        ("/notices/?kind=event&q=", ["/feeds/notices.atom?kind=event"]),
    ],
)
def test_page_says_where_its_feeds_are(client: Client, db, path: str, own: list[str]) -> None:
    page = html.fromstring(client.get(path).content.decode())

    links = page.xpath("//link[@rel='alternate'][@type='application/atom+xml']/@href")

    assert links == [*own, "/feeds/notices.atom", "/feeds/alerts.atom"]


def test_feed_meets_what_the_standard_asks_of_every_feed_and_entry(client: Client, cast: Cast) -> None:
    for kind in Kind:
        factories.published(cast, kind, title=kind.value)
    for path in ("/feeds/notices.atom", "/feeds/alerts.atom"):
        root = etree.fromstring(client.get(path).content)
        counted = [len(root.findall(f"{ATOM}{name}")) for name in ("id", "title", "updated", "author")]
        assert counted == [1, 1, 1, 1]
        for entry in root.iter(f"{ATOM}entry"):
            names = [element.tag.removeprefix(ATOM) for element in entry]
            assert [names.count(name) for name in ("id", "title", "updated")] == [1, 1, 1]
            assert "alternate" in {link.get("rel") for link in entry.iter(f"{ATOM}link")}
        for moment in [*root.iter(f"{ATOM}updated"), *root.iter(f"{ATOM}published")]:
            assert RFC_3339.fullmatch(moment.text or "")
        ids = [each.text for each in root.iter(f"{ATOM}id")]
        assert len(ids) == len(set(ids))

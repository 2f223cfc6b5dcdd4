"""The Atom feed of corrections, read by a feed reader."""

import feedparser
from django.test import Client

from accounts.enums import Kind
from tests import factories
from tests.updates.public.conftest import update


def read(client: Client):
    response = client.get("/feeds/corrections.atom")
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    parsed = feedparser.parse(response.content)
    assert parsed.bozo == 0
    return parsed


def test_feed_without_corrections_names_itself(client, db):
    found = read(client)

    assert (found.feed.title, found.entries) == ("Riverbank Borough Council: corrections", [])


def test_entry_says_why_what_was_wrong_and_what_is_right(client, cast):
    first = factories.published(cast, Kind.GENERAL, title="Open at nine")
    live = update(cast, first, is_correction=True, title="Open at ten", change_note="We erred.")

    (entry,) = read(client).entries

    short = f"https://riverbank.example/n/{live.notice.reference}/"
    assert (entry.title, entry.id) == ("Correction: Open at ten", f"{short}#edition-2")
    assert entry.summary == "We erred. Title: we said “Open at nine”; right is “Open at ten”."
    assert entry.link == f"https://riverbank.example{live.notice.get_absolute_url()}"


def test_notice_put_right_twice_has_two_entries(client, cast):
    live = factories.published(cast, Kind.GENERAL, title="Open at nine")
    for title in ("Open at ten", "Open at eleven"):
        live = update(cast, live, is_correction=True, title=title, change_note="We erred.")

    assert [entry.title for entry in read(client).entries] == [
        "Correction: Open at eleven",
        "Correction: Open at ten",
    ]


def test_edition_that_corrects_nothing_is_not_told(client, cast):
    update(cast, factories.published(cast), change_note="More is known.")

    assert read(client).entries == []


def test_feed_takes_the_same_queries_at_1_and_12_corrections(client, cast, django_assert_num_queries):
    live = factories.published(cast, Kind.GENERAL)
    for number in range(12):
        live = update(cast, live, is_correction=True, title=f"Right {number}", change_note="We erred.")

    with django_assert_num_queries(7):
        read(client)


def test_unchanged_feed_is_not_sent_again(client, cast):
    factories.published(cast)
    first = client.get("/feeds/corrections.atom")

    again = client.get("/feeds/corrections.atom", HTTP_IF_NONE_MATCH=first["ETag"])

    assert (again.status_code, "Last-Modified" in first) == (304, False)


def test_page_of_corrections_leads_to_its_feed(client, db):
    assert 'href="/feeds/corrections.atom"' in client.get("/corrections/").content.decode()

"""What a shared link and a search engine are told of a notice."""

import json
from datetime import timedelta
from typing import Any

import pytest
from lxml import html

from accounts.enums import Kind
from tests import factories
from tests.factories import Cast
from tests.updates.public.conftest import update
from updates.enums import EventStatus
from updates.models import Edition
from updates.transitions import Action
from updates.workflow import perform

pytestmark = pytest.mark.django_db


@pytest.fixture
def read(client):
    def opened(live: Edition) -> html.HtmlElement:
        return html.fromstring(client.get(live.notice.get_absolute_url()).content.decode())

    return opened


def told(page: html.HtmlElement) -> dict[str, str]:
    """Return what the head says to whoever draws a preview of the link."""
    named = page.xpath("//meta[starts-with(@property, 'og:') or starts-with(@name, 'twitter:')]")
    return {meta.get("property") or meta.get("name"): meta.get("content") for meta in named}


def data(page: html.HtmlElement) -> dict[str, Any]:
    (script,) = page.xpath("//script[@type='application/ld+json']/text()")
    return json.loads(script)


def test_preview_has_title_summary_and_a_card(read, cast: Cast) -> None:
    live = factories.published(cast)

    assert told(read(live)) == {
        "og:site_name": "Riverbank Borough Council",
        "og:title": "Burst main in Quay Street",
        "og:description": live.summary,
        "og:type": "article",
        "og:url": f"https://riverbank.example{live.notice.get_absolute_url()}",
        "og:image": f"https://riverbank.example/cards/{live.notice.reference}-1.png",
        "og:image:width": "1200",
        "og:image:height": "630",
        "og:image:alt": "Riverbank Borough Council. Water · investigating. Burst main in Quay Street",
        "twitter:card": "summary_large_image",
    }


def test_withdrawn_notice_shows_its_reason_and_no_card(read, cast: Cast) -> None:
    live = factories.published(cast)
    perform(Action.WITHDRAW, live, by=cast.author, note="It was the other street.")

    page = read(live)

    said = told(page)
    assert (said["og:title"], said["og:description"], said["twitter:card"]) == (
        "Withdrawn: Burst main in Quay Street",
        "It was the other street.",
        "summary",
    )
    assert "og:image" not in said
    assert page.xpath("//script[@type='application/ld+json']") == []


def test_outage_is_an_article_with_its_dates(read, cast: Cast) -> None:
    live = factories.published(cast)

    found = data(read(live))

    assert (found["@type"], found["headline"]) == ("NewsArticle", "Burst main in Quay Street")
    assert found["datePublished"] == found["dateModified"] != ""
    assert found["publisher"] == {
        "@type": "GovernmentOrganization",
        "name": "Riverbank Borough Council",
        "url": "https://riverbank.example",
    }


def test_event_has_time_place_and_state(read, cast: Cast) -> None:
    found = data(read(factories.published(cast, Kind.EVENT, title="Market")))

    assert (found["@type"], found["name"], found["location"]["name"]) == ("Event", "Market", "Corn Hall")
    assert found["eventStatus"] == "https://schema.org/EventScheduled"
    assert found["startDate"] < found["endDate"]


def test_event_at_another_time_names_the_one_before(read, cast: Cast) -> None:
    live = factories.published(cast, Kind.EVENT)
    before = data(read(live))["startDate"]
    later = live.event.starts_at + timedelta(days=1)
    detail = {
        "starts_at": later,
        "ends_at": later + timedelta(hours=2),
        "venue": "Corn Hall",
        "event_status": EventStatus.MOVED,
    }

    found = data(read(update(cast, live, detail)))

    assert found["eventStatus"] == "https://schema.org/EventRescheduled"
    assert found["previousStartDate"] == before


def test_cancelled_event_says_so(read, cast: Cast) -> None:
    live = factories.published(cast, Kind.EVENT)
    detail = {**factories.detail_for(Kind.EVENT), "event_status": EventStatus.CANCELLED}

    assert data(read(update(cast, live, detail)))["eventStatus"] == "https://schema.org/EventCancelled"


def test_words_cannot_leave_the_data(client, cast: Cast) -> None:
    title = "</script><script>alert(1)</script>"
    live = factories.published(cast, title=title)

    content = client.get(live.notice.get_absolute_url()).content

    assert b"<script>alert" not in content
    assert data(html.fromstring(content.decode()))["headline"] == title

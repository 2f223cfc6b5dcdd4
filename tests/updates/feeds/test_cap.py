"""The message itself: valid by the official schema whatever people type, and the same for ever."""

import math
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import pytest
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts.enums import Kind
from places.models import Ward
from tests import factories
from tests.factories import Cast
from tests.updates.feeds.conftest import Message
from tests.updates.public.conftest import update
from updates.content import content_hash
from updates.enums import AlertType, OutageState, Service, Severity, Urgency
from updates.feeds import areas, cap, chain
from updates.models import Alert, Edition, Notice, OutageDetail
from updates.transitions import Action
from updates.workflow import perform

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
HEAD = ["identifier", "sender", "sent", "status", "msgType", "scope"]
ORDER = [*HEAD, "note", "references", "incidents", "info"]
RING = [[-1.5, 53.1], [-1.4, 53.1], [-1.4, 53.2], [-1.5, 53.1]]


@pytest.mark.django_db
def test_message_answers_what_how_bad_where_and_until_when(cast: Cast, fetch) -> None:
    ward = factories.ward("Quayside")
    live = factories.published(
        cast,
        wards=[ward],
        severity=Severity.SEVERE,
        urgency=Urgency.EMERGENCY,
        body="Call **us**.\n\n- Boil & wait",
    )

    message = fetch(f"{live.notice.reference}-1")

    names = (
        "sender",
        "status",
        "msgType",
        "scope",
        "event",
        "urgency",
        "severity",
        "certainty",
        "responseType",
    )
    assert [message[name] for name in names] == [
        "hello@riverbank.example",
        "Actual",
        "Alert",
        "Public",
        "Outage: water",
        "Immediate",
        "Severe",
        "Likely",
        "Monitor",
    ]
    assert message.all("category") == ["Infra", "Health"]
    assert message["language"] == "en-GB"
    assert message["senderName"] == "Riverbank Borough Council"
    assert message["headline"] == "Burst main in Quay Street"
    assert message["description"] == f"{live.summary}\n\nCall us.\n\nBoil & wait"
    assert message["instruction"] == "Boil it first."
    assert message["web"] == f"https://riverbank.example{live.notice.get_absolute_url()}"
    assert message["contact"] == "01632 960 100, hello@riverbank.example"
    assert (message["areaDesc"], message["value"]) == ("Quayside", ward.code)


@pytest.mark.django_db
def test_identity_and_words_of_a_message_never_change(cast: Cast, client: Client) -> None:
    ward = factories.ward("Quayside")
    live = factories.published(cast, wards=[ward])
    path = f"/feeds/alerts/{live.notice.reference}-1.xml"
    before = client.get(path).content

    Ward.objects.update(name="Renamed", code="X1", boundary=[])
    newer = update(cast, live, title="Another title", severity=Severity.EXTREME)
    perform(Action.WITHDRAW, newer, by=cast.author, note="It was the other street.")

    assert client.get(path).content == before


@pytest.mark.django_db
def test_sent_is_the_moment_of_publication_to_the_second(cast: Cast, fetch) -> None:
    live = factories.published(cast)

    sent = datetime.fromisoformat(fetch(f"{live.notice.reference}-1")["sent"])

    assert sent == live.published_at.replace(microsecond=0)


@pytest.mark.django_db
def test_withdrawal_is_told_with_its_reason(cast: Cast, fetch) -> None:
    live = factories.published(cast)
    perform(Action.WITHDRAW, live, by=cast.author, note="It was the other street.")

    message = fetch(f"{live.notice.reference}-1-cancel")

    reason = "This notice was withdrawn: It was the other street."
    assert (message["msgType"], message["urgency"], message["responseType"]) == ("Cancel", "Past", "None")
    assert (message["note"], message["description"]) == (reason, reason)
    assert message["headline"] == "Withdrawn: Burst main in Quay Street"
    assert message.all("instruction") == []


@pytest.mark.django_db
def test_end_does_not_say_that_it_is_safe(cast: Cast, fetch) -> None:
    live = factories.published(cast)
    perform(Action.END, live, by=cast.author)

    message = fetch(f"{live.notice.reference}-1-cancel")

    assert (message["headline"], message["responseType"]) == ("Ended: Burst main in Quay Street", "None")


@pytest.mark.django_db
def test_restored_says_all_clear(cast: Cast, fetch) -> None:
    live = update(cast, factories.published(cast), {**factories.OUTAGE, "state": OutageState.RESTORED})

    message = fetch(f"{live.notice.reference}-2")

    assert (message["msgType"], message["responseType"], message["urgency"]) == ("Update", "AllClear", "Past")


@pytest.mark.django_db
def test_exercise_says_so(cast: Cast, fetch, settings) -> None:
    settings.CAP_STATUS = "Exercise"
    live = factories.published(cast)
    settings.CAP_STATUS = "Actual"

    assert fetch(f"{live.notice.reference}-1")["status"] == "Exercise"


@pytest.mark.django_db
def test_polygon_is_closed_and_starts_with_the_latitude(cast: Cast, fetch) -> None:
    live = factories.published(
        cast, wards=[factories.ward()], area={"type": "Polygon", "coordinates": [RING]}
    )

    assert fetch(f"{live.notice.reference}-1")["polygon"] == "53.1,-1.5 53.1,-1.4 53.2,-1.4 53.1,-1.5"


@pytest.mark.django_db
def test_circle_is_in_kilometres(cast: Cast, fetch) -> None:
    circle = {"type": "Circle", "centre": [-1.5, 53.1], "radius_m": 300}
    live = factories.published(cast, wards=[factories.ward()], area=circle)

    message = fetch(f"{live.notice.reference}-1")

    assert (message["circle"], message.all("polygon")) == ("53.1,-1.5 0.3", [])


@pytest.mark.django_db
def test_ward_of_ten_thousand_corners_has_at_most_a_hundred(cast: Cast) -> None:
    turns = [2 * math.pi * corner / 10_000 for corner in range(10_000)]
    ring = [[-1.5 + math.cos(turn) / 50, 53.1 + math.sin(turn) / 80] for turn in turns]
    ward = factories.ward()
    ward.boundary = [[[*ring, ring[0]]]]
    ward.save()
    live = factories.published(cast, wards=[ward])

    (area,) = areas.areas_of(live)
    (polygon,) = area["polygons"]

    assert 4 <= len(polygon) <= 101
    assert polygon[0] == polygon[-1]


@pytest.mark.django_db
def test_neighbouring_wards_of_the_borough_become_one_outline(cast: Cast) -> None:
    for start in (0.0, 0.1):
        ward = factories.ward()
        west, east = start, start + 0.1
        ward.boundary = [[[[west, 51], [east, 51], [east, 51.1], [west, 51.1], [west, 51]]]]
        ward.save()
    live = factories.published(cast)

    (area,) = areas.areas_of(live)

    assert area["desc"] == "All of Riverbank"
    assert len(area["polygons"]) == 1
    assert len(area["codes"]) == 2


@pytest.mark.django_db
@pytest.mark.parametrize(
    "boundary",
    [[], [[[[0, 51], [1, 52], [1, 51], [0, 52], [0, 51]]]]],
    ids=["none", "crosses itself"],
)
def test_ward_that_cannot_be_drawn_is_still_named(cast: Cast, fetch, boundary) -> None:
    ward = factories.ward("Quayside")
    ward.boundary = boundary
    ward.save()
    live = factories.published(cast, wards=[ward])

    assert fetch(f"{live.notice.reference}-1")["areaDesc"] == "Quayside"


@pytest.mark.django_db
def test_named_streets_are_told(cast: Cast, fetch) -> None:
    ward = factories.ward()
    street = factories.street(ward, "Quay Street")
    started = factories.draft(cast, wards=[ward])
    started.streets.add(street)
    waiting = perform(Action.SUBMIT, started, by=cast.author)
    perform(Action.APPROVE, waiting, by=cast.approver, seen_hash=content_hash(waiting), note="Read it.")
    live = perform(Action.PUBLISH, waiting, by=cast.author)

    assert "Streets: Quay Street." in fetch(f"{live.notice.reference}-1")["description"]


@pytest.mark.django_db
def test_message_nobody_sent_is_not_found(client: Client) -> None:
    assert client.get("/feeds/alerts/N7K3Q-1.xml").status_code == 404


@pytest.mark.django_db
def test_message_costs_one_query(cast: Cast, client: Client, django_assert_num_queries) -> None:
    live = factories.published(cast)

    with django_assert_num_queries(1):
        client.get(f"/feeds/alerts/{live.notice.reference}-1.xml")


# Whatever a person can paste into a form, control characters and lone surrogates included.
anything = st.text(st.characters(exclude_categories=[]), min_size=1, max_size=90)
moments = st.none() | st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))
_keys = count(1)


@st.composite
def alerts(draw: Any) -> Alert:
    """Make an alert of any kind, type and words, without a database."""
    kind = draw(st.sampled_from([Kind.OUTAGE, Kind.GENERAL]))
    notice = Notice(
        reference="N7K3Q",
        slug="a-notice",
        kind=kind,
        withdrawn_at=draw(moments),
        withdrawn_reason=draw(anything),
    )
    edition = Edition(
        pk=next(_keys),
        notice=notice,
        number=2,
        title=draw(anything),
        headline=draw(anything),
        summary=draw(anything),
        body=draw(st.text(max_size=300)),
        urgency=draw(st.sampled_from(Urgency)),
        severity=draw(st.sampled_from(Severity)),
        expires_at=draw(moments),
    )
    if kind == Kind.OUTAGE:
        edition.outage = OutageDetail(
            service=draw(st.sampled_from(Service)),
            state=draw(st.sampled_from(OutageState)),
            since_at=draw(moments),
            planned_from_at=draw(moments),
            estimate_to_at=draw(moments),
            advice=draw(anything),
        )
    area = {"desc": draw(anything)[:50], "polygons": [RING], "circles": [[53.1, -1.5, 0.3]], "codes": ["W1"]}
    alert = Alert(
        notice=notice,
        edition=edition,
        identifier="N7K3Q-2",
        sender="hello@riverbank.example",
        status="Actual",
        message_type=draw(st.sampled_from(AlertType)),
        sent_at=draw(moments.filter(bool)),
        areas=[{**area, "streets": [draw(anything)]}],
    )
    alert.expires_at = alert.sent_at + timedelta(days=1)
    if alert.message_type != AlertType.ALERT:
        alert.references = chain.reference_to(alert)
    return alert


@given(alert=alerts())
@settings(max_examples=150, deadline=None)
def test_whatever_is_typed_the_message_is_valid(alert: Alert) -> None:
    message = Message(cap.message(alert))

    names = [element.tag.rpartition("}")[2] for element in message.root]
    assert names == [name for name in ORDER if name in names]
    assert len(message["headline"]) <= 160
    assert len(message["event"]) <= 35
    assert "Unknown" not in message.all("urgency") + message.all("severity") + message.all("certainty")
    assert message["description"] != ""
    assert message["expires"] != ""

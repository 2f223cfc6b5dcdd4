"""The read API: what it promises, held by its own description and by a stranger who reads that."""

import json
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
import schemathesis
from django.conf import settings
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client, override_settings
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from accounts.enums import Kind
from council_portal.wsgi import application
from tests import factories
from updates import due
from updates.transitions import Action
from updates.urls.api import api
from updates.workflow import perform

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> factories.Cast:
    return factories.Cast.make()


def read(path: str, **headers: str):
    return Client().get(f"/api/v1/{path}", **headers)


def titles(path: str) -> list[str]:
    return [item["title"] for item in read(path).json()["items"]]


def test_notice_says_what_its_page_says(cast):
    quayside = factories.ward("Quayside")
    edition = factories.published(cast, title="Burst main", summary="Low water.", wards=[quayside])
    notice = edition.notice

    told = read(f"notices/{notice.reference.lower()}").json()

    assert {
        key: told[key] for key in ("reference", "url", "kind", "state", "title", "summary", "urgency")
    } == {
        "reference": notice.reference,
        "url": f"{settings.PORTAL_URL}{notice.get_absolute_url()}",
        "kind": "outage",
        "state": "current",
        "title": "Burst main",
        "summary": "Low water.",
        "urgency": "normal",
    }
    assert told["where"] == {
        "whole_borough": False,
        "wards": [{"slug": quayside.slug, "code": quayside.code, "name": "Quayside"}],
        "streets": [],
        "area": None,
    }
    assert (told["outage"]["service"], told["event"], told["project"]) == ("water", None, None)
    milliseconds = notice.first_published_at.replace(
        microsecond=notice.first_published_at.microsecond // 1000 * 1000
    )
    assert parse_datetime(told["first_published_at"]) == milliseconds
    assert [each["number"] for each in told["editions"]] == [1]


def test_list_is_narrowed_by_kind_ward_state_and_words(cast):
    quayside, millgate = factories.ward("Quayside"), factories.ward("Millgate")
    factories.published(cast, title="Market", kind=Kind.EVENT, wards=[quayside])
    factories.published(cast, title="Burst main", wards=[millgate])
    factories.published(cast, title="Over", expires_at=timezone.now() + timedelta(hours=1))
    due.run_due(timezone.now() + timedelta(hours=2))

    answers = {
        path: titles(path)
        for path in (
            "notices",
            "notices?kind=event",
            f"notices?ward={millgate.slug}",
            "notices?state=ended",
            "notices?q=mains",
            "notices?until=2020-01-01",
        )
    }

    assert answers == {
        "notices": ["Burst main", "Market"],
        "notices?kind=event": ["Market"],
        f"notices?ward={millgate.slug}": ["Burst main"],
        "notices?state=ended": ["Over"],
        "notices?q=mains": ["Burst main"],
        "notices?until=2020-01-01": [],
    }


def test_pages_lead_to_each_other(cast):
    for number in range(5):
        factories.published(cast, title=f"Notice {number}")

    first = read("notices?page_size=2&kind=outage").json()
    seen, page = [], first
    while True:
        seen += [item["title"] for item in page["items"]]
        if not page["next"]:
            break
        page = Client().get(page["next"].removeprefix(settings.PORTAL_URL)).json()

    assert (seen, first["total"], first["pages"], first["previous"]) == (
        [f"Notice {number}" for number in reversed(range(5))],
        5,
        3,
        None,
    )


def test_draft_is_never_told_and_a_withdrawn_notice_without_its_words(cast):
    draft = factories.draft(cast, title="Secret")
    edition = factories.published(cast, title="Wrong", summary="Wrong words.", body="More.")
    perform(Action.WITHDRAW, edition, by=cast.approver, note="It was wrong.")

    told = read(f"notices/{edition.notice.reference}").json()

    assert read(f"notices/{draft.notice.reference}").status_code == 404
    assert (
        told["state"],
        told["summary"],
        told["body_html"],
        told["withdrawn_reason"],
        told["editions"],
    ) == (
        "withdrawn",
        "",
        "",
        "It was wrong.",
        [],
    )
    assert titles("notices?state=all") == []


def test_withdrawn_notice_tells_no_advice(cast):
    edition = factories.published(cast)
    perform(Action.WITHDRAW, edition, by=cast.approver, note="It was wrong.")

    told = read(f"notices/{edition.notice.reference}").json()

    assert {name: told[name] for name in ("outage", "picture", "documents", "change_note")} == {
        "outage": None,
        "picture": None,
        "documents": [],
        "change_note": "",
    }


def test_project_tells_its_milestones_and_decisions(cast):
    milestone = {"title": "Piling", "planned_on": date(2026, 4, 1), "reached_on": None}
    decision = {"title": "Go ahead", "decided_on": date(2026, 2, 3), "decided_by": "Cabinet", "url": ""}
    edition = factories.published(
        cast, Kind.PROJECT, rows={"milestones": [milestone], "decisions": [decision]}
    )

    told = read(f"notices/{edition.notice.reference}").json()["project"]

    assert told["milestones"] == [{**milestone, "planned_on": "2026-04-01"}]
    assert told["decisions"] == [{**decision, "decided_on": "2026-02-03"}]


def test_documents_are_told_with_their_addresses(cast):
    document = {
        "title": "Plan",
        "file": "documents/plan.pdf",
        "sha256": "0" * 64,
        "size": 2048,
        "pages": 3,
        "text": "The plan.",
    }
    edition = factories.published(cast, rows={"documents": [document]})

    told = read(f"notices/{edition.notice.reference}").json()["documents"]

    assert told == [
        {"title": "Plan", "url": f"{settings.PORTAL_URL}/media/documents/plan.pdf", "size": 2048, "pages": 3}
    ]


def test_places_say_what_affects_them(cast):
    quayside, millgate = factories.ward("Quayside"), factories.ward("Millgate")
    factories.street(quayside, "Bell Yard", "RB11AA")
    factories.published(cast, title="Here", wards=[quayside])
    factories.published(cast, title="There", wards=[millgate])
    factories.published(cast, title="Everywhere")

    told = read("affects?place=rb1+1aa&place=Millgate&place=Atlantis").json()

    assert [(each["ward"]["name"], [n["title"] for n in each["notices"]]) for each in told["places"]] == [
        ("Quayside", ["Here"]),
        ("Millgate", ["There"]),
    ]
    assert ([n["title"] for n in told["everywhere"]], told["unknown"]) == (["Everywhere"], ["Atlantis"])


@pytest.mark.parametrize(
    ("path", "status", "sentence"),
    [
        ("notices?page=0", 422, "page:"),
        ("notices?kind=party", 422, "kind:"),
        ("notices?since=yesterday", 422, "since:"),
        ("notices?ward=atlantis", 404, "There is no such ward."),
        ("notices?page=2", 404, "There are only 1 pages."),
        ("notices/XXXXX", 404, "There is no notice with this reference."),
        ("notices/%00", 404, "There is no notice with this reference."),
        ("wards/atlantis", 404, "There is no such ward."),
        ("affects", 422, "place:"),
    ],
)
def test_what_cannot_be_answered_is_said_in_a_sentence(db, path, status, sentence):
    answer = read(path)

    assert (answer.status_code, answer.json()["detail"].startswith(sentence)) == (status, True)


def test_unchanged_data_is_not_sent_again(cast):
    factories.published(cast)
    first = read("notices")

    again = read("notices", HTTP_IF_NONE_MATCH=first.headers["ETag"])
    factories.published(cast)
    changed = read("notices", HTTP_IF_NONE_MATCH=first.headers["ETag"])

    assert (again.status_code, again.content, changed.status_code) == (304, b"", 200)
    assert again.headers["Access-Control-Allow-Origin"] == "*"


def test_other_sites_may_read_and_nobody_may_write(db):
    preflight = Client().options("/api/v1/notices", HTTP_ORIGIN="https://elsewhere.example")
    head = Client().head("/api/v1/notices")
    written = {
        method: getattr(Client(), method)("/api/v1/notices").status_code
        for method in ("post", "put", "delete")
    }

    assert (preflight.status_code, preflight.headers["Access-Control-Allow-Origin"]) == (204, "*")
    assert "If-None-Match" in preflight.headers["Access-Control-Allow-Headers"]
    assert (head.status_code, head.content) == (200, b"")
    assert written == {"post": 405, "put": 405, "delete": 405}


@override_settings(API_REQUESTS_A_MINUTE=3)
def test_a_network_that_asks_too_often_is_told_when_to_come_back(db):
    answers = [read("wards", REMOTE_ADDR="203.0.113.77") for _time in range(4)]

    assert [each.status_code for each in answers] == [200, 200, 200, 429]
    assert 0 < int(answers[-1].headers["Retry-After"]) <= 60
    assert (answers[-1].headers["Cache-Control"], answers[-1].headers["Access-Control-Allow-Origin"]) == (
        "no-store",
        "*",
    )
    assert read("wards", REMOTE_ADDR="203.0.113.78").status_code == 200


def test_list_takes_the_same_queries_at_1_and_30_notices(cast, django_assert_max_num_queries):
    factories.published(cast)
    with django_assert_max_num_queries(11) as few:
        read("notices?page_size=100")
    for _number in range(29):
        factories.published(cast)
    with django_assert_max_num_queries(11) as many:
        read("notices?page_size=100")

    assert len(many) == len(few)


def test_description_names_every_answer():
    described = read("openapi.json").json()

    assert described == json.loads(json.dumps(api.get_openapi_schema(path_prefix="/api/v1/")))
    assert {status for each in described["paths"].values() for status in each["get"]["responses"]} == {
        "200",
        "404",
        "422",
        "429",
    }


# --- A stranger reads the description and tries everything it allows, and what it does not -------------

schema = schemathesis.openapi.from_dict(api.get_openapi_schema(path_prefix="/api/v1/"))
schema.app = application


@pytest.fixture
def one_connection() -> Iterator[None]:
    """Keep the test's connection open: a request through the whole stack would close it."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    with override_settings(API_REQUESTS_A_MINUTE=1_000_000):
        yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.slow
@schema.parametrize()
@hypothesis_settings(
    max_examples=40, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True
)
def test_stranger_finds_no_fault_and_no_undocumented_answer(db, one_connection, case):
    case.call_and_validate(base_url="http://testserver")


def test_every_kind_of_notice_is_told_as_described(cast, one_connection):
    quayside = factories.ward("Quayside")
    for kind in Kind.values:
        edition = factories.published(cast, kind, title="As described", wards=[quayside])
        asked = {"reference": edition.notice.reference}
        schema["/api/v1/notices/{reference}"]["GET"].Case(path_parameters=asked).call_and_validate(
            base_url="http://testserver"
        )
    for path, query in [
        ("notices", {}),
        ("notices", {"q": "described"}),
        ("affects", {"place": ["Quayside"]}),
    ]:
        schema[f"/api/v1/{path}"]["GET"].Case(query=query).call_and_validate(base_url="http://testserver")
    for path, values in [("wards", {}), ("wards/{slug}", {"slug": quayside.slug})]:
        schema[f"/api/v1/{path}"]["GET"].Case(path_parameters=values).call_and_validate(
            base_url="http://testserver"
        )

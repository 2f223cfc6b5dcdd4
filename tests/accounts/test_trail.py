"""The audit page: search, pages, export that no spreadsheet will run."""

import csv
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.views.trail import COLUMNS
from audit.models import Event
from audit.recorder import record
from tests import factories
from tests.accounts.signing_in import sign_in

pytestmark = pytest.mark.django_db
URL = "/staff/audit/"


def _export(client, **wanted):
    answer = client.post(reverse("accounts:trail_export"), wanted)
    body = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(body)))


def test_page_shows_what_the_filter_finds(desk, administrator):
    record("notice.approved", actor=administrator, note="seen by the river")
    record("notice.withdrawn", note="nothing")
    page = desk.get(URL, {"text": "river", "actor": administrator.pk}).content.decode()
    assert ("seen by the river" in page, "1 event<" in page) == (True, True)


@pytest.mark.parametrize(
    "query", ["since=nonsense", "actor=x", "action=no.such", "page=999", "until=0001-01-01"]
)
def test_page_with_a_senseless_filter_still_opens(desk, query):
    assert desk.get(f"{URL}?{query}").status_code == 200


def test_page_asks_as_many_queries_for_sixty_events_as_for_one(desk):
    record("a.done")
    desk.get(URL)
    with CaptureQueriesContext(connection) as few:
        desk.get(URL)
    for _ in range(60):
        record("a.done")
    with CaptureQueriesContext(connection) as many:
        desk.get(URL)
    assert len(many) == len(few)


def test_export_holds_what_the_filter_finds_and_is_itself_recorded(desk, administrator):
    record("notice.approved", actor=administrator, target=administrator)
    record("other.thing")
    header, row = _export(desk, action="notice")
    assert (tuple(header), row[5], row[3]) == (COLUMNS, "notice.approved", "Ada Min")
    event = Event.objects.last()
    assert (event.action, event.detail) == ("audit.exported", {"filter": {"action": "notice"}, "events": 1})


def test_export_runs_no_formula(desk):
    record("odd.name", target=factories.user("=HYPERLINK(1)"))
    assert _export(desk, action="odd.name")[1][8] == "'=HYPERLINK(1)"


def test_export_is_for_administrators(client):
    sign_in(client, factories.member(factories.team(), "communications_lead"))
    assert client.post(reverse("accounts:trail_export")).status_code == 403

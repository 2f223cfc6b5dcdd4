"""Opening and closing: evidence with its hash in the trail, one at a time, nothing outside in a drill."""

import hashlib
import json
from datetime import timedelta

import pytest
from django.utils import timezone

from audit.models import Event
from outbox.enums import Status
from social.enums import IncidentKind, Outcome
from social.models import Account, Alarm, Drill, Evidence, Incident, KnownPost
from social.watch import incidents
from social.watch.incidents import Clue, Finding
from tests.outbox.rows import account
from tests.social.watch.seeing import is_locked

pytestmark = pytest.mark.django_db


def finding(subject="p1", **more):
    clue = Clue("The post", "Free\x00 money!", {"text": "Free\x00 money!", "at": timezone.now()})
    given = {"kind": IncidentKind.UNKNOWN_POST, "summary": "Not ours.", "stops": True, "clues": [clue]}
    return Finding(**(given | {"subject": subject} | more))


def test_the_hash_of_the_evidence_stands_in_the_audit_trail(mine, cast):
    incidents.open_one(mine, finding())

    kept = Evidence.objects.get()
    exact = json.dumps({"text": kept.text, "data": kept.data}, sort_keys=True, ensure_ascii=False)
    event = Event.objects.get(action="incident.opened")
    assert kept.sha256 == hashlib.sha256(exact.encode()).hexdigest()
    assert event.detail["evidence"] == [kept.sha256]


def test_the_same_is_open_once(mine, cast):
    assert incidents.open_one(mine, finding()) is not None
    assert incidents.open_one(mine, finding()) is None

    assert (Incident.objects.count(), Evidence.objects.count(), Alarm.objects.count()) == (1, 1, 1)


def test_a_link_that_is_no_web_page_is_not_offered(mine):
    opened = incidents.open_one(mine, finding(url="javascript:alert(1)"))

    assert opened.url == ""


def test_the_next_of_the_same_kind_calls_again_only_after_a_while(mine, cast):
    first = incidents.open_one(mine, finding("p1"))
    incidents.open_one(mine, finding("p2"))
    assert Alarm.objects.count() == 1
    Incident.objects.filter(pk=first.pk).update(opened_at=timezone.now() - timedelta(minutes=11))

    incidents.open_one(mine, finding("p3"))

    assert Alarm.objects.count() == 2


def test_something_new_after_the_last_was_closed_calls_at_once(mine, cast):
    first = incidents.open_one(mine, finding("p1"))
    incidents.close(first, by=cast.lead, outcome=Outcome.HIJACK, note="Cleaned up.")

    incidents.open_one(mine, finding("p2"))

    assert Alarm.objects.count() == 2


def test_another_account_or_kind_calls_for_itself(mine, cast):
    incidents.open_one(mine, finding())
    incidents.open_one(account(), finding())
    incidents.open_one(mine, finding("name", kind=IncidentKind.PROFILE))

    assert Alarm.objects.count() == 3


def test_in_a_drill_the_calls_are_written_and_cancelled(mine, cast):
    drill = Drill.objects.create(account=mine, started_by=cast.lead)

    opened = incidents.open_one(mine, finding())

    drill.refresh_from_db()
    assert (opened.is_drill, drill.incident, drill.detected_at) == (True, opened, opened.opened_at)
    assert Alarm.objects.get().status == Status.CANCELLED


def test_closing_lets_nothing_go_and_happens_once(mine, cast):
    opened = incidents.open_one(mine, finding())

    closed = [
        incidents.close(opened, by=cast.lead, outcome=Outcome.HIJACK, note="Password changed.")
        for _press in range(2)
    ]

    opened.refresh_from_db()
    assert (closed, opened.outcome, opened.closed_by) == ([True, False], Outcome.HIJACK, cast.lead)
    assert is_locked(mine)
    assert not KnownPost.objects.exists()


@pytest.mark.parametrize(
    ("kind", "subject", "known"),
    [
        (IncidentKind.UNKNOWN_POST, "p1", ["p1"]),
        (IncidentKind.UNKNOWN_POST, incidents.FLOOD, []),
        (IncidentKind.EDITED_POST, "p1", []),
    ],
)
def test_a_post_that_was_ours_after_all_is_remembered(mine, cast, kind, subject, known):
    opened = incidents.open_one(mine, finding(subject, kind=kind))

    incidents.close(opened, by=cast.lead, outcome=Outcome.OURS, note="By hand.")

    assert list(KnownPost.objects.values_list("remote_id", flat=True)) == known


def test_an_account_on_hold_becomes_locked(mine, cast):
    from social import locks

    locks.hold(mine, by=cast.lead, reason="Wait.")

    opened = incidents.open_one(mine, finding())

    assert (Account.objects.get(pk=mine.pk).stop_level, opened.kind) == ("lock", IncidentKind.UNKNOWN_POST)

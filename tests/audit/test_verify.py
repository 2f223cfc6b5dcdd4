"""Whatever is done to the trail behind the triggers is named."""

import pytest
from django.core.management import call_command

from audit.models import Event
from audit.recorder import record
from audit.verify import verify
from tests.audit.tampering import behind_the_triggers

pytestmark = pytest.mark.django_db

TAMPERED = [
    ("UPDATE audit_event SET action = 'x.y' WHERE sequence = 3", 2, "Event 3 (x.y) was changed"),
    ("UPDATE audit_event SET actor_name = 'Somebody' WHERE sequence = 1", 0, "Event 1 (a.done) was changed"),
    ("UPDATE audit_event SET detail = '{\"n\": 9}' WHERE sequence = 5", 4, "Event 5 (a.done) was changed"),
    (
        "UPDATE audit_event SET at = '2020-01-01 00:00:00+00:00' WHERE sequence = 2",
        1,
        "Event 2 (a.done) was changed",
    ),
    ("UPDATE audit_event SET prev_hash = hash WHERE sequence = 4", 3, "Event 4 does not follow"),
    ("DELETE FROM audit_event WHERE sequence = 1", 0, "Gap: event 1 is missing"),
    ("DELETE FROM audit_event WHERE sequence = 3", 2, "Gap: event 3 is missing"),
    ("DELETE FROM audit_event WHERE sequence > 3", 3, "Cut tail: events 4 to 5 are missing"),
    ("DELETE FROM audit_event", 0, "Cut tail: events 1 to 5 are missing"),
    ("DELETE FROM audit_chainhead", 5, "The head of the chain is gone"),
    ("UPDATE audit_chainhead SET sequence = 4", 5, "The head of the chain was changed"),
]


def _five():
    for number in range(5):
        record("a.done", n=number)


@pytest.mark.parametrize(("statement", "good", "sentence"), TAMPERED)
def test_tampering_is_named(statement, good, sentence):
    _five()
    with behind_the_triggers() as cursor:
        cursor.execute(statement)
    verdict = verify()
    assert (verdict.events, verdict.problem.startswith(sentence)) == (good, True), verdict


def test_event_forged_without_the_key_is_named(settings):
    _five()
    key, settings.AUDIT_KEY = settings.AUDIT_KEY, "guessed"
    record("forged.event")
    settings.AUDIT_KEY = key
    assert verify().problem == "Event 6 (forged.event) was changed after it was written."


def test_tail_cut_with_an_older_head_is_found_by_what_was_noted(capsys):
    _five()
    noted = Event.objects.get(pk=5)
    with behind_the_triggers() as cursor:
        cursor.execute("DELETE FROM audit_event")
        cursor.execute("DELETE FROM audit_chainhead")
    _five()
    with pytest.raises(SystemExit) as stopped:
        call_command("verify_audit", expect=f"5:{noted.hash}")
    assert stopped.value.code == 1
    assert capsys.readouterr().err.startswith("Rolled back: event 5")


def test_missing_triggers_are_named():
    record("a.done")
    with behind_the_triggers():
        assert verify().problem.startswith("The database no longer refuses changes: audit_event_frozen")


def test_empty_trail_is_whole():
    assert verify().is_whole


def test_command_on_a_whole_trail_prints_its_end(capsys):
    _five()
    call_command("verify_audit")
    last = Event.objects.get(pk=5)
    assert capsys.readouterr().out == f"The trail is whole: 5 events, last 5:{last.hash}\n"


def test_command_on_a_broken_trail_exits_with_one(capsys):
    _five()
    with behind_the_triggers() as cursor:
        cursor.execute("DELETE FROM audit_event WHERE sequence = 2")
    with pytest.raises(SystemExit) as stopped:
        call_command("verify_audit")
    assert stopped.value.code == 1
    assert capsys.readouterr().err == (
        "Gap: event 2 is missing (the next one is 3). Events 1 to 1 are good.\n"
    )


def test_verify_reads_in_chunks(django_assert_max_num_queries):
    _five()
    with django_assert_max_num_queries(4):
        verify()

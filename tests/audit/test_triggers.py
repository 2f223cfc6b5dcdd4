"""The database itself refuses to change the trail."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.migrations.executor import MigrationExecutor

from audit import triggers
from audit.models import Event
from audit.recorder import record

CHANGES = [
    "UPDATE audit_event SET action = 'other'",
    "UPDATE audit_event SET detail = '{}'",
    "DELETE FROM audit_event",
    "DELETE FROM audit_chainhead",
]
TRUNCATIONS = ["TRUNCATE audit_event", "TRUNCATE audit_chainhead", "TRUNCATE audit_event CASCADE"]


def _refused(statement):
    with (
        pytest.raises(DatabaseError, match=triggers.REFUSAL),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


@pytest.mark.django_db
@pytest.mark.parametrize("statement", CHANGES)
def test_change_is_refused(statement):
    record("a.done")
    _refused(statement)
    assert Event.objects.get().action == "a.done"


@pytest.mark.django_db
@pytest.mark.postgres
@pytest.mark.parametrize("statement", TRUNCATIONS)
def test_truncate_is_refused(statement):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no TRUNCATE")
    record("a.done")
    _refused(statement)


@pytest.mark.django_db
def test_orm_save_and_delete_are_refused():
    event = record("a.done")
    event.action = "b.done"
    with pytest.raises(DatabaseError), transaction.atomic():
        event.save()
    with pytest.raises(DatabaseError), transaction.atomic():
        event.delete()


@pytest.mark.django_db
def test_every_trigger_is_up_after_migrating():
    assert triggers.missing(connection) == set()


@pytest.mark.django_db(transaction=True)
def test_flush_of_a_test_database_leaves_the_triggers_up():
    record("a.done")
    from django.core.management import call_command

    call_command("flush", interactive=False, verbosity=0)
    assert Event.objects.count() == 0
    assert triggers.missing(connection) == set()


@pytest.mark.django_db(transaction=True)
def test_migration_can_be_undone_and_repeated():
    executor = MigrationExecutor(connection)
    executor.migrate([("audit", "0001_initial")])
    gone = triggers.missing(connection)
    executor.loader.build_graph()
    executor.migrate([("audit", "0002_append_only")])
    assert gone == triggers.expected(connection)
    assert triggers.missing(connection) == set()

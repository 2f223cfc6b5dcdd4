"""Counts every voice again and says where the running counts differ: after a migration, and on suspicion."""

from typing import Any

from django.db import connections, transaction

from . import faces, triggers


def recount(using: str = "default") -> None:
    """Write all counts anew from the voices; nobody can write a voice meanwhile."""
    connection = connections[using]
    counted = faces.of(connection, "r", 1, faces.VOICES)
    with transaction.atomic(using=using), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"LOCK TABLE {faces.VOICES} IN SHARE MODE")
        cursor.execute(f"DELETE FROM {faces.TABLE}")
        cursor.execute(
            f"INSERT INTO {faces.TABLE} ({faces.COLUMNS}) SELECT {faces.KEYS}, SUM(number), TRUE"
            f" FROM ({counted}) AS counted GROUP BY {faces.KEYS}"
        )


def differences(using: str = "default") -> list[tuple[Any, ...]]:
    """Return each key whose running count is not what the voices say, with how much is missing. One query."""
    connection = connections[using]
    counted = faces.of(connection, "r", 1, faces.VOICES)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {faces.KEYS}, SUM(number) FROM ({counted} UNION ALL"
            f" SELECT {faces.KEYS}, -number FROM {faces.TABLE}) AS both_counts"
            f" GROUP BY {faces.KEYS} HAVING SUM(number) <> 0"
        )
        return list(cursor.fetchall())


def before_migrating(*, plan: Any, using: str, **_more: Any) -> None:
    """Take the triggers down when something will be migrated: SQLite rebuilds a table to alter it."""
    if plan:
        triggers.drop(using)


def after_migrating(*, using: str, plan: Any = None, **_more: Any) -> None:
    """Put the triggers back and count what was written without them; also after a test emptied all tables."""
    if plan == [] or faces.VOICES not in connections[using].introspection.table_names():
        return
    triggers.install(using)
    recount(using)

"""The one place where voices are counted: the database itself, as rows come, change and go.

No code can forget it, whether it saves one row, updates a thousand, or deletes what hangs together.
"""

from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from . import faces

_FUNCTION = "feedback_count_voices"
_NAMES = ("feedback_voice_arrived", "feedback_voice_changed", "feedback_voice_gone")


def install(using: str = "default") -> None:
    """Put the triggers in place, as the code and the council's zone now have them."""
    connection = connections[using]
    statements = _postgresql(connection) if connection.vendor == "postgresql" else _sqlite(connection)
    drop(using)
    with transaction.atomic(using=using), connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def drop(using: str = "default") -> None:
    """Take the triggers down: a table cannot be rebuilt under them. Nothing is counted until install()."""
    connection = connections[using]
    if faces.VOICES not in connection.introspection.table_names():
        return
    on = f" ON {faces.VOICES}" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        for name in _NAMES:
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on}")


def _postgresql(connection: BaseDatabaseWrapper) -> list[str]:
    """Count once for a whole statement: what did not change cancels out and writes nothing."""
    more, less = faces.of(connection, "r", 1, "arrived"), faces.of(connection, "r", -1, "gone")

    def write(rows: str) -> str:
        return (
            f"INSERT INTO {faces.TABLE} ({faces.COLUMNS}) SELECT {faces.KEYS}, SUM(number), FALSE"
            f" FROM ({rows}) AS counted GROUP BY {faces.KEYS} HAVING SUM(number) <> 0;"
        )

    function = (
        f"CREATE OR REPLACE FUNCTION {_FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        f" IF TG_OP = 'INSERT' THEN {write(more)}"
        f" ELSIF TG_OP = 'DELETE' THEN {write(less)}"
        f" ELSE {write(f'{more} UNION ALL {less}')} END IF; RETURN NULL; END $$"
    )
    tables = (
        ("INSERT", "NEW TABLE AS arrived"),
        ("UPDATE", "OLD TABLE AS gone NEW TABLE AS arrived"),
        ("DELETE", "OLD TABLE AS gone"),
    )
    return [
        function,
        *(
            f"CREATE TRIGGER {name} AFTER {verb} ON {faces.VOICES} REFERENCING {named}"
            f" FOR EACH STATEMENT EXECUTE FUNCTION {_FUNCTION}()"
            for name, (verb, named) in zip(_NAMES, tables, strict=True)
        ),
    ]


def _sqlite(connection: BaseDatabaseWrapper) -> list[str]:
    def write(row: str, number: int) -> str:
        return (
            f"INSERT INTO {faces.TABLE} ({faces.COLUMNS}) SELECT {faces.KEYS}, number, 0"
            f" FROM ({faces.of(connection, row, number)});"
        )

    changed = " OR ".join(f"NEW.{name} IS NOT OLD.{name}" for name in faces.COUNTED)
    more, less = write("NEW", 1), write("OLD", -1)
    events = (("INSERT", "", more), ("UPDATE", f"WHEN {changed}", more + less), ("DELETE", "", less))
    return [
        f"CREATE TRIGGER {name} AFTER {verb} ON {faces.VOICES} {when} BEGIN {body} END"
        for name, (verb, when, body) in zip(_NAMES, events, strict=True)
    ]

"""The database's own refusal to change the trail, in each one's words; must not hold exceptions to it."""

from django.db.backends.base.base import BaseDatabaseWrapper

REFUSAL = "the audit trail is append-only"

_POSTGRESQL_CREATE = (
    f"""CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'restrict_violation'; END $$""",
    "CREATE TRIGGER audit_event_frozen BEFORE UPDATE OR DELETE ON audit_event"
    " FOR EACH ROW EXECUTE FUNCTION audit_refuse()",
    "CREATE TRIGGER audit_event_kept BEFORE TRUNCATE ON audit_event"
    " FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()",
    "CREATE TRIGGER audit_head_frozen BEFORE DELETE ON audit_chainhead"
    " FOR EACH ROW EXECUTE FUNCTION audit_refuse()",
    "CREATE TRIGGER audit_head_kept BEFORE TRUNCATE ON audit_chainhead"
    " FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()",
)
_SQLITE_CREATE = tuple(
    f"CREATE TRIGGER {name} BEFORE {verb} ON {table} BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
    for name, verb, table in (
        ("audit_event_frozen", "UPDATE", "audit_event"),
        ("audit_event_kept", "DELETE", "audit_event"),
        ("audit_head_kept", "DELETE", "audit_chainhead"),
    )
)
_TABLE_OF = {
    "audit_event_frozen": "audit_event",
    "audit_event_kept": "audit_event",
    "audit_head_frozen": "audit_chainhead",
    "audit_head_kept": "audit_chainhead",
}


def expected(connection: BaseDatabaseWrapper) -> set[str]:
    """Return the names of the triggers this database must have."""
    names = set(_TABLE_OF)
    return names if connection.vendor == "postgresql" else names - {"audit_head_frozen"}


def create_statements(connection: BaseDatabaseWrapper) -> list[str]:
    """Return the SQL that puts the triggers up."""
    return list(_POSTGRESQL_CREATE if connection.vendor == "postgresql" else _SQLITE_CREATE)


def drop_statements(connection: BaseDatabaseWrapper) -> list[str]:
    """Return the SQL that takes them down: for undoing the migration, and for emptying a test database."""
    if connection.vendor == "postgresql":
        return [f"DROP TRIGGER IF EXISTS {name} ON {table}" for name, table in _TABLE_OF.items()]
    return [f"DROP TRIGGER IF EXISTS {name}" for name in sorted(expected(connection))]


def missing(connection: BaseDatabaseWrapper) -> set[str]:
    """Return the names of the triggers that are not there (or, on PostgreSQL, are switched off)."""
    query = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    if connection.vendor == "postgresql":
        query = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'"
    with connection.cursor() as cursor:
        cursor.execute(query)
        return expected(connection) - {row[0] for row in cursor.fetchall()}

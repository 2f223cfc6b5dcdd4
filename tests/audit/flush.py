"""Lets transactional tests empty their database: Django's flush meets triggers that refuse that, or count.

Loaded by tests/conftest.py. Only the flush of a test database is touched: the trail's triggers go down and up
again inside flush's own transaction, so tests run with them and production code holds no way around them.
Where voices are deleted row by row (SQLite), each leaves a count behind, so the counts go last.
"""

from typing import Any

from django.core.management.commands import flush
from django.db.backends.base.base import BaseDatabaseWrapper

from audit import triggers
from feedback.counting import faces

_flush_statements = flush.sql_flush


def _around_the_triggers(style: Any, connection: BaseDatabaseWrapper, **options: Any) -> list[str]:
    tables = set(connection.introspection.table_names())
    statements = _flush_statements(style, connection, **options)
    if "audit_event" not in tables or not statements:
        return statements
    counts = connection.ops.quote_name(faces.TABLE)
    ordered = sorted(statements, key=lambda statement: counts in statement)
    return [*triggers.drop_statements(connection), *ordered, *triggers.create_statements(connection)]


flush.sql_flush = _around_the_triggers

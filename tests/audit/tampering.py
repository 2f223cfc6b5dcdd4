"""What somebody with the database's own keys could do: take the triggers down, change, put them up again."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

from audit import triggers


@contextmanager
def behind_the_triggers() -> Iterator[Any]:
    """Give a cursor while the triggers are down."""
    with connection.cursor() as cursor:
        for statement in triggers.drop_statements(connection):
            cursor.execute(statement)
        yield cursor
        for statement in triggers.create_statements(connection):
            cursor.execute(statement)

"""A portal of its own to measure: test settings, an empty database, a folder; dropped afterwards."""

import logging
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def portal(database_url: str = "") -> Iterator[None]:
    """Set Django up, quietly, on a database beside `database_url`'s (DATABASE_URL's, or SQLite on disk).

    Once in a process: Django remembers its first settings.
    """
    with tempfile.TemporaryDirectory() as folder:
        os.environ["PORTAL_TEST_VAR"] = folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "council_portal.settings.test"
        _set_up(database_url)
        with _database(folder):
            yield


@contextmanager
def ready() -> Iterator[None]:
    """Set Django up for what needs settings and no database."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["PORTAL_TEST_VAR"] = folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "council_portal.settings.test"
        _set_up("")
        yield


def _set_up(database_url: str) -> None:
    import django
    from django.conf import settings

    if database_url:
        import dj_database_url

        settings.DATABASES["default"] = dj_database_url.parse(database_url) | {"TEST": {}}
    django.setup()
    logging.disable(logging.CRITICAL)


@contextmanager
def _database(folder: str) -> Iterator[None]:
    from django.db import connection
    from django.test.utils import setup_test_environment, teardown_test_environment

    setup_test_environment(debug=False)
    if connection.vendor == "sqlite":
        # On disk, as in a first look: the tests' in-memory default would flatter.
        connection.settings_dict["TEST"]["NAME"] = str(Path(folder) / "bench.sqlite3")
    name = connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        yield
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)
        teardown_test_environment()


def let_the_database_look() -> None:
    """Let the database count its rows, as it does by itself in time."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")

"""Keeps an empty migrated SQLite database, so that a test process copies it and migrates nothing.

The copy is kept by what the migrations say, and the processes of a run wait for the first one's. Django's
migrate still runs over it, so that a copy could never be behind the migrations.
"""

import contextlib
import fcntl
import hashlib
import inspect
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import django
from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader

FOLDER = Path(settings.VAR_DIR) / "test-schema"


@contextlib.contextmanager
def copied() -> Iterator[None]:
    """Fill this process's database in memory from the kept one; without one, keep what the block makes of it.

    Does nothing for a database that is not in SQLite's memory.
    """
    name = connection.creation._get_test_db_name()
    if connection.vendor != "sqlite" or not connection.creation.is_in_memory_db(name):
        yield
        return
    FOLDER.mkdir(parents=True, exist_ok=True)
    kept = FOLDER / f"{_digest()}.sqlite3"
    # A database in memory lives for as long as somebody is connected to it.
    with contextlib.closing(sqlite3.connect(name, uri=True)) as here:
        with _alone():
            if is_there := kept.exists():
                _copy(kept, here)
            else:
                yield
                _keep(here, kept)
        if is_there:
            yield


@contextlib.contextmanager
def _alone() -> Iterator[None]:
    with (FOLDER / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _copy(kept: Path, here: sqlite3.Connection) -> None:
    with contextlib.closing(sqlite3.connect(kept)) as source:
        source.backup(here)


def _keep(here: sqlite3.Connection, kept: Path) -> None:
    """Put the database under its name whole, and drop those of other migrations."""
    for old in FOLDER.glob("*.sqlite3"):
        old.unlink()
    unfinished = kept.with_suffix(f".{os.getpid()}")
    with contextlib.closing(sqlite3.connect(unfinished)) as target:
        here.backup(target)
    unfinished.replace(kept)


def _digest() -> str:
    """Name the schema by the text of every migration, and of the modules a migration takes code from."""
    found = hashlib.sha256(f"{django.VERSION} {sqlite3.sqlite_version}".encode())
    modules = {
        inspect.getmodule(value)
        for migration in MigrationLoader(None).disk_migrations.values()
        for value in (type(migration), *vars(inspect.getmodule(type(migration))).values())
    }
    for path in sorted({module.__file__ for module in modules if getattr(module, "__file__", None)}):
        found.update(path.encode() + Path(path).read_bytes())
    return found.hexdigest()[:32]

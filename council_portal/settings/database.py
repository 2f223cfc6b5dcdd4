"""One way to read DATABASE_URL for every place; SQLite is set up to stand concurrent writers."""

from pathlib import Path
from typing import Any

import dj_database_url


def database(url: str, *, sqlite_path: Path) -> dict[str, Any]:
    """Return Django's entry for `url`, or for a SQLite file when `url` is empty.

    SQLite runs in WAL mode and takes its write lock when a transaction begins, so that two writers
    wait for each other instead of failing half-way.
    """
    if url:
        return {
            **dj_database_url.parse(url, conn_max_age=60, conn_health_checks=True),
            "OPTIONS": {"connect_timeout": 5},
        }
    sqlite_path.parent.mkdir(parents=True, exist_ok=True)
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": sqlite_path,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA busy_timeout=20000;",
        },
    }

"""One way to read DATABASE_URL for every place; SQLite is set up to stand concurrent writers."""

from pathlib import Path
from typing import Any

import dj_database_url

SQLITE = "django.db.backends.sqlite3"
SQLITE_OPTIONS: dict[str, Any] = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA busy_timeout=20000;",
}


def database(url: str, *, sqlite_path: Path) -> dict[str, Any]:
    """Return Django's entry for `url`, or for a SQLite file when `url` is empty.

    SQLite runs in WAL mode and takes its write lock when a transaction begins, so that two writers
    wait for each other instead of failing half-way. Options that `url` itself names are kept.
    """
    if not url:
        sqlite_path.parent.mkdir(parents=True, exist_ok=True)
        return {"ENGINE": SQLITE, "NAME": sqlite_path, "OPTIONS": dict(SQLITE_OPTIONS)}
    entry: dict[str, Any] = {**dj_database_url.parse(url)}
    if entry["ENGINE"] == SQLITE:
        return {**entry, "OPTIONS": SQLITE_OPTIONS | entry.get("OPTIONS", {})}
    options = {"connect_timeout": 5} | entry.get("OPTIONS", {})
    return {**entry, "CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True, "OPTIONS": options}

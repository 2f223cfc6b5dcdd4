"""DATABASE_URL as it is read: each database gets the options it knows."""

from pathlib import Path

from council_portal.settings.database import SQLITE_OPTIONS, database


def test_sqlite_address_gets_the_options_of_the_usual_file(tmp_path: Path) -> None:
    entry = database(f"sqlite:///{tmp_path}/own.sqlite3", sqlite_path=tmp_path / "usual.sqlite3")

    usual = database("", sqlite_path=tmp_path / "usual.sqlite3")
    assert (entry["NAME"], entry["OPTIONS"]) == (f"{tmp_path}/own.sqlite3", usual["OPTIONS"])


def test_postgresql_address_waits_five_seconds_and_keeps_its_own_options(tmp_path: Path) -> None:
    entry = database("postgres://ada:pw@db/portal?sslmode=require", sqlite_path=tmp_path / "usual.sqlite3")

    assert entry["OPTIONS"] == {"connect_timeout": 5, "sslmode": "require"}


def test_options_of_one_entry_are_not_shared_with_the_next(tmp_path: Path) -> None:
    database("", sqlite_path=tmp_path / "usual.sqlite3")["OPTIONS"]["timeout"] = 1

    assert SQLITE_OPTIONS["timeout"] == 20

"""An upgrade of a filled database: what later versions copy onto the notice is there afterwards."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.apps.registry import Apps
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

OLDEST = [("updates", "0001_initial")]
STARTS = datetime(2027, 5, 1, 12, 0, tzinfo=UTC)
ENDS = datetime(2027, 5, 1, 15, 0, tzinfo=UTC)


@pytest.fixture
def oldest(transactional_db) -> Any:
    """Take the rooms down to the first tables of `updates`, and up again afterwards."""
    executor = MigrationExecutor(connection)
    executor.migrate(OLDEST)
    yield MigrationExecutor(connection).loader.project_state(OLDEST).apps
    call_command("migrate", verbosity=0)


def live_notice(apps: Apps, kind: str, number: int, *, is_borough_wide: bool = False) -> Any:
    """Store a live notice of `kind` as the first version did and return its edition."""
    user, _new = apps.get_model("accounts", "User").objects.get_or_create(email="ada@riverbank.example")
    team, _new = apps.get_model("accounts", "Team").objects.get_or_create(name="Streets", slug="streets")
    notice = apps.get_model("updates", "Notice").objects.create(
        reference=f"AAAA{number}", kind=kind, team=team, owner=user, first_published_at=STARTS
    )
    edition = apps.get_model("updates", "Edition").objects.create(
        notice=notice, number=1, title="A title", author=user, is_borough_wide=is_borough_wide
    )
    notice.live_edition = edition
    notice.save()
    return edition


@pytest.mark.slow
def test_upgrade_fills_what_the_lists_read(oldest: Apps) -> None:
    live_notice(oldest, "general", 2, is_borough_wide=True)
    event = live_notice(oldest, "event", 3)
    oldest.get_model("updates", "EventDetail").objects.create(
        edition=event, starts_at=STARTS, ends_at=ENDS, venue="Town hall"
    )
    project = live_notice(oldest, "project", 4)
    oldest.get_model("updates", "ProjectDetail").objects.create(edition=project, horizon="long_term")

    executor = MigrationExecutor(connection)
    newest = [node for node in executor.loader.graph.leaf_nodes() if node[0] == "updates"]
    apps = executor.migrate(newest).apps

    notices = apps.get_model("updates", "Notice").objects.order_by("reference")
    assert list(notices.values_list("kind", "is_borough_wide", "starts_at", "horizon")) == [
        ("general", True, None, ""),
        ("event", False, STARTS, ""),
        ("project", False, None, "long_term"),
    ]
    dates = apps.get_model("updates", "Occurrence").objects.values_list("starts_at", "ends_at")
    assert list(dates) == [(STARTS, ENDS)]

"""An upgrade of a filled database: rings become polygons, and a postcode has its street's ward."""

from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

OLD, NEW = [("places", "0001_initial")], [("places", "0004_postcode_has_a_ward")]
RING = [[0.0, 51.0], [0.1, 51.0], [0.1, 51.1]]


@pytest.fixture
def old(transactional_db) -> Any:
    """Take places down to its first tables, and up again afterwards."""
    MigrationExecutor(connection).migrate(OLD)
    yield MigrationExecutor(connection).loader.project_state(OLD).apps
    call_command("migrate", verbosity=0)


@pytest.mark.slow
def test_upgrade_turns_rings_into_polygons_and_gives_postcodes_their_ward(old: Any) -> None:
    ward = old.get_model("places", "Ward").objects.create(name="Quay", slug="quay", code="1", boundary=RING)
    old.get_model("places", "Ward").objects.create(name="Bare", slug="bare", code="2")
    street = old.get_model("places", "Street").objects.create(ward=ward, name="Quay Street")
    old.get_model("places", "Postcode").objects.create(code="RB11AA", street=street)

    apps = MigrationExecutor(connection).migrate(NEW).apps

    wards = apps.get_model("places", "Ward").objects.order_by("code")
    assert list(wards.values_list("boundary", flat=True)) == [[[[*RING, RING[0]]]], []]
    assert list(apps.get_model("places", "Postcode").objects.values_list("code", "ward__code")) == [
        ("RB11AA", "1")
    ]

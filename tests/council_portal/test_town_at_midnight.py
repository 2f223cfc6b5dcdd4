"""The demo town can be built at any hour, also when days and hours ago change places."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.conf import settings

from council_portal.town import load
from updates.models import Notice

pytestmark = [pytest.mark.slow, pytest.mark.django_db, pytest.mark.timeout(900)]


@pytest.mark.parametrize("hour", ["2026-11-23T00:08", "2026-11-29T23:55"])
def test_town_can_be_built_at_midnight(hour):
    now = datetime.fromisoformat(hour).replace(tzinfo=ZoneInfo(settings.TIME_ZONE))

    with time_machine.travel(now):
        load.load(now)

    assert Notice.objects.count() >= 60

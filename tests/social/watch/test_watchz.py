"""What a monitor outside hears of the watch."""

from datetime import timedelta

import pytest
from django.utils import timezone

from social.models import Watch

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("minutes", "status", "words"), [(1, 200, "ok"), (16, 503, "standing still")])
def test_a_monitor_hears_whether_the_watch_stands_still(client, mine, minutes, status, words):
    seen_at = timezone.now() - timedelta(minutes=minutes)
    Watch.objects.update(seen_at=seen_at)

    answer = client.get("/watchz")

    assert (answer.status_code, answer.json()) == (
        status,
        {"watch": words, "last_look_at": seen_at.isoformat(timespec="seconds")},
    )
    assert client.get("/readyz").status_code == 200


def test_a_portal_without_accounts_is_well(client):
    assert client.get("/watchz").json() == {"watch": "ok", "last_look_at": None}

"""A long line to one account, as after an hour's outage: finding who is next stays cheap."""

import time
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from social import delivery, sweeping
from social.models import Delivery
from tests.outbox.rows import account, edition, row
from updates.models import Edition, Notice

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
LENGTH = 2000
MOST = 1.0
"""Seconds; it is hundredths on an idle machine, and took many seconds when every row was held against all."""


@pytest.fixture
def line():
    """The first of 2,000 deliveries that wait for one account."""
    pattern, ours = edition(), account()
    first = row(account=ours)
    notices = Notice.objects.bulk_create(
        [
            Notice(kind="general", team=pattern.notice.team, owner=pattern.author, reference=f"L{number:04d}")
            for number in range(LENGTH - 1)
        ]
    )
    editions = Edition.objects.bulk_create(
        [Edition(notice=each, number=1, title="T", summary="S", author=pattern.author) for each in notices]
    )
    due = timezone.now() - timedelta(seconds=1)
    Delivery.objects.bulk_create(
        [
            Delivery(
                edition=each,
                account=ours,
                key=f"line-{each.pk}",
                payload=first.payload,
                next_attempt_at=due,
            )
            for each in editions
        ]
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return first


def test_the_next_of_a_long_line_is_found_at_once(line):
    began = time.perf_counter()
    found = delivery.next_in_line(line.pk)

    assert found == line.pk
    assert time.perf_counter() - began < MOST


def test_a_sweep_hands_out_only_the_front_of_a_long_line(line):
    began = time.perf_counter()
    due = sweeping.collect()

    assert due.deliver == [line.pk]
    assert time.perf_counter() - began < MOST

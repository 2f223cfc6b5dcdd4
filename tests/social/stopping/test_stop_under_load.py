"""Workers send as fast as they can while somebody stops everything: what leaves after the stop commits."""

import threading
import time
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from outbox.enums import Status
from outbox.receipt import Receipt
from social import locks
from social.delivery import deliver_one
from social.models import Delivery, SandboxPost
from social.publishers.registry import PUBLISHERS
from social.publishers.sandbox import Sandbox
from tests.outbox.rows import account, row

pytestmark = [pytest.mark.postgres, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
WORKERS, ACCOUNTS, EACH = 6, 6, 40


class Slow(Sandbox):
    """The practice network far away: it notes when each call began and when the post stood there."""

    def __init__(self, latency: float) -> None:
        """Take `latency` seconds for every call."""
        self.latency = latency
        self.begun: list[datetime] = []

    def publish(self, *args: Any, **more: Any) -> Receipt:
        """Post after a while."""
        self.begun.append(timezone.now())
        time.sleep(self.latency)
        return super().publish(*args, **more)


def _work(mine, gate, over):
    """Claim and send one row after another, until the test is over."""
    gate.wait()
    while not over.is_set():
        for pk in mine:
            deliver_one(pk)
    connection.close()


@pytest.mark.parametrize("latency", [0, 0.2])
@pytest.mark.parametrize("stop", [locks.hold_all, locks.lock_all])
def test_after_the_stop_commits_nothing_more_is_claimed(cast, stop, latency, record_property, monkeypatch):
    platform = Slow(latency)
    monkeypatch.setitem(PUBLISHERS, "sandbox", platform)
    accounts = [account() for _each in range(ACCOUNTS)]
    rows = [row(account=one).pk for _each in range(EACH) for one in accounts]
    gate, over = threading.Barrier(WORKERS + 1), threading.Event()
    workers = [threading.Thread(target=_work, args=(rows, gate, over)) for _each in range(WORKERS)]
    for worker in workers:
        worker.start()
    gate.wait()
    while SandboxPost.objects.count() < ACCOUNTS * EACH // 4:
        time.sleep(0.01)

    assert stop(by=cast.lead, reason="Hijacked.") == ACCOUNTS
    committed_at = timezone.now()
    claimed_by_then = set(Delivery.objects.exclude(attempts=0).values_list("pk", flat=True))
    time.sleep(2)
    over.set()
    for worker in workers:
        worker.join()

    claimed = set(Delivery.objects.exclude(attempts=0).values_list("pk", flat=True))
    late = list(SandboxPost.objects.filter(posted_at__gt=committed_at).values_list("posted_at", flat=True))
    longest = max((at - committed_at for at in late), default=timedelta(0))
    begun = sum(at > committed_at for at in platform.begun)
    seen = {"claimed_before": len(claimed_by_then), "begun_after": begun, "ended_after": len(late)}
    for name, number in (seen | {"longest_ms": longest.total_seconds() * 1000}).items():
        record_property(name, number)
    print(latency, stop.__name__, seen, longest)
    # Each worker may go through with the one row it claimed a moment before; nothing is claimed anew.
    assert len(claimed) - len(claimed_by_then) <= WORKERS
    assert not Delivery.objects.filter(claimed_at__gt=committed_at).exists()
    assert begun <= WORKERS
    assert len(late) <= WORKERS
    assert longest < timedelta(seconds=1)
    assert Delivery.objects.filter(status=Status.QUEUED, attempts=0).count() == len(rows) - len(claimed)
    assert len(claimed) < len(rows)

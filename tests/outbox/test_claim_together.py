"""Many workers at one row on PostgreSQL: one gets it, and what stops it stops it in the same statement."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from outbox import engine, removal
from outbox.enums import Status
from social.delivery import claimable
from social.models import Account, Delivery
from tests.outbox.rows import fresh, row

_NOW = object()


def in_thread(call):
    """Run `call` and give its connection back."""

    def run(*args):
        try:
            return call(*args)
        finally:
            connections.close_all()

    return run


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_eight_workers_one_claims_each_row(postgres_url):
    rows = [row() for _number in range(10)]
    claim = in_thread(lambda pk: engine.claim(claimable(), pk))

    with ThreadPoolExecutor(8) as pool:
        taken = list(pool.map(claim, [made.pk for made in rows for _worker in range(8)]))

    assert sorted(found.pk for found in taken if found) == sorted(made.pk for made in rows)
    assert list(Delivery.objects.values_list("attempts", flat=True)) == [1] * 10


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_claim_that_waits_for_a_withdrawal_does_not_get_the_row(postgres_url):
    made = row()
    claim = in_thread(lambda: engine.claim(claimable(), made.pk))

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            removal.withdraw(Delivery.objects.filter(pk=made.pk))
            waiting = pool.submit(claim)
        taken = waiting.result(10)

    assert taken is None
    assert fresh(made).status == Status.CANCELLED


@pytest.mark.django_db
@pytest.mark.parametrize(
    "stop",
    [
        {"locked_at": _NOW, "locked_reason": "Why.", "stop_level": "hold"},
        {"locked_at": _NOW, "locked_reason": "Why.", "stop_level": "lock"},
        {"broken_at": _NOW, "last_error": "Why."},
        {"disconnected_at": _NOW},
        {"confirmed_at": None},
    ],
    ids=["held", "locked", "broken", "disconnected", "not confirmed"],
)
def test_a_stopped_account_is_not_claimed_for(stop):
    made = row()
    changes = {name: timezone.now() if value is _NOW else value for name, value in stop.items()}
    Account.objects.filter(pk=made.account_id).update(**changes)

    assert engine.claim(claimable(), made.pk) is None
    assert fresh(made).status == Status.QUEUED


@pytest.mark.django_db
def test_a_withdrawn_notice_is_a_tombstone_even_if_its_row_was_missed():
    made = row()
    notice = made.edition.notice
    notice.withdrawn_at, notice.withdrawn_reason = timezone.now(), "Wrong street."
    notice.save()

    assert engine.claim(claimable(), made.pk) is None


@pytest.mark.django_db
def test_the_claim_is_one_update_that_joins_nothing():
    """A joined UPDATE hides its conditions in `id IN (…)`, which PostgreSQL does not check again."""
    made = row()

    with CaptureQueriesContext(connection) as queries:
        engine.claim(claimable(), made.pk)

    [update] = [query["sql"] for query in queries if query["sql"].startswith("UPDATE")]
    assert '"social_delivery"."id" IN' not in update
    assert update.count("EXISTS") == 7

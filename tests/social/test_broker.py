"""The broker gone, and the broker's duplicates: neither loses nor doubles anything."""

import pytest

from outbox import removal
from outbox.enums import Status
from social import delivery, sweeping, tasks
from social.models import Account, Delivery, SandboxPost
from tests import factories
from tests.outbox.rows import account, fresh, row
from tests.real.process import free_port
from updates.models import Edition

pytestmark = pytest.mark.django_db


@pytest.fixture
def no_broker():
    """Point the portal's Celery at a port where nothing listens."""
    from council_portal.celery import app

    known, app.conf.broker_url = app.conf.broker_url, f"redis://127.0.0.1:{free_port()}/0"
    app.pool.force_close_all()
    yield
    app.conf.broker_url = known
    app.pool.force_close_all()


def test_publishing_without_a_broker_succeeds_and_the_sweep_finds_the_rows(
    cast, no_broker, django_capture_on_commit_callbacks
):
    account().teams.add(cast.team)

    with django_capture_on_commit_callbacks(execute=True):
        edition = factories.published(cast)

    assert Edition.objects.get(pk=edition.pk).status == "published"
    waiting = Delivery.objects.get()
    assert (waiting.status, waiting.enqueued_at) == (Status.QUEUED, None)
    assert sweeping.collect().deliver == [waiting.pk]


def test_the_sweep_does_not_hand_out_a_row_twice_at_once():
    row()

    first, second = sweeping.collect(), sweeping.collect()

    assert (len(first.deliver), len(second.deliver)) == (1, 0)


def test_the_same_id_twice_posts_once():
    made = row()

    outcomes = [delivery.deliver_one(made.pk), delivery.deliver_one(made.pk)]

    assert outcomes[1] is None
    assert (fresh(made).status, SandboxPost.objects.count()) == (Status.SENT, 1)


def test_an_id_that_does_not_exist_does_nothing():
    assert delivery.deliver_one(0) is None
    assert delivery.settle_one(0) is None
    assert delivery.remove_one(0) is None


def test_the_tasks_do_what_their_names_say(cast):
    made = row()

    tasks.deliver(made.pk)
    removal.withdraw(Delivery.objects.filter(pk=made.pk))
    tasks.remove(made.pk)
    tasks.reconcile(made.pk)
    tasks.check_account(made.account_id)

    assert fresh(made).status == Status.REMOVED
    assert SandboxPost.objects.on_show().count() == 0
    assert Account.objects.get().checked_at is not None


def test_what_waits_for_a_locked_account_is_not_handed_out():
    made = row()
    Account.objects.filter(pk=made.account_id).update(
        locked_at=made.created_at, locked_reason="Drill.", stop_level="hold"
    )

    assert sweeping.collect().deliver == []


def test_the_account_remembers_its_last_success():
    made = row()

    delivery.deliver_one(made.pk)

    assert Account.objects.get().last_success_at is not None

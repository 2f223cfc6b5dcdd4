"""What is known about subscribers goes when its time is over; a dry run counts the same."""

import io
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from audit.models import Event
from subscriptions import joining, leaving, retention
from subscriptions.models import Batch, Copy, Mailing, Subscriber, Wish
from tests import factories

from .conftest import deliver, subscriber

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture
def old_and_new(cast, mail_server):
    """An old and a new row of each sort."""
    stays, gone, recently = (subscriber(f"{name}@mail.example") for name in ("stays", "gone", "recently"))
    factories.published(cast)
    deliver()
    leaving.leave(gone, [])
    leaving.leave(recently, [])
    Subscriber.objects.filter(pk=gone.pk).update(ended_at=NOW - timedelta(days=366))
    Copy.objects.filter(subscriber=stays).update(at=NOW - timedelta(days=366))
    joining.wish("old@mail.example")
    Wish.objects.update(created_at=NOW - timedelta(days=8))
    joining.wish("new@mail.example")


def test_what_is_over_goes_and_the_rest_stays(old_and_new):
    counts = retention.forget()

    assert counts == {"wishes": 4, "subscribers": 1, "copies": 1}
    assert sorted(Subscriber.objects.values_list("address", flat=True)) == [
        "recently@mail.example",
        "stays@mail.example",
    ]
    assert list(Wish.objects.values_list("address", flat=True)) == ["new@mail.example"]
    assert Event.objects.filter(action="subscriptions.forgotten").count() == 1


def test_dry_run_counts_the_same_and_changes_nothing(old_and_new):
    before = [model.objects.count() for model in (Wish, Subscriber, Copy)]
    said = io.StringIO()
    call_command("forget_subscribers", dry_run=True, stdout=said)

    assert [model.objects.count() for model in (Wish, Subscriber, Copy)] == before
    assert said.getvalue().strip() == (
        "Would remove 4 wishes, 1 subscribers who had left and 1 records of mails."
    )


def test_mailing_goes_once_no_record_hangs_on_it(old_and_new):
    Copy.objects.update(at=NOW - timedelta(days=366))
    Mailing.objects.update(created_at=NOW - timedelta(days=366))
    retention.forget()

    assert (Mailing.objects.count(), Batch.objects.count()) == (0, 0)


def test_nothing_to_forget_leaves_no_event(db):
    retention.forget()

    assert not Event.objects.filter(action="subscriptions.forgotten").exists()

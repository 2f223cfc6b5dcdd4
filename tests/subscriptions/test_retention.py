"""What is known about subscribers goes when its time is over; a dry run counts the same."""

from datetime import timedelta

import pytest
from django.utils import timezone

from audit.models import Event
from subscriptions import joining, leaving
from subscriptions.models import Batch, Copy, Mailing, Subscriber, Wish
from tests import factories
from updates import keeping

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
    counts = {name: number for name, number in keeping.forget().items() if number}

    assert counts == {
        "wishes.wishes": 4,
        "subscriptions.copies": 1,
        "subscriptions.subscribers": 1,
    }
    assert sorted(Subscriber.objects.values_list("address", flat=True)) == [
        "recently@mail.example",
        "stays@mail.example",
    ]
    assert list(Wish.objects.values_list("address", flat=True)) == ["new@mail.example"]
    assert Event.objects.filter(action="personal_data.forgotten").count() == 2


def test_dry_run_counts_the_same_and_changes_nothing(old_and_new):
    before = [model.objects.count() for model in (Wish, Subscriber, Copy)]
    foretold = keeping.forget(dry_run=True)

    assert [model.objects.count() for model in (Wish, Subscriber, Copy)] == before
    assert keeping.forget() == foretold


def test_mailing_goes_once_no_record_hangs_on_it(old_and_new):
    Copy.objects.update(at=NOW - timedelta(days=366))
    Mailing.objects.update(created_at=NOW - timedelta(days=366))
    keeping.forget()

    assert (Mailing.objects.count(), Batch.objects.count()) == (0, 0)


def test_nothing_to_forget_leaves_no_event(db):
    keeping.forget()

    assert not Event.objects.filter(action="personal_data.forgotten").exists()

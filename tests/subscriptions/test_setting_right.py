"""Withdrawals and corrections: everyone told the wrong thing is told, and nobody else."""

import pytest
from django.utils import timezone

from outbox.enums import Status
from subscriptions import digests, leaving, mailings
from subscriptions.enums import Cadence
from subscriptions.models import Batch, Copy, Mailing
from tests import factories
from updates.content import content_hash
from updates.transitions import Action
from updates.workflow import perform

from .conftest import at, body, deliver, publish_next, recipients, subscriber

pytestmark = pytest.mark.django_db


def withdraw(cast, live):
    perform(Action.WITHDRAW, live, by=cast.approver, note="It was the wrong street.")


def test_withdrawal_is_told_to_those_who_got_a_mail(cast, mail_server):
    subscriber("told@mail.example")
    live = factories.published(cast)
    deliver()
    subscriber("later@mail.example")
    mail_server.box.clear()
    withdraw(cast, live)
    deliver()

    (message,) = mail_server.box
    assert (message["To"], message["Subject"]) == (
        "told@mail.example",
        "Withdrawn: Burst main in Quay Street",
    )
    assert "Why: It was the wrong street." in body(message)
    assert "because we had sent you the notice that is now withdrawn" in body(message)


def test_withdrawal_before_anything_left_mails_nobody(cast, mail_server):
    subscriber()
    live = factories.published(cast)
    withdraw(cast, live)
    deliver()

    assert mail_server.box == []
    assert Batch.objects.get().status == Status.CANCELLED


def test_withdrawal_waits_until_the_mail_it_is_about_is_through(cast, mail_server):
    subscriber()
    live = factories.published(cast)
    Batch.objects.update(status=Status.SENDING, claimed_at=timezone.now())
    withdraw(cast, live)
    deliver()
    waiting = Batch.objects.last().status
    Batch.objects.filter(number=1, mailing__occasion="news").update(status=Status.CANCELLED)
    deliver()

    assert (waiting, Batch.objects.last().status, mail_server.box) == (Status.QUEUED, Status.SENT, [])
    assert Copy.objects.get().result == "skipped"


@pytest.mark.parametrize(("minutes", "status"), [(-1, Status.QUEUED), (1, Status.SENT)])
def test_withdrawal_waits_for_digests_that_were_on_their_way(cast, mail_server, minutes, status):
    subscriber()
    live = factories.published(cast)
    deliver()
    digest = Mailing.objects.create(
        occasion="daily", due_on=timezone.now().date(), from_at=timezone.now(), until_at=timezone.now()
    )
    claimed = timezone.now() + digests.dt.timedelta(minutes=minutes)
    mailings.fill(digest, [(1, [], [live.pk])])
    Batch.objects.filter(mailing=digest).update(status=Status.SENDING, claimed_at=claimed)
    withdraw(cast, live)
    deliver()

    assert Batch.objects.get(mailing__occasion="withdrawn").status == status


def test_whoever_was_refused_is_told_of_no_withdrawal(cast, mail_server):
    subscriber("nobody@mail.example")
    live = factories.published(cast)
    deliver()
    withdraw(cast, live)
    deliver()

    assert Batch.objects.count() == 1


def test_correction_goes_to_everybody_who_got_the_wrong_edition(cast, mail_server):
    quayside, millgate = factories.ward("Quayside"), factories.ward("Millgate")
    subscriber("quay@mail.example", **at("Quayside"))
    subscriber("mill@mail.example", **at("Millgate"))
    live = factories.published(cast, wards=[quayside])
    deliver()
    mail_server.box.clear()
    draft = factories.next_edition(cast, live, is_correction=True, change_note="It is Millgate.")
    draft.wards.set([millgate])
    submitted = perform(Action.SUBMIT, draft, by=draft.author)
    approved = perform(
        Action.APPROVE, submitted, by=cast.approver, seen_hash=content_hash(submitted), note="Read."
    )
    perform(Action.PUBLISH, approved, by=approved.author)
    deliver()

    assert recipients(mail_server) == ["mill@mail.example", "quay@mail.example"]
    wrong = next(message for message in mail_server.box if message["To"].startswith("quay"))
    assert wrong["Subject"].startswith("Correction: ")
    assert "What we put right: It is Millgate." in body(wrong)
    assert "because we had sent you an earlier version, which was wrong" in body(wrong)


def test_correction_reaches_a_pausing_reader_and_not_one_who_left(cast, mail_server):
    pausing, gone = subscriber("pausing@mail.example"), subscriber("gone@mail.example")
    live = factories.published(cast)
    deliver()
    leaving.pause(pausing, 7)
    leaving.leave(gone, [])
    mail_server.box.clear()
    publish_next(cast, live, is_correction=True)
    deliver()

    assert recipients(mail_server) == ["pausing@mail.example"]


def test_reader_of_a_digest_is_told_of_the_withdrawal_too(cast, mail_server, monkeypatch):
    subscriber(cadence=Cadence.DAILY)
    live = factories.published(cast)
    tomorrow = digests.moment(digests.due_on("daily", timezone.now()) + digests.dt.timedelta(days=1))
    digests.make_due(tomorrow)
    deliver()
    withdraw(cast, live)
    deliver()

    assert [message["Subject"] for message in mail_server.box] == [
        "Burst main in Quay Street",
        "Withdrawn: Burst main in Quay Street",
    ]

"""A batch and a mail server with faults: nobody is missed, none gets a second copy but one in flight."""

from collections import Counter
from datetime import timedelta

import pytest
from django.utils import timezone

from outbox import engine
from outbox.enums import Status
from subscriptions import delivery, mailings, rounds, sweeping
from subscriptions.models import Batch, Copy, Subscriber
from tests import factories
from updates.transitions import Action
from updates.workflow import perform

from .conftest import deliver, recipients, subscriber

pytestmark = pytest.mark.django_db


def readers(*names: str) -> list[str]:
    return [subscriber(f"{name}@mail.example").address for name in names]


def again() -> Batch:
    """Let the batch's next attempt be due, and make it."""
    Batch.objects.filter(status=Status.RETRY).update(next_attempt_at=timezone.now())
    deliver()
    return Batch.objects.get()


def results() -> dict[str, int]:
    return dict(Counter(Copy.objects.values_list("result", flat=True)))


def test_everybody_gets_one_mail_over_one_line(cast, mail_server):
    everybody = readers(*(f"r{number:02}" for number in range(25)))
    factories.published(cast)
    deliver()
    deliver()

    assert (recipients(mail_server), mail_server.lines) == (everybody, 1)
    assert Batch.objects.get().status == Status.SENT


def test_a_hundred_and_one_make_two_batches(cast, monkeypatch):
    monkeypatch.setattr(mailings, "BATCH", 10)
    readers(*(f"r{number}" for number in range(11)))
    factories.published(cast)

    assert list(Batch.objects.values_list("number", "size")) == [(1, 10), (2, 1)]


def test_refused_recipient_never_stops_the_batch_and_has_bounced(cast, mail_server):
    readers("a", "nobody", "z")
    factories.published(cast)
    deliver()

    nobody = Subscriber.objects.get(address="nobody@mail.example")
    assert recipients(mail_server) == ["a@mail.example", "z@mail.example"]
    assert (nobody.ended_why, Batch.objects.get().status) == ("bounced", Status.SENT)
    assert results() == {"sent": 2, "refused": 1}


def test_deferred_recipient_alone_is_tried_again(cast, mail_server):
    readers("a", "busy", "z")
    factories.published(cast)
    deliver()
    first = Batch.objects.get()
    Subscriber.objects.filter(address="busy@mail.example").update(address="free@mail.example")
    second = again()

    assert (first.status, first.last_error) == (Status.RETRY, "The mail server put off 1 of these mails.")
    assert second.status == Status.SENT
    assert recipients(mail_server) == ["a@mail.example", "free@mail.example", "z@mail.example"]


def test_server_that_puts_everybody_off_is_left_in_peace(cast, mail_server):
    readers(*(f"r{number}" for number in range(12)))
    for number, row in enumerate(Subscriber.objects.order_by("pk")):
        Subscriber.objects.filter(pk=row.pk).update(address=f"busy@host{number}.example")
    factories.published(cast)
    deliver()

    assert Batch.objects.get().last_error == "The mail server asked to try again later."


def test_server_away_keeps_the_batch(cast, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    readers("a")
    factories.published(cast)
    deliver()

    batch = Batch.objects.get()
    assert (batch.status, results()) == (Status.RETRY, {})


def test_line_dropped_between_mails_goes_on_with_the_next(cast, mail_server):
    everybody = readers(*"abcdef")
    mail_server.drop_at_rcpt = 4
    factories.published(cast)
    deliver()

    assert recipients(mail_server) == everybody
    assert (mail_server.lines, Batch.objects.get().status) == (2, Status.SENT)


def test_mail_in_flight_when_the_line_dropped_goes_once_more_and_the_others_once(cast, mail_server):
    readers("a", "b", "c")
    mail_server.drop_after_data = {"b@mail.example"}
    factories.published(cast)
    deliver()
    mail_server.drop_after_data = set()
    batch = again()

    assert Counter(recipients(mail_server)) == {"a@mail.example": 1, "b@mail.example": 2, "c@mail.example": 1}
    copies = [message["Message-ID"] for message in mail_server.box if message["To"] == "b@mail.example"]
    assert len(set(copies)) == 1
    assert (batch.status, results()) == (Status.SENT, {"sent": 3})


def test_mail_in_flight_never_goes_a_third_time(cast, mail_server):
    readers("a", "b")
    mail_server.drop_after_data = {"b@mail.example"}
    factories.published(cast)
    deliver()
    again()
    batch = again()

    assert Counter(recipients(mail_server)) == {"a@mail.example": 1, "b@mail.example": 2}
    assert (batch.status, results()) == (Status.SENT, {"sent": 1, "lost": 1})


class Killed(BaseException):
    """What no code of ours catches: the process is gone."""


def test_killed_worker_sends_nobody_a_second_copy_and_misses_nobody(cast, mail_server, monkeypatch):
    everybody = readers(*"abcdef")
    factories.published(cast)
    send, sent = rounds.MailServer.send, []

    def until_killed(self, mail):
        if len(sent) == 3:
            raise Killed
        sent.append(mail)
        return send(self, mail)

    monkeypatch.setattr(rounds.MailServer, "send", until_killed)
    with pytest.raises(Killed):
        deliver()
    monkeypatch.setattr(rounds.MailServer, "send", send)
    Batch.objects.update(claimed_at=timezone.now() - timedelta(minutes=5))
    sweeping.collect_batches()
    for _look in range(2):
        Batch.objects.update(next_attempt_at=timezone.now())
        delivery.settle_one(Batch.objects.get().pk)
    deliver()

    assert recipients(mail_server) == everybody
    assert Batch.objects.get().status == Status.SENT


def test_batch_that_gets_somewhere_each_time_is_never_parked_for_its_dead_workers(
    cast, mail_server, monkeypatch
):
    readers("a", "b")
    factories.published(cast)
    Batch.objects.update(unended_claims=2)
    row = engine.claim(delivery.claimable(), Batch.objects.get().pk)

    rounds.Round(row, delivery.claimable()).send()

    row.refresh_from_db()
    assert row.unended_claims == 0


def test_batch_out_of_time_goes_on_later_with_the_rest(cast, mail_server, monkeypatch):
    everybody = readers("a", "b")
    factories.published(cast)
    monkeypatch.setattr(rounds, "MOST_SECONDS", -1)
    deliver()
    left = Batch.objects.get()
    monkeypatch.undo()
    batch = again()

    assert (left.status, left.last_error) == (Status.RETRY, "There was no time left for all of them.")
    assert (batch.status, recipients(mail_server)) == (Status.SENT, everybody)


def test_withdrawal_in_the_middle_stops_the_rest(cast, mail_server, monkeypatch):
    readers("a", "b", "c")
    live = factories.published(cast)
    monkeypatch.setattr(rounds, "LOOK_EVERY", 1)
    record = rounds.Round._record

    def withdraw_after_the_first(self, subscriber, editions, result):
        record(self, subscriber, editions, result)
        if subscriber.address.startswith("a@"):
            perform(Action.WITHDRAW, live, by=cast.approver, note="It was the wrong street.")

    monkeypatch.setattr(rounds.Round, "_record", withdraw_after_the_first)
    delivery.deliver_one(Batch.objects.get().pk)
    monkeypatch.undo()
    sweeping.collect_batches()
    deliver()

    subjects = [(message["To"], message["Subject"]) for message in mail_server.box]
    assert subjects == [
        ("a@mail.example", "Burst main in Quay Street (investigating)"),
        ("a@mail.example", "Withdrawn: Burst main in Quay Street"),
    ]
    assert list(Batch.objects.order_by("pk").values_list("status", flat=True)) == ["cancelled", "sent"]


def test_late_batch_is_still_sent(cast, mail_server):
    readers("a")
    factories.published(cast)
    Batch.objects.update(next_attempt_at=timezone.now() - timedelta(hours=3))
    due = sweeping.collect_batches()
    deliver()

    assert (due.deliver, len(mail_server.box)) == ([Batch.objects.get().pk], 1)


def test_payload_holds_no_address(cast):
    readers("a")
    factories.published(cast)

    assert "mail.example" not in str(Batch.objects.get().payload)

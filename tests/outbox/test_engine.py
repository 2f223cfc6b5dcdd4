"""The engine as a truth table: every state, every thing that can happen, and what the row is afterwards."""

from datetime import timedelta

import pytest
from django.utils import timezone

from outbox import decisions, engine, removal, settle, sweep
from outbox.enums import ErrorKind, HoldReason, Status
from outbox.errors import AccountBroken, Blocked, NotSent, OutcomeUnknown, Rejected
from outbox.receipt import Receipt
from outbox.timing import timing
from social.models import Delivery
from tests.outbox.rows import fresh, row

pytestmark = pytest.mark.django_db
RECEIPT = Receipt("there-1", "https://there.example/1")
STATUSES = list(Status)


def raising(error):
    def send():
        raise error

    return send


def claim(made):
    return engine.claim(Delivery.objects.all(), made.pk)


@pytest.mark.parametrize("status", STATUSES)
def test_claim_takes_only_waiting_rows(status):
    made = row(status)

    taken = claim(made)

    expected = Status.SENDING if status in {Status.QUEUED, Status.RETRY} else status
    assert fresh(made).status == expected
    assert (taken is not None) == (status in {Status.QUEUED, Status.RETRY})


def test_claim_counts_the_attempt_and_notes_the_time():
    made = row()

    taken = claim(made)

    assert (taken.attempts, taken.unended_claims) == (1, 1)
    assert taken.claimed_at is not None


def test_claim_of_a_claimed_row_gives_nothing():
    made = row()
    claim(made)

    assert claim(made) is None


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"next_attempt_at": timezone.now() + timedelta(hours=1)}, "not due yet"),
        ({"next_attempt_at": timezone.now() - timedelta(minutes=11)}, "too late"),
        ({"removal_wanted_at": timezone.now()}, "withdrawn"),
    ],
)
def test_claim_leaves_a_row_that_must_not_go(more, why):
    made = row(**more)

    assert claim(made) is None
    assert fresh(made).status == Status.QUEUED


OUTCOMES = [
    (lambda: RECEIPT, Status.SENT, Status.REMOVING, ""),
    (raising(NotSent("Later.")), Status.RETRY, Status.CANCELLED, ErrorKind.NOT_SENT),
    (raising(Rejected("No.")), Status.FAILED, Status.CANCELLED, ErrorKind.REJECTED),
    (raising(AccountBroken("Who?")), Status.HELD, Status.CANCELLED, ErrorKind.ACCOUNT_BROKEN),
    (raising(Blocked("Stop.")), Status.HELD, Status.CANCELLED, ErrorKind.BLOCKED),
    (raising(OutcomeUnknown("Hm.")), Status.UNKNOWN, Status.UNKNOWN, ErrorKind.OUTCOME_UNKNOWN),
    (raising(ZeroDivisionError()), Status.UNKNOWN, Status.UNKNOWN, ErrorKind.OUTCOME_UNKNOWN),
]


@pytest.mark.parametrize(("send", "after", "after_withdrawal", "kind"), OUTCOMES)
def test_deliver_gives_each_outcome_its_one_consequence(send, after, after_withdrawal, kind):
    made = row()

    engine.deliver(claim(made), send)

    found = fresh(made)
    assert (found.status, found.error_kind) == (after, kind)
    assert found.unended_claims == 0


@pytest.mark.parametrize(("send", "after", "after_withdrawal", "kind"), OUTCOMES)
def test_deliver_of_a_row_withdrawn_meanwhile(send, after, after_withdrawal, kind):
    made = row()
    taken = claim(made)
    removal.withdraw(Delivery.objects.filter(pk=made.pk))

    engine.deliver(taken, send)

    assert fresh(made).status == after_withdrawal


@pytest.mark.parametrize("status", [s for s in STATUSES if s not in {Status.SENDING, Status.UNKNOWN}])
def test_a_late_outcome_never_moves_a_row_that_went_on(status):
    made = row(status, attempts=1)

    engine.deliver(made, lambda: Receipt("another"))

    assert (fresh(made).status, fresh(made).remote_id) == (status, made.remote_id)


def test_a_receipt_after_the_worker_was_given_up_is_still_proof():
    made = row(Status.UNKNOWN)

    engine.deliver(made, lambda: RECEIPT)

    assert (fresh(made).status, fresh(made).remote_id) == (Status.SENT, "there-1")


def test_an_outcome_of_an_older_claim_is_ignored():
    made = row()
    older = claim(made)
    Delivery.objects.filter(pk=made.pk).update(attempts=2)

    engine.deliver(older, raising(Rejected("Old news.")))

    assert fresh(made).status == Status.SENDING


def test_not_sent_waits_for_the_platforms_own_clock():
    made, at = row(), timezone.now() + timedelta(minutes=7)

    engine.deliver(claim(made), raising(NotSent("Slow down.", retry_at=at)))

    assert at <= fresh(made).next_attempt_at <= at + timedelta(seconds=timing().first_backoff)


def test_not_sent_with_an_unbelievable_clock_waits_a_day_at_most():
    made, now = row(), timezone.now()

    engine.deliver(claim(made), raising(NotSent("Slow down.", retry_at=now + timedelta(days=400))))

    assert fresh(made).next_attempt_at < now + timedelta(days=1, minutes=1)


def test_not_sent_backs_off_further_each_time():
    made = row(attempts=5)

    engine.deliver(claim(made), raising(NotSent("Later.")))

    wait = (fresh(made).next_attempt_at - timezone.now()).total_seconds()
    assert 30 * 2**5 * 0.7 < wait < 30 * 2**5 * 1.3


def test_not_sent_for_the_twelfth_time_fails():
    made = row(attempts=timing().max_attempts - 1)

    engine.deliver(claim(made), raising(NotSent("Later.")))

    assert (fresh(made).status, fresh(made).last_error) == (Status.FAILED, "Later.")


# --- Reading back ------------------------------------------------------------------------------------


def look(made, found, *, repeat_is_safe=True):
    Delivery.objects.filter(pk=made.pk).update(next_attempt_at=timezone.now() - timedelta(seconds=1))
    taken = settle.claim_settling(Delivery.objects.all(), made.pk)
    return settle.settle(taken, found, repeat_is_safe=repeat_is_safe)


def test_settle_present_is_sent():
    made = row(Status.UNKNOWN)

    look(made, lambda: RECEIPT)

    assert (fresh(made).status, fresh(made).remote_url) == (Status.SENT, "https://there.example/1")


def test_settle_absent_once_looks_again():
    made = row(Status.UNKNOWN)

    look(made, lambda: None)

    found = fresh(made)
    assert (found.status, found.absences) == (Status.UNKNOWN, 1)
    assert found.next_attempt_at > timezone.now() + timedelta(seconds=15)


@pytest.mark.parametrize(
    ("more", "safe", "after", "reason"),
    [
        ({}, True, Status.RETRY, ""),
        ({}, False, Status.HELD, HoldReason.UNCLEAR),
        ({"unended_claims": 3}, True, Status.HELD, HoldReason.CRASHING),
        ({"removal_wanted_at": timezone.now()}, True, Status.CANCELLED, ""),
        ({"removal_wanted_at": timezone.now()}, False, Status.HELD, HoldReason.UNCLEAR),
    ],
)
def test_settle_absent_twice(more, safe, after, reason):
    made = row(Status.UNKNOWN, absences=1, **more)

    look(made, lambda: None, repeat_is_safe=safe)

    assert (fresh(made).status, fresh(made).hold_reason) == (after, reason)


@pytest.mark.parametrize(
    "error", [NotSent("No."), Rejected("No."), AccountBroken("No."), ZeroDivisionError()]
)
def test_settle_that_cannot_look_proves_nothing(error):
    made = row(Status.UNKNOWN, absences=1)

    look(made, raising(error))

    assert (fresh(made).status, fresh(made).absences) == (Status.UNKNOWN, 1)


def test_settle_that_can_never_look_asks_a_person():
    made = row(Status.UNKNOWN, checks=timing().max_checks - 1)

    look(made, raising(NotSent("Gone.")))

    assert (fresh(made).status, fresh(made).hold_reason) == (Status.HELD, HoldReason.UNCLEAR)


@pytest.mark.parametrize("status", STATUSES)
def test_only_unknown_rows_are_looked_for_and_by_one_worker(status):
    made = row(status)

    first = settle.claim_settling(Delivery.objects.all(), made.pk)
    second = settle.claim_settling(Delivery.objects.all(), made.pk)

    assert (first is not None) == (status == Status.UNKNOWN)
    assert second is None


# --- Withdrawal and removal --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "more", "after"),
    [
        (Status.QUEUED, {}, Status.CANCELLED),
        (Status.RETRY, {}, Status.CANCELLED),
        (Status.FAILED, {}, Status.CANCELLED),
        (Status.HELD, {}, Status.CANCELLED),
        (Status.HELD, {"hold_reason": HoldReason.UNCLEAR}, Status.HELD),
        (Status.SENDING, {}, Status.SENDING),
        (Status.UNKNOWN, {}, Status.UNKNOWN),
        (Status.SENT, {}, Status.REMOVING),
        (Status.REMOVING, {}, Status.REMOVING),
        (Status.REMOVED, {}, Status.REMOVED),
        (Status.CANCELLED, {}, Status.CANCELLED),
    ],
)
def test_withdraw_from_every_state(status, more, after):
    made = row(status, **more)

    removal.withdraw(Delivery.objects.filter(pk=made.pk))

    assert fresh(made).status == after
    assert fresh(made).removal_wanted_at is not None


def test_take_down_removes():
    made = row(Status.REMOVING)

    removal.take_down(removal.claim_removal(Delivery.objects.all(), made.pk), lambda: None)

    assert fresh(made).status == Status.REMOVED
    assert fresh(made).removed_at is not None


@pytest.mark.parametrize(
    "error", [NotSent("No."), Rejected("No."), AccountBroken("No."), OutcomeUnknown("No.")]
)
def test_take_down_that_fails_stays_visible_and_comes_back(error):
    made = row(Status.REMOVING)

    removal.take_down(removal.claim_removal(Delivery.objects.all(), made.pk), raising(error))

    found = fresh(made)
    assert (found.status, found.last_error) == (Status.REMOVING, "No.")
    assert found.next_attempt_at > timezone.now()


# --- The sweep ---------------------------------------------------------------------------------------


def test_sweep_gives_up_claims_that_outlived_their_worker():
    dead = row(Status.SENDING, claimed_at=timezone.now() - timedelta(seconds=251))
    alive = row(Status.SENDING, claimed_at=timezone.now() - timedelta(seconds=200))

    sweep.abandon_dead_claims(Delivery.objects.all(), timezone.now())

    assert (fresh(dead).status, fresh(alive).status) == (Status.UNKNOWN, Status.SENDING)


@pytest.mark.parametrize("status", [Status.QUEUED, Status.RETRY])
def test_sweep_holds_what_is_more_than_ten_minutes_late(status):
    late = row(status, next_attempt_at=timezone.now() - timedelta(minutes=10, seconds=1))
    on_time = row(status, next_attempt_at=timezone.now() - timedelta(minutes=9))

    sweep.hold_late(Delivery.objects.all(), timezone.now())

    assert (fresh(late).status, fresh(late).hold_reason) == (Status.HELD, HoldReason.LATE)
    assert fresh(on_time).status == status


def test_sweep_finds_what_nobody_was_told_about_lately():
    now = timezone.now()
    never_told = row()
    told_long_ago = row(enqueued_at=now - timedelta(seconds=61))
    told_before_it_was_due = row(Status.RETRY, enqueued_at=now - timedelta(seconds=5))
    row(enqueued_at=now)
    row(next_attempt_at=now + timedelta(seconds=5))

    found = sweep.due_ids(Delivery.objects.all(), now)

    assert sorted(found) == sorted([never_told.pk, told_long_ago.pk, told_before_it_was_due.pk])


def test_sweep_lists_unknown_and_removing_rows_apart():
    unknown, removing = row(Status.UNKNOWN), row(Status.REMOVING)
    row(Status.SENT)

    now = timezone.now()

    assert sweep.settle_ids(Delivery.objects.all(), now) == [unknown.pk]
    assert sweep.removal_ids(Delivery.objects.all(), now) == [removing.pk]


# --- What people decide ------------------------------------------------------------------------------

CERTAIN = {Status.HELD, Status.FAILED}


@pytest.mark.parametrize("status", STATUSES)
def test_release_only_of_rows_that_certainly_did_not_go(status):
    made = row(status)

    assert decisions.release(made) == (status in CERTAIN)
    assert fresh(made).status == (Status.RETRY if status in CERTAIN else status)


@pytest.mark.parametrize("more", [{"hold_reason": HoldReason.UNCLEAR}, {"removal_wanted_at": timezone.now()}])
def test_release_is_refused(more):
    made = row(Status.HELD, **more)

    assert not decisions.release(made)
    assert fresh(made).status == Status.HELD


@pytest.mark.parametrize("status", STATUSES)
def test_settle_as_not_sent_only_where_nobody_knows(status):
    made = row(status)

    assert decisions.settle_as_not_sent(made) == (status == Status.UNKNOWN)


@pytest.mark.parametrize("status", [Status.UNKNOWN, Status.HELD])
def test_a_person_may_settle_an_unclear_row_as_sent(status):
    made = row(status, hold_reason=HoldReason.UNCLEAR if status == Status.HELD else "")

    assert decisions.settle_as_sent(made, RECEIPT)
    assert (fresh(made).status, fresh(made).hold_reason) == (Status.SENT, "")


@pytest.mark.parametrize("status", STATUSES)
def test_give_up_from_every_state(status):
    made = row(status)
    may = status in {Status.QUEUED, Status.RETRY, Status.HELD, Status.FAILED}

    assert decisions.give_up(made) == may
    assert fresh(made).status == (Status.CANCELLED if may else status)


TRIES = {
    decisions.Decision.RELEASE: decisions.release,
    decisions.Decision.GIVE_UP: decisions.give_up,
    decisions.Decision.SETTLE_SENT: lambda made: decisions.settle_as_sent(made, RECEIPT),
    decisions.Decision.SETTLE_NOT_SENT: decisions.settle_as_not_sent,
    decisions.Decision.REMOVE_NOW: removal.retry_removal,
    decisions.Decision.REMOVED_BY_HAND: removal.record_removed,
}


@pytest.mark.parametrize("decision", TRIES)
@pytest.mark.parametrize("reason", ["", HoldReason.UNCLEAR, HoldReason.CRASHING])
@pytest.mark.parametrize("status", STATUSES)
def test_what_is_offered_is_what_is_possible(status, reason, decision):
    made = row(status, **({"hold_reason": reason} if reason and status == Status.HELD else {}))

    offered = decision in decisions.allowed(made)

    assert TRIES[decision](made) == offered


def test_words_no_database_takes_are_still_recorded():
    made = row()

    engine.deliver(claim(made), raising(Rejected("Bad\x00 \ud800" + "x" * 5000)))

    assert fresh(made).last_error.startswith("Bad ?xx")
    assert len(fresh(made).last_error) == 1000

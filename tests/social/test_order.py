"""Order and pace: one account's posts leave one after the other, and its trouble is nobody else's."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from outbox import engine
from outbox.enums import HoldReason, Status
from outbox.errors import NotSent
from social import delivery, sweeping
from social.delivery import claimable
from social.models import Account, Delivery, SandboxPost
from social.publishers.registry import PUBLISHERS
from tests import factories
from tests.outbox.rows import account, fresh, row
from tests.social.following import Switched

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def work(minutes, clock, start):
    """Let the sweep run every half minute and the workers do what it hands out, as the beat would."""
    for seconds in range(0, minutes * 60, 30):
        clock.move_to(start + timedelta(seconds=seconds), tick=False)
        for pk in sweeping.collect().deliver:
            after = pk
            while after and delivery.deliver_one(after):
                after = delivery.next_in_line(after)
    return start + timedelta(minutes=minutes)


def texts(of):
    shown = SandboxPost.objects.on_show().filter(handle=of.remote_account_id).order_by("pk")
    return list(shown.values_list("text", flat=True))


def line(ours, number):
    """`number` deliveries to one account, made in this order."""
    made = [row(account=ours, next_attempt_at=timezone.now()) for _number in range(number)]
    for each in made:
        Delivery.objects.filter(pk=each.pk).update(payload={**each.payload, "text": f"Notice {each.pk}"})
    return [f"Notice {each.pk}" for each in made]


def test_a_younger_post_waits_for_an_older_one_that_is_due():
    ours = account()
    first, second = row(account=ours), row(account=ours)

    assert engine.claim(claimable(), second.pk) is None
    assert engine.claim(claimable(), first.pk) == first


def test_a_younger_post_waits_while_an_older_one_is_on_its_way(time_machine):
    ours = account()
    first, second = row(account=ours), row(account=ours)
    engine.claim(claimable(), first.pk)

    assert engine.claim(claimable(), second.pk) is None
    time_machine.move_to(timezone.now() + timedelta(seconds=61))
    assert engine.claim(claimable(), second.pk) == second


def test_an_older_post_that_is_not_due_holds_nobody_up():
    ours = account()
    row(Status.RETRY, account=ours, next_attempt_at=timezone.now() + timedelta(minutes=5))
    second = row(account=ours)

    assert engine.claim(claimable(), second.pk) == second


def test_another_account_does_not_wait():
    row()
    other = row()

    assert engine.claim(claimable(), other.pk) == other


def test_a_resting_account_is_not_claimed_for():
    made = row(account=account(rests_until_at=timezone.now() + timedelta(minutes=1)))

    assert engine.claim(claimable(), made.pk) is None


def test_a_row_made_while_the_account_rests_starts_when_it_ends(cast):
    until = timezone.now() + timedelta(minutes=30)
    account(rests_until_at=until).teams.add(cast.team)
    factories.published(cast)

    assert Delivery.objects.get().next_attempt_at == until


def test_a_row_released_during_a_rest_waits_for_its_end_and_is_not_late(time_machine):
    time_machine.move_to(NOON, tick=False)
    made = row(account=account(rests_until_at=NOON + timedelta(hours=2)))
    time_machine.move_to(NOON + timedelta(minutes=9), tick=False)
    sweeping.collect()

    assert (fresh(made).status, fresh(made).next_attempt_at) == (Status.QUEUED, NOON + timedelta(hours=2))


def test_platforms_own_time_is_kept_by_everything_that_waits(time_machine, monkeypatch):
    time_machine.move_to(NOON, tick=False)
    platform = Switched()
    platform.error = NotSent("Too many.", retry_at=NOON + timedelta(hours=1))
    monkeypatch.setitem(PUBLISHERS, "sandbox", platform)
    ours = account()
    line(ours, 3)
    work(30, time_machine, NOON)

    assert platform.tries == 1
    assert Account.objects.get().rests_until_at >= NOON + timedelta(hours=1)


def test_an_hour_away_and_back_everything_goes_out_once_in_order(time_machine, monkeypatch):
    time_machine.move_to(NOON, tick=False)
    platform = Switched()
    monkeypatch.setitem(PUBLISHERS, "sandbox", platform)
    ours, other = account(), account()
    platform.away_for = ours.remote_account_id
    expected, theirs = line(ours, 30), line(other, 30)
    back_at = work(60, time_machine, NOON)

    assert (texts(ours), texts(other)) == ([], theirs)
    platform.error = None
    work(15, time_machine, back_at)
    assert texts(ours) == expected
    assert set(Delivery.objects.values_list("status", flat=True)) == {Status.SENT}


def test_trouble_with_one_post_delays_that_post_alone(time_machine, monkeypatch):
    time_machine.move_to(NOON, tick=False)
    platform = Switched()
    platform.error = NotSent("The picture could not be read from our own storage.")
    monkeypatch.setitem(PUBLISHERS, "sandbox", platform)
    ours = account()
    expected = line(ours, 3)
    first = Delivery.objects.order_by("pk").first()
    delivery.deliver_one(first.pk)
    platform.error = None
    # The first wait is half a minute, spread by chance over more.
    work(3, time_machine, NOON)

    assert texts(ours) == [*expected[1:], expected[0]]
    assert fresh(first).attempts == 2


def test_a_line_that_takes_longer_than_ten_minutes_is_not_late(time_machine):
    time_machine.move_to(NOON, tick=False)
    ours = account()
    expected = line(ours, 30)
    # Half a minute for each post: the last one leaves a quarter of an hour after it was due.
    after = Delivery.objects.order_by("pk").first().pk
    for number in range(30):
        time_machine.move_to(NOON + timedelta(seconds=30 * number), tick=False)
        sweeping.collect()
        delivery.deliver_one(after)
        after = delivery.next_in_line(after)

    assert texts(ours) == expected


def test_a_post_over_the_cap_is_held_for_a_person():
    ours = account(monthly_cap="0.30")
    row(Status.SENT, account=ours, price="0.200", sent_at=timezone.now())
    made = row(account=ours, price="0.200")
    delivery.deliver_one(made.pk)

    assert (fresh(made).status, fresh(made).hold_reason) == (Status.HELD, HoldReason.ACCOUNT)
    assert "more than may be spent" in fresh(made).last_error

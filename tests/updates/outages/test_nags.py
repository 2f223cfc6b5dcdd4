"""Who is nagged when: at half and at the full time of a promise, once each, and never for what is over."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core import mail

from accounts.enums import Role
from tests import factories
from tests.factories import Cast
from tests.updates.outages.conftest import START, live_at, then
from updates import reminders, tasks
from updates.enums import Nudge
from updates.models import Reminder
from updates.outages import promises
from updates.transitions import Action
from updates.workflow import perform

HOUR = timedelta(hours=1)
SECOND = timedelta(seconds=1)


def reasons() -> list[str]:
    return list(Reminder.objects.order_by("pk").values_list("reason", flat=True))


def deliver(at: datetime) -> None:
    """Let a worker send what waits at `at`."""
    with time_machine.travel(at, tick=False):
        for pk in Reminder.objects.values_list("pk", flat=True):
            tasks.send_reminder(pk)


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        (timedelta(), []),
        (HOUR - SECOND, []),
        (HOUR, [Nudge.UPDATE_HALF]),
        (2 * HOUR - SECOND, [Nudge.UPDATE_HALF]),
        (2 * HOUR, [Nudge.UPDATE_DUE]),
        (9 * HOUR, [Nudge.UPDATE_DUE]),
    ],
)
def test_nag_comes_at_half_and_at_the_full_time(cast: Cast, due_at, after, expected):
    live_at(cast, next_update_by_at=START + 2 * HOUR)

    due_at(START + after)

    assert [reason for reason in reasons() if reason != Nudge.SECOND_CHECK] == expected


def test_nags_come_once_each(cast: Cast, due_at):
    live_at(cast, next_update_by_at=START + 2 * HOUR)

    for minute in range(0, 200, 10):
        due_at(START + timedelta(minutes=minute))

    assert reasons() == [Nudge.UPDATE_HALF, Nudge.UPDATE_DUE, Nudge.SECOND_CHECK]


@pytest.mark.parametrize(
    ("start", "due"),
    [
        # The clocks go back: from half past midnight BST to 2am GMT are two hours and a half.
        (datetime(2026, 10, 24, 23, 30, tzinfo=UTC), datetime(2026, 10, 25, 2, 0, tzinfo=UTC)),
        # The clocks go forward: from midnight GMT to 3am BST are two hours.
        (datetime(2026, 3, 29, 0, 0, tzinfo=UTC), datetime(2026, 3, 29, 2, 0, tzinfo=UTC)),
    ],
)
def test_half_the_time_is_half_the_hours_in_the_night_the_clocks_change(cast: Cast, due_at, start, due):
    edition = live_at(cast, start, next_update_by_at=due)
    half = start + (due - start) / 2

    assert promises.half_of(edition) == half
    due_at(half - SECOND)
    assert reasons() == []
    due_at(half)
    assert reasons() == [Nudge.UPDATE_HALF]


def test_superseded_edition_nags_nobody(cast: Cast, due_at):
    live = live_at(cast, next_update_by_at=START + 2 * HOUR)
    then(cast, live, START + timedelta(minutes=50), next_update_by_at=None)

    due_at(START + 3 * HOUR)

    assert set(reasons()) == {Nudge.SECOND_CHECK}


@pytest.mark.parametrize("state", ["restored"])
def test_restored_outage_owes_no_update(cast: Cast, due_at, state):
    live_at(cast, next_update_by_at=START + 2 * HOUR, state=state, restored_at=START)

    due_at(START + 2 * HOUR)

    assert Nudge.UPDATE_DUE not in reasons()


def test_nag_for_a_promise_kept_meanwhile_is_not_sent(cast: Cast, due_at):
    live = live_at(cast, next_update_by_at=START + HOUR)
    due_at(START + timedelta(minutes=30))
    then(cast, live, START + timedelta(minutes=31), next_update_by_at=None)

    deliver(START + timedelta(minutes=32))

    assert mail.outbox == []


def test_nag_goes_to_the_owner_with_the_way_to_the_quick_form(cast: Cast, due_at):
    live = live_at(cast, next_update_by_at=START + HOUR)
    due_at(START + HOUR)

    deliver(START + HOUR)

    [sent] = mail.outbox
    assert sent.to == [cast.urgent_author.email]
    assert sent.subject == "Update due now: Burst main in Quay Street"
    assert f"/staff/notices/{live.notice.reference}/update/" in sent.body
    assert "3pm" in sent.body
    assert Reminder.objects.get().status == "sent"


def test_nag_goes_to_the_approvers_once_the_owner_has_left(cast: Cast, due_at):
    live_at(cast, next_update_by_at=START + HOUR)
    cast.urgent_author.is_active = False
    cast.urgent_author.save()

    due_at(START + HOUR)

    assert Reminder.objects.get().recipient == cast.approver


def test_reminding_twice_for_one_reason_leaves_one_row(cast: Cast):
    live = live_at(cast, next_update_by_at=START + HOUR)

    first = reminders.remind(live, cast.approver, Nudge.UPDATE_DUE)
    second = reminders.remind(live, cast.approver, Nudge.UPDATE_DUE)

    assert (first, second, Reminder.objects.count()) == (True, False, 1)


def test_overdue_second_check_goes_to_approvers_who_did_not_write_it(cast: Cast, due_at):
    wrote = factories.member(cast.team, Role.APPROVER, "Wanda Rote")
    other = factories.member(cast.team, Role.APPROVER, "Ola Ther")
    live = live_at(cast)
    live.contributions.create(person=wrote)

    due_at(START + 2 * HOUR)

    rows = Reminder.objects.filter(reason=Nudge.SECOND_CHECK)
    assert {row.recipient for row in rows} == {cast.approver, other}


def test_second_check_made_meanwhile_cancels_its_reminder(cast: Cast, due_at):
    from updates.content import content_hash

    live = live_at(cast)
    due_at(START + 2 * HOUR)
    perform(Action.SECOND_CHECK, live, by=cast.approver, seen_hash=content_hash(live))

    with time_machine.travel(START + 2 * HOUR, tick=False):
        tasks.sweep_reminders()

    assert list(Reminder.objects.values_list("status", flat=True)) == ["cancelled"]
    assert mail.outbox == []

"""Whatever happens in whatever order: a row that may be outside is never sent again without evidence."""

from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from outbox import decisions, engine, removal, settle, sweep
from outbox.enums import Status
from outbox.errors import AccountBroken, Blocked, NotSent, OutcomeUnknown, Rejected
from outbox.receipt import Receipt
from social.models import Delivery
from tests.outbox.rows import account, edition, fresh, row

EVENTS = [
    "send: arrives",
    "send: arrives, answer lost",
    "send: lost",
    "send: not sent",
    "send: rejected",
    "send: account broken",
    "send: blocked",
    "send: worker dies before",
    "send: worker dies after",
    "look",
    "cannot look",
    "sweep",
    "release",
    "person says not sent",
    "person says sent",
    "give up",
    "withdraw",
    "take down",
]
ERRORS = {
    "send: not sent": NotSent("Later."),
    "send: rejected": Rejected("No."),
    "send: account broken": AccountBroken("Who?"),
    "send: blocked": Blocked("Stop."),
}


class Platform:
    """What is really outside, of one message: the truth that the row may not know."""

    def __init__(self):
        self.posted = 0
        self.is_up = False

    def send(self, event):
        if event in ERRORS:
            raise ERRORS[event]
        if event in {"send: arrives", "send: arrives, answer lost"}:
            # No platform key here: only the engine stands between us and a double.
            self.posted += 1
            self.is_up = True
        if event != "send: arrives":
            raise OutcomeUnknown("Nobody knows.")
        return Receipt("there")

    def find(self):
        return Receipt("there") if self.is_up else None

    def remove(self):
        self.is_up = False


def happen(event, made, platform):
    """Let one event happen to the row; time moves so that everything due is due."""
    Delivery.objects.filter(pk=made.pk).update(next_attempt_at=timezone.now() - timedelta(seconds=1))
    current = fresh(made)
    if event.startswith("send: worker dies"):
        taken = engine.claim(Delivery.objects.all(), made.pk)
        if taken and event.endswith("after"):
            platform.posted, platform.is_up = platform.posted + 1, True
    elif event.startswith("send"):
        if taken := engine.claim(Delivery.objects.all(), made.pk):
            engine.deliver(taken, lambda: platform.send(event))
    elif event in {"look", "cannot look"}:
        if taken := settle.claim_settling(Delivery.objects.all(), made.pk):
            settle.settle(taken, platform.find if event == "look" else _down, repeat_is_safe=True)
    elif event == "sweep":
        sweep.abandon_dead_claims(Delivery.objects.all(), timezone.now() + timedelta(hours=1))
    elif event == "take down":
        if taken := removal.claim_removal(Delivery.objects.all(), made.pk):
            removal.take_down(taken, platform.remove)
    else:
        _decide(event, current, platform)


def _down():
    raise NotSent("The platform is down.")


def _decide(event, current, platform):
    if event == "release":
        decisions.release(current)
    elif event == "give up":
        decisions.give_up(current)
    elif event == "withdraw":
        removal.withdraw(Delivery.objects.filter(pk=current.pk))
    # A person who looks sees the truth.
    elif event == "person says sent" and platform.is_up:
        decisions.settle_as_sent(current, Receipt("there"))
    elif event == "person says not sent" and not platform.is_up:
        decisions.settle_as_not_sent(current)


@pytest.mark.django_db(transaction=False)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(events=st.lists(st.sampled_from(EVENTS), min_size=1, max_size=14))
def test_no_history_posts_twice_or_forgets_a_post(events, db):
    platform = Platform()
    made = row(edition=edition(), account=account())

    for event in events:
        happen(event, made, platform)

    found = fresh(made)
    assert platform.posted <= 1
    if platform.is_up:
        assert found.status in {Status.SENDING, Status.UNKNOWN, Status.SENT, Status.REMOVING} or (
            found.status == Status.HELD and found.hold_reason == "unclear"
        )
    if found.status == Status.REMOVED:
        assert not platform.is_up

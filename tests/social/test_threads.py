"""Threads: every part has its row, follows the one before it, and goes on from where it stopped."""

from datetime import timedelta

import pytest
from django.utils import timezone

from outbox import decisions
from outbox.enums import Status
from outbox.errors import Rejected
from social import delivery, sweeping
from social.models import Delivery, SandboxPost, Wording
from social.publishers.registry import PUBLISHERS
from social.publishers.sandbox import Sandbox
from tests import factories
from tests.outbox.rows import account, edition, fresh, row
from tests.social.following import deliver_all, publish, publish_next
from updates.transitions import Action
from updates.workflow import perform

pytestmark = pytest.mark.django_db


class RefusesSecond(Sandbox):
    """Refuses whatever is numbered two of three."""

    def publish(self, post, credentials, *, key, thread=None):
        if post.text.endswith("2/3"):
            raise Rejected("Not this one.")
        return super().publish(post, credentials, key=key, thread=thread)


@pytest.fixture
def long_edition(cast):
    """A live edition that takes three posts to say."""
    ours = account(handle="riverbank")
    ours.teams.add(cast.team)
    draft = factories.draft(cast)
    words = "\n\n".join(f"{name} " + "word " * 60 for name in ("One.", "Two.", "Three."))
    Wording.objects.create(edition=draft, account=ours, text=words, is_thread=True)
    return publish(cast, draft)


def parts():
    return list(Delivery.objects.order_by("edition__number", "part"))


def shown():
    return list(SandboxPost.objects.on_show().order_by("pk"))


def test_every_part_has_its_own_row_and_key(long_edition):
    assert [made.part for made in parts()] == [1, 2, 3]
    assert len({made.key for made in parts()}) == 3


def test_parts_hang_one_under_the_other(long_edition):
    deliver_all()

    first, second, third = shown()
    assert [(post.parent_id, post.root_id) for post in (first, second, third)] == [
        ("", ""),
        (first.remote_id, first.remote_id),
        (second.remote_id, first.remote_id),
    ]


def test_a_part_does_not_leave_before_the_one_before_it(long_edition):
    assert delivery.deliver_one(parts()[1].pk) is None
    assert delivery.deliver_one(parts()[2].pk) is None


def test_later_parts_wait_for_a_refused_one_and_go_on_after_it(long_edition, monkeypatch, time_machine):
    monkeypatch.setitem(PUBLISHERS, "sandbox", RefusesSecond())
    deliver_all()
    time_machine.move_to(timezone.now() + timedelta(hours=1))
    sweeping.collect()

    assert [made.status for made in parts()] == [Status.SENT, Status.FAILED, Status.QUEUED]
    monkeypatch.setitem(PUBLISHERS, "sandbox", Sandbox())
    decisions.release(parts()[1])
    delivery.deliver_one(parts()[1].pk)
    sweeping.collect()
    delivery.deliver_one(parts()[2].pk)
    assert [made.status for made in parts()] == [Status.SENT] * 3
    assert len(shown()) == 3


def test_parts_after_one_given_up_are_not_sent(long_edition, monkeypatch):
    monkeypatch.setitem(PUBLISHERS, "sandbox", RefusesSecond())
    deliver_all()
    decisions.give_up(parts()[1])
    sweeping.collect()

    assert [made.status for made in parts()] == [Status.SENT, Status.CANCELLED, Status.CANCELLED]
    assert parts()[2].last_error == "The part of the thread before this one was not sent."


def test_a_waiting_thread_holds_nothing_else_up():
    ours, about = account(), edition()
    row(Status.FAILED, account=ours, edition=about, part=1)
    row(account=ours, edition=about, part=2)
    other = row(account=ours)
    delivery.deliver_one(other.pk)

    assert fresh(other).status == Status.SENT


def test_an_update_to_a_thread_answers_its_last_part(cast, long_edition):
    deliver_all()
    publish_next(cast, long_edition)
    deliver_all()

    posts = shown()
    assert (posts[3].parent_id, posts[3].root_id) == (posts[2].remote_id, posts[0].remote_id)


def test_a_correction_of_a_thread_removes_all_of_it(cast, long_edition):
    deliver_all()
    publish_next(cast, long_edition, is_correction=True)

    assert [made.status for made in parts()] == [Status.REMOVING] * 3 + [Status.QUEUED]


def test_a_withdrawal_stops_a_thread_half_way(cast, long_edition):
    delivery.deliver_one(parts()[0].pk)
    perform(Action.WITHDRAW, long_edition, by=cast.approver, note="Wrong street.")
    deliver_all()

    assert [made.status for made in parts()] == [Status.REMOVING, Status.CANCELLED, Status.CANCELLED]
    assert len(shown()) == 1

"""What later editions do with earlier copies: answer, edit, or remove and post again; nothing comes twice."""

import pytest

from outbox.enums import Status
from outbox.errors import OutcomeUnknown
from social import delivery, following, sweeping
from social.enums import Act
from social.models import Delivery, SandboxPost
from social.publishers.registry import PUBLISHERS
from social.publishers.sandbox import Sandbox
from tests import factories
from tests.outbox.rows import account
from tests.social.following import NoAnswers, NoEdits, deliver_all, publish_next
from updates.transitions import Action
from updates.workflow import perform

pytestmark = pytest.mark.django_db


class NoEditing(Sandbox):
    """A platform without edits."""

    can_edit = False


class NoReplying(Sandbox):
    """A platform without answers."""

    can_reply = False


@pytest.fixture
def ours(cast):
    """One account of the cast's team."""
    made = account(handle="riverbank")
    made.teams.add(cast.team)
    return made


@pytest.fixture
def live(cast, ours):
    """A notice whose first edition was posted."""
    edition = factories.published(cast)
    deliver_all()
    return edition


def rows():
    return list(Delivery.objects.order_by("edition__number", "part"))


def on_show():
    return list(SandboxPost.objects.on_show().order_by("pk"))


def remove_all():
    for row in Delivery.objects.filter(status=Status.REMOVING):
        delivery.remove_one(row.pk)


def test_an_update_answers_the_earlier_post(cast, live):
    publish_next(cast, live)
    deliver_all()

    first, second = on_show()
    assert (rows()[1].act, rows()[1].about) == (Act.REPLY, rows()[0])
    assert (second.parent_id, second.root_id) == (first.remote_id, first.remote_id)


def test_a_second_update_answers_the_newest_in_the_same_conversation(cast, live):
    publish_next(cast, publish_next(cast, live))
    deliver_all()
    live.refresh_from_db()
    publish_next(cast, live)
    deliver_all()

    posts = on_show()
    assert [(post.parent_id, post.root_id) for post in posts] == [
        ("", ""),
        (posts[0].remote_id, posts[0].remote_id),
        (posts[1].remote_id, posts[0].remote_id),
    ]


def test_an_update_is_a_new_post_where_nothing_can_be_answered(cast, live, monkeypatch):
    monkeypatch.setitem(PUBLISHERS, "sandbox", NoReplying())
    publish_next(cast, live)
    deliver_all()

    assert [(row.act, row.about) for row in rows()] == [(Act.POST, None)] * 2
    assert [post.parent_id for post in on_show()] == ["", ""]


def test_a_correction_takes_the_place_of_the_only_post(cast, live):
    publish_next(cast, live, is_correction=True)
    deliver_all()

    [shown] = on_show()
    first, second = rows()
    assert (second.act, second.status, second.remote_id) == (Act.EDIT, Status.SENT, first.remote_id)
    assert shown.text == second.payload["text"]
    assert shown.text.startswith("Correction: ")


def test_a_correction_of_a_conversation_removes_it_and_posts_again(cast, live):
    updated = publish_next(cast, live)
    deliver_all()
    publish_next(cast, updated, is_correction=True)
    deliver_all()
    remove_all()

    assert [row.status for row in rows()] == [Status.REMOVED, Status.REMOVED, Status.SENT]
    assert [post.text for post in on_show()] == [rows()[2].payload["text"]]
    assert rows()[2].act == Act.POST


def test_a_correction_where_nothing_can_be_edited_removes_and_posts_again(cast, live, monkeypatch):
    monkeypatch.setitem(PUBLISHERS, "sandbox", NoEditing())
    publish_next(cast, live, is_correction=True)
    deliver_all()
    remove_all()

    assert [(row.act, row.status) for row in rows()] == [(Act.POST, Status.REMOVED), (Act.POST, Status.SENT)]
    assert [post.remote_id for post in on_show()] == [rows()[1].remote_id]


def test_a_correction_takes_away_what_is_still_on_its_way(cast, ours):
    live = factories.published(cast)
    Delivery.objects.update(status=Status.UNKNOWN, last_error="Nobody knows.", attempts=1)
    publish_next(cast, live, is_correction=True)

    first, second = rows()
    assert (first.status, bool(first.removal_wanted_at)) == (Status.UNKNOWN, True)
    assert (second.act, second.status) == (Act.POST, Status.QUEUED)


def test_an_update_after_everything_was_removed_is_a_new_post(cast, live):
    Delivery.objects.update(status=Status.REMOVED)
    publish_next(cast, live)

    assert (rows()[1].act, rows()[1].about) == (Act.POST, None)


def test_a_refused_answer_goes_out_once_as_a_post_of_its_own(cast, live, monkeypatch):
    monkeypatch.setitem(PUBLISHERS, "sandbox", NoAnswers())
    publish_next(cast, live)
    deliver_all()
    deliver_all()

    second = rows()[1]
    assert (second.act, second.status, second.about) == (Act.POST, Status.SENT, rows()[0])
    assert [post.parent_id for post in on_show()] == ["", ""]


def test_an_answer_to_a_post_that_is_gone_is_a_post_of_its_own(cast, live):
    publish_next(cast, live)
    SandboxPost.objects.all().delete()
    Delivery.objects.filter(edition=live).update(status=Status.REMOVED)
    deliver_all()

    assert [(post.parent_id, post.text) for post in on_show()] == [("", rows()[1].payload["text"])]


def test_a_refused_edit_removes_the_old_words_and_posts_the_new(cast, live, monkeypatch):
    monkeypatch.setitem(PUBLISHERS, "sandbox", NoEdits())
    publish_next(cast, live, is_correction=True)
    deliver_all()
    deliver_all()
    remove_all()

    assert [row.status for row in rows()] == [Status.REMOVED, Status.SENT]
    assert [post.text for post in on_show()] == [rows()[1].payload["text"]]


def test_an_edit_whose_answer_was_lost_is_repeated(cast, live, monkeypatch):
    class Lossy(Sandbox):
        """Loses the answer to every edit."""

        def edit(self, receipt, post, credentials):
            super().edit(receipt, post, credentials)
            raise OutcomeUnknown("No answer.")

    monkeypatch.setitem(PUBLISHERS, "sandbox", Lossy())
    publish_next(cast, live, is_correction=True)
    deliver_all()

    assert rows()[1].status == Status.RETRY
    monkeypatch.setitem(PUBLISHERS, "sandbox", Sandbox())
    Delivery.objects.filter(status=Status.RETRY).update(next_attempt_at=rows()[1].created_at)
    deliver_all()
    assert (rows()[1].status, len(on_show())) == (Status.SENT, 1)


def test_an_edit_whose_worker_died_is_found_by_its_words(cast, live, time_machine):
    publish_next(cast, live, is_correction=True)
    second = rows()[1]
    deliver_all()
    Delivery.objects.filter(pk=second.pk).update(
        status=Status.UNKNOWN, remote_id="", remote_url="", last_error="The worker stopped."
    )
    delivery.settle_one(second.pk)

    assert (rows()[1].status, rows()[1].remote_id) == (Status.SENT, rows()[0].remote_id)


def test_a_withdrawal_removes_every_copy_and_nothing_comes_back(cast, live):
    updated = publish_next(cast, live)
    deliver_all()
    last = publish_next(cast, updated)
    perform(Action.WITHDRAW, last, by=cast.approver, note="Wrong street.")
    deliver_all()
    sweeping.collect()
    remove_all()

    assert [row.status for row in rows()] == [Status.REMOVED, Status.REMOVED, Status.CANCELLED]
    assert on_show() == []


@pytest.mark.parametrize(
    ("publisher", "is_correction", "said"),
    [
        (Sandbox, False, "As an answer to the earlier post."),
        (NoReplying, False, "As a new post of its own."),
        (Sandbox, True, "In place of the earlier post."),
        (NoEditing, True, "The earlier post is removed and this is posted again."),
    ],
)
def test_the_manner_follows_from_edition_and_platform(
    cast, live, ours, monkeypatch, publisher, is_correction, said
):
    monkeypatch.setitem(PUBLISHERS, "sandbox", publisher())
    edition = factories.next_edition(cast, live, is_correction=is_correction)

    assert following.manner(edition, ours, 1) == said
    assert following.manner(live, ours, 1) == ""

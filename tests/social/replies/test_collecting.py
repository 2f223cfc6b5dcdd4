"""Collecting: everything once, ours left out, joined to its notice, handed over; and what goes wrong."""

from datetime import timedelta

import pytest
from django.utils import timezone

from feedback.models import FEEDBACK_MAX, Feedback, Question
from outbox.errors import AccountBroken, NotSent
from social.models import AnswerPost, Reply, Watch
from social.publishers.registry import PUBLISHERS
from social.publishers.sandbox import Sandbox
from social.replies import collecting, handing
from tests import factories
from tests.outbox.rows import account as make_account
from tests.social.replies.conftest import collect, say, seen
from updates.transitions import Action
from updates.workflow import perform

pytestmark = pytest.mark.django_db


def test_answer_to_a_post_waits_in_the_inbox_of_its_notice(posted):
    say("When is the water back?", posted.remote_id)
    assert collect(posted.account) == 1
    reply, question = Reply.objects.get(), Question.objects.get()
    assert (reply.delivery, reply.notice, reply.voice) == (posted, posted.edition.notice, question.reference)
    assert (question.notice, question.source, question.handle) == (
        posted.edition.notice,
        "Practice network",
        "kim",
    )
    assert question.status == "waiting"


def test_what_asks_nothing_is_feedback(posted):
    say("Thank you to the crew.", posted.remote_id)
    collect(posted.account)
    assert Feedback.objects.get().text == "Thank you to the crew."


def test_same_reply_again_is_one_row(posted):
    say("When?", posted.remote_id)
    assert [collect(posted.account), collect(posted.account)] == [1, 0]
    assert (Reply.objects.count(), Question.objects.count()) == (1, 1)


def test_answer_to_an_answer_is_about_the_same_notice(posted):
    first = say("When?", posted.remote_id)
    say("I wonder too", first, handle="jo")
    collect(posted.account)
    assert set(Reply.objects.values_list("notice", flat=True)) == {posted.edition.notice_id}


def test_parent_without_root_is_enough_also_within_one_lot(posted):
    parent = seen("When?", remote_id="r1", parent_id=posted.remote_id)
    child = seen("Me too", remote_id="r2", parent_id="r1", at=timezone.now())
    collecting.keep(posted.account, [child, parent])
    assert set(Reply.objects.values_list("notice", flat=True)) == {posted.edition.notice_id}


def test_our_own_posts_are_left_out(cast, posted):
    ours = AnswerPost(account=posted.account, remote_id="answer-1", status="sent", key="k", payload={})
    first = say("When?", posted.remote_id)
    collect(posted.account)
    ours.reply, ours.answered_by = Reply.objects.get(remote_id=first), cast.author
    ours.save()
    make_account(handle="parks")
    heard = [
        seen(remote_id=posted.remote_id, author_handle="someone"),
        seen(remote_id="answer-1"),
        seen(remote_id="x", author_handle="Riverbank"),
        seen(remote_id="y", author_handle="parks"),
    ]
    assert collecting.keep(posted.account, heard) == 0


def test_answer_to_our_answer_is_about_its_notice(cast, posted):
    first = say("When?", posted.remote_id)
    collect(posted.account)
    AnswerPost.objects.create(
        account=posted.account,
        remote_id="answer-1",
        status="sent",
        key="k",
        payload={},
        reply=Reply.objects.get(remote_id=first),
        answered_by=cast.author,
    )
    collecting.keep(posted.account, [seen("Thanks", remote_id="r9", parent_id="answer-1")])
    assert Reply.objects.get(remote_id="r9").notice == posted.edition.notice


@pytest.mark.parametrize("path", ["n", "notices"])
def test_link_to_a_notice_joins_a_mention(cast, account, settings, path):
    notice = factories.published(cast).notice
    host = settings.PORTAL_URL.partition("//")[2]
    say(f"@riverbank is this true {host}/{path}/{notice.reference.lower()}/ ?")
    collect(account)
    assert Reply.objects.get().notice == notice


def test_link_to_another_host_or_an_unpublished_notice_joins_nothing(cast, account, settings):
    draft = factories.draft(cast).notice
    live = factories.published(cast).notice
    say(f"@riverbank https://riverbank.example.evil.example/n/{live.reference}/")
    say(f"@riverbank {settings.PORTAL_URL}/n/{draft.reference}/")
    collect(account)
    assert list(Reply.objects.values_list("notice", "voice")) == [(None, ""), (None, "")]


def test_answer_that_was_there_before_we_knew_the_post_joins_later(posted):
    remote_id = posted.remote_id
    type(posted).objects.update(remote_id="", status="unknown", last_error="Lost.")
    collecting.keep(posted.account, [seen(remote_id="r1", parent_id=remote_id)])
    assert Reply.objects.get().notice is None
    type(posted).objects.update(remote_id=remote_id, status="sent")
    collect(posted.account)
    assert Reply.objects.get().notice == posted.edition.notice
    assert Question.objects.count() == 1


def test_answer_to_a_withdrawn_notice_still_comes_in(cast, posted):
    first = say("When?", posted.remote_id)
    perform(Action.WITHDRAW, posted.edition, by=cast.approver, note="Wrong.")
    say("And now?", first)
    collect(posted.account)
    assert Question.objects.filter(notice=posted.edition.notice).count() == 2


def test_ten_thousand_answers_come_in_once(posted, django_assert_max_num_queries):
    many = [
        seen(f"Word {number}", remote_id=f"r{number}", root_id=posted.remote_id) for number in range(2000)
    ]
    with django_assert_max_num_queries(250):
        assert collecting.keep(posted.account, many) == 2000
        assert handing.hand_over(posted.account) == 2000
    assert collecting.keep(posted.account, many) == 0
    assert Feedback.objects.count() == 2000


def test_hostile_reply_is_kept_as_words(posted):
    words = "<script>\x00\x07 \ud800 \u202eRTL " + "x" * 200_000
    hostile = seen(words, url="javascript:alert(1)", author_handle="k\x00im" * 200, root_id=posted.remote_id)
    collecting.keep(posted.account, [hostile])
    handing.hand_over(posted.account)
    reply, voice = Reply.objects.get(), Feedback.objects.get()
    assert (reply.url, len(reply.text), len(reply.author_handle)) == ("", collecting.LONGEST_TEXT, 300)
    assert voice.text.startswith("<script>  \u202eRTL xxx")
    assert len(voice.text) < FEEDBACK_MAX + 100


@pytest.mark.parametrize("remote_id", ["", "x" * 501, "a\x00b"])
def test_what_has_no_usable_id_is_left_out(posted, remote_id):
    assert collecting.keep(posted.account, [seen(remote_id=remote_id)]) == 0


def test_moment_from_the_future_counts_as_now(posted):
    collecting.keep(posted.account, [seen(at=timezone.now() + timedelta(days=1))])
    assert Reply.objects.get().posted_at <= timezone.now()


def test_edit_on_the_platform_changes_nothing_here(posted):
    collecting.keep(posted.account, [seen("Before")])
    collecting.keep(posted.account, [seen("After")])
    assert Reply.objects.get().text == "Before"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("@riverbank When?", "When?"),
        ("@Riverbank@town.example, when?", "when?"),
        ("@riverbanksy When?", "@riverbanksy When?"),
        ("Ask @riverbank", "Ask @riverbank"),
    ],
)
def test_our_own_name_at_the_beginning_is_left_out(text, words):
    assert handing.without_our_name(text, "riverbank@town.example") == words


def test_account_is_asked_by_one_worker_and_not_again_for_a_while(account):
    assert collecting.due_accounts() == [account.pk]
    assert collecting.collect(account.pk) == 0
    assert collecting.due_accounts() == []
    assert collecting.collect(account.pk) is None


@pytest.mark.parametrize(
    "state",
    [
        {"confirmed_at": None},
        {"disconnected_at": timezone.now()},
        {"broken_at": timezone.now(), "last_error": "No access."},
    ],
)
def test_account_that_is_not_ours_or_well_is_not_asked(account, state):
    type(account).objects.update(**state)
    assert collecting.due_accounts() == []


def test_stopped_account_is_still_listened_to(posted):
    type(posted.account).objects.update(locked_at=timezone.now(), locked_reason="Rogue.", stop_level="lock")
    say("When?", posted.remote_id)
    assert collect(posted.account) == 1


class Deaf(Sandbox):
    """A publisher whose platform answers with an error."""

    def __init__(self, error):
        self.error = error

    def replies(self, credentials, since):
        raise self.error


@pytest.mark.parametrize(
    ("error", "wait"),
    [
        (lambda now: NotSent("Too many.", now + timedelta(minutes=30)), 29),
        (lambda now: NotSent("Away.", now + timedelta(days=9)), 359),
        (lambda now: NotSent("Away."), 4),
        (lambda now: ValueError("broken"), 4),
    ],
)
def test_error_is_told_and_asked_again_later_without_losing_where_we_were(account, monkeypatch, error, wait):
    collect_at = timezone.now()
    monkeypatch.setitem(PUBLISHERS, "sandbox", Deaf(error(collect_at)))
    Watch.objects.create(account=account, replies_seen_at=collect_at, replies_next_at=collect_at)
    assert collecting.collect(account.pk) is None
    watch = Watch.objects.get()
    assert (watch.replies_seen_at, bool(watch.replies_error)) == (collect_at, True)
    assert watch.replies_next_at > collect_at + timedelta(minutes=wait)


def test_refused_access_marks_the_account(account, monkeypatch):
    monkeypatch.setitem(PUBLISHERS, "sandbox", Deaf(AccountBroken("No access.")))
    Watch.objects.create(account=account)
    collecting.collect(account.pk)
    account.refresh_from_db()
    assert account.broken_at is not None


def test_looks_far_back_now_and_then(account):
    noon = timezone.now().replace(hour=12, minute=0, second=0, microsecond=0)
    watch = Watch(account=account, replies_seen_at=noon - timedelta(minutes=1))
    account.connected_at = noon - timedelta(days=9)
    assert noon - collecting._since(watch, noon) > timedelta(hours=23)
    watch.replies_seen_at = noon
    assert noon + timedelta(minutes=1) - collecting._since(watch, noon + timedelta(minutes=1)) == timedelta(
        minutes=11
    )


@pytest.mark.parametrize(
    "url", ["https://[", "https://[x]/1", "javascript:alert(1)", "https://e.test/" + "x" * 2000]
)
def test_link_that_is_none_is_left_out_and_the_words_are_kept(posted, url):
    assert collecting.keep(posted.account, [seen(url=url)]) == 1

    assert Reply.objects.get().url == ""

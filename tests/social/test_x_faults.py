"""Everything X may answer to a post: one of the five errors, nothing twice, a sentence for staff."""

import time
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from outbox.enums import Status
from outbox.errors import AccountBroken, Blocked, NotSent, OutcomeUnknown, Rejected
from outbox.receipt import Receipt
from social import delivery
from social.publishers.base import Thread
from social.publishers.registry import publisher_for
from tests.outbox.rows import fresh
from tests.real.x_refusals import (
    Fault,
    Refusal,
    client_forbidden,
    duplicate,
    forbidden,
    suspended,
    too_many,
    usage_capped,
)
from tests.social.connected import connect
from tests.social.posts import composed, key
from tests.social.test_faults import settle_now, waiting

pytestmark = pytest.mark.django_db
X = publisher_for("x")
LOCKED = "To protect our users, this account is temporarily locked. Please log in to unlock it."
OVERLOADED = Refusal(503, "Service Unavailable", "Over capacity")
UNREADABLE = [
    b"",
    b"{",
    b"null",
    b"[]",
    b'{"data": {}}',
    b'{"data": {"id": 7}}',
    b'{"errors": [{"title": "Oops"}]}',
]


@pytest.fixture
def account(x_account):
    """The account as the portal keeps it."""
    mine = x_account.credentials
    return connect("x", base_url=mine.base_url, handle="", secret=mine.secrets["access"], teams=[], by=None)


def post_again(x_account):
    return X.publish(composed(X), x_account.credentials, key=key())


@pytest.mark.parametrize(
    ("refusal", "error"),
    [
        (suspended(), Blocked),
        (forbidden(LOCKED), Blocked),
        (client_forbidden(), AccountBroken),
        (usage_capped(), AccountBroken),
        (Refusal(402, "CreditsDepleted", "Your enrolled account has no credits."), AccountBroken),
        (forbidden("You are not permitted to perform this action."), Rejected),
        (Refusal(400, "Invalid Request", "One or more parameters were invalid."), Rejected),
        (duplicate(), OutcomeUnknown),
        (OVERLOADED, OutcomeUnknown),
    ],
    ids=lambda value: getattr(value, "title", getattr(value, "__name__", "")),
)
def test_each_refusal_is_the_right_error(x_account, x_api, refusal, error):
    x_api.faults.append(Fault("/2/tweets", refusal=refusal))

    with pytest.raises(error):
        post_again(x_account)
    assert x_account.shown() == []


def test_a_refusal_is_told_in_xs_words(x_account, x_api):
    x_api.faults.append(Fault("/2/tweets", refusal=forbidden("Not on a Monday.")))

    with pytest.raises(Rejected, match="Not on a Monday"):
        post_again(x_account)


def test_what_is_paid_for_is_used_up_and_billing_is_named(x_account, x_api):
    x_api.faults.append(Fault("/2/tweets", refusal=usage_capped()))

    with pytest.raises(AccountBroken, match="billing"):
        post_again(x_account)


@pytest.mark.parametrize("name", ["x-rate-limit", "x-app-limit-24hour", "x-user-limit-24hour"])
def test_too_many_and_x_says_until_when(x_account, x_api, name):
    reset = int(time.time()) + 3600
    x_api.faults.append(Fault("/2/tweets", refusal=too_many(reset, name)))

    with pytest.raises(NotSent) as asked_to_wait:
        post_again(x_account)
    wait = asked_to_wait.value.retry_at - datetime.fromtimestamp(reset, UTC)
    assert abs(wait) < timedelta(seconds=5)


def test_an_allowance_that_is_used_up(x_account, x_api):
    x_api.users[x_account.credentials.remote_account_id].posts_left = 1
    post_again(x_account)

    with pytest.raises(NotSent):
        post_again(x_account)
    assert len(x_account.shown()) == 1


@pytest.mark.parametrize("body", UNREADABLE, ids=range(len(UNREADABLE)))
def test_a_success_that_cannot_be_read_proves_nothing(x_account, x_api, body):
    x_api.faults.append(Fault("/2/tweets", raw=body, status=201))

    with pytest.raises(OutcomeUnknown):
        post_again(x_account)


@pytest.mark.parametrize("does_it", [True, False])
def test_the_connection_breaks(x_account, x_api, does_it):
    x_api.faults.append(Fault("/2/tweets", does_it=does_it))

    with pytest.raises(OutcomeUnknown):
        post_again(x_account)
    assert len(x_account.shown()) == does_it


def test_a_slow_answer_is_an_answer(x_account, x_api):
    x_api.faults.append(Fault("/2/tweets", delay=0.3, raw=b'{"data": {"id": "17", "text": "x"}}', status=201))

    assert post_again(x_account).remote_id == "17"


def test_an_answer_x_does_not_let_us_give_is_refused_with_its_reason(x_account, x_api):
    first = post_again(x_account)
    refusal = forbidden("You are not permitted to reply to this conversation.")
    x_api.faults.append(Fault("/2/tweets", refusal=refusal))

    with pytest.raises(Rejected, match="does not take this as an answer"):
        X.publish(composed(X), x_account.credentials, key=key(), thread=Thread(first, first))
    assert len(x_account.shown()) == 1


# --- With the engine --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "fault",
    [
        Fault("/2/tweets", does_it=True),
        Fault("/2/tweets", does_it=True, refusal=OVERLOADED),
        Fault("/2/tweets", does_it=True, raw=b'{"data": {"id'),
    ],
    ids=["lost", "503", "cut"],
)
def test_it_was_posted_but_nobody_heard(account, x_account, x_api, fault):
    made = waiting(account)
    x_api.faults.append(fault)

    delivery.deliver_one(made.pk)
    assert fresh(made).status == Status.UNKNOWN
    settle_now(made)

    assert fresh(made).status == Status.SENT
    assert x_account.shown() == [made.payload["text"]]


def test_a_duplicate_is_looked_for_and_found(account, x_account, x_api):
    made = waiting(account)
    there = x_api.say(x_api.users[account.remote_account_id], made.payload["text"])

    delivery.deliver_one(made.pk)
    assert fresh(made).status == Status.UNKNOWN
    settle_now(made)

    assert (fresh(made).status, fresh(made).remote_id) == (Status.SENT, there)
    assert len(x_account.shown()) == 1


def test_a_duplicate_that_cannot_be_found_is_for_a_person(account, x_account, x_api):
    """X refuses words it had long ago: nothing of ours is there, and sending again would not help."""
    made = waiting(account)
    mine = x_api.users[account.remote_account_id]
    x_api.say(mine, made.payload["text"], age=timedelta(days=400))

    delivery.deliver_one(made.pk)
    for _look in range(6):
        settle_now(made)

    assert fresh(made).status == Status.HELD
    assert len(x_account.shown()) == 1


def test_one_that_never_arrived_is_not_sent_again_by_itself(account, x_account, x_api):
    made = waiting(account)
    x_api.faults.append(Fault("/2/tweets"))

    delivery.deliver_one(made.pk)
    for _look in range(6):
        settle_now(made)

    assert fresh(made).status == Status.HELD
    assert x_account.shown() == []


def test_a_suspended_account_is_blocked(account, x_account, x_api):
    x_api.users[account.remote_account_id].is_suspended = True
    made = waiting(account)

    delivery.deliver_one(made.pk)

    assert fresh(made).status == Status.HELD
    assert "blocked" in fresh(made).last_error


def test_a_post_deleted_by_hand_is_no_trouble_to_take_down(x_account, x_api):
    made = post_again(x_account)
    x_api.posts.clear()

    X.remove(made, x_account.credentials)
    X.remove(Receipt("1"), x_account.credentials)


def test_x_says_it_did_not_delete(x_account, x_api):
    made = post_again(x_account)
    x_api.faults.append(Fault(f"/2/tweets/{made.remote_id}", "DELETE", raw=b'{"data": {"deleted": false}}'))

    with pytest.raises(NotSent):
        X.remove(made, x_account.credentials)


def test_settling_looks_only_where_it_may_be(x_account, x_api):
    """The look goes back to a little before the post was made, for every post read costs something."""
    post = composed(X)
    x_api.say(x_api.users[x_account.credentials.remote_account_id], post.text, age=timedelta(hours=1))

    assert X.find(post, x_account.credentials, key=key()) is None
    assert timezone.now() > datetime.fromisoformat(post.created_at)

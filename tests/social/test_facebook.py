"""Facebook's refusals, lost answers and lies: each is one of the five errors, and one post in the end."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from outbox.enums import HoldReason, Status
from outbox.errors import AccountBroken, Blocked, NotSent, OutcomeUnknown, Rejected
from outbox.receipt import Receipt
from social import delivery
from social.credentials import seal
from social.models import Account
from social.publishers.base import Thread
from social.publishers.registry import PUBLISHERS
from tests.outbox.rows import fresh
from tests.real.facebook import Refusal
from tests.social.posts import composed, key, picture_bytes, stored_picture
from tests.social.test_faults import settle_now, waiting

PUBLISHER = PUBLISHERS["facebook"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def page(facebook, graph):
    return graph.pages[facebook.credentials.remote_account_id]


@pytest.fixture
def account(facebook):
    mine = facebook.credentials
    return Account.objects.create(
        channel="facebook",
        base_url=mine.base_url,
        handle=mine.handle,
        remote_account_id=mine.remote_account_id,
        sealed_secrets=seal(mine.secrets),
        confirmed_at=timezone.now(),
    )


def published(facebook, **more):
    post = composed(PUBLISHER, **more)
    return post, PUBLISHER.publish(post, facebook.credentials, key=key())


# --- What Facebook says ----------------------------------------------------------------------------
EVERY_CODE = [
    *[((code, 0, 400), NotSent) for code in (4, 17, 32, 341, 613, *range(80000, 80015))],
    *[((190, subcode, 401), AccountBroken) for subcode in (0, 458, 459, 460, 463, 464, 467, 492)],
    ((102, 0, 401), AccountBroken),
    ((368, 0, 400), Blocked),
    ((506, 1455006, 400), OutcomeUnknown),
    ((100, 0, 400), Rejected),
    ((1609005, 0, 400), Rejected),
    *[((code, 0, 403), AccountBroken) for code in (10, 200, 299)],
    *[((code, 0, status), OutcomeUnknown) for code in (1, 2) for status in (400, 500)],
    ((99999, 0, 400), Rejected),
]


@pytest.mark.parametrize(("said", "error"), EVERY_CODE, ids=[str(said) for said, _error in EVERY_CODE])
def test_every_documented_code_has_its_consequence(facebook, graph, said, error):
    code, subcode, status = said
    graph.spoil("/feed", refusal=Refusal(code, subcode, status))

    with pytest.raises(error):
        PUBLISHER.publish(composed(PUBLISHER), facebook.credentials, key=key())
    assert facebook.shown() == []


def test_each_way_to_lose_access_has_its_own_sentence(facebook, graph):
    sentences = set()
    for subcode in (0, 458, 459, 460, 463, 464, 467, 492):
        graph.spoil("/feed", refusal=Refusal(190, subcode, 401))
        with pytest.raises(AccountBroken) as refused:
            PUBLISHER.publish(composed(PUBLISHER), facebook.credentials, key=key())
        sentences.add(refused.value.message)

    assert len(sentences) == 8


@pytest.mark.parametrize(
    ("headers", "minutes"),
    [
        ({}, 10),
        ({"X-App-Usage": '{"call_count": 100}'}, 10),
        ({"X-Business-Use-Case-Usage": "nonsense"}, 10),
        (
            {
                "X-Business-Use-Case-Usage": json.dumps(
                    {
                        "1": [
                            {"call_count": 100, "estimated_time_to_regain_access": 7},
                            {"estimated_time_to_regain_access": 42},
                        ]
                    }
                )
            },
            42,
        ),
        (
            {"X-Business-Use-Case-Usage": json.dumps({"1": [{"estimated_time_to_regain_access": 1e12}]})},
            24 * 60,
        ),
    ],
)
def test_a_full_allowance_says_when_to_come_back(facebook, graph, headers, minutes):
    graph.spoil("/feed", refusal=Refusal(32, headers=headers))

    with pytest.raises(NotSent) as refused:
        PUBLISHER.publish(composed(PUBLISHER), facebook.credentials, key=key())

    waits = refused.value.retry_at - timezone.now()
    assert abs(waits - timedelta(minutes=minutes)) < timedelta(seconds=30)


@pytest.mark.parametrize("refusal", [Refusal(1), Refusal(2, status=500)])
def test_a_fault_before_the_post_is_made_is_simply_repeated(facebook, graph, refusal):
    graph.spoil("/photos", refusal=refusal)
    post = composed(PUBLISHER, image=stored_picture(picture_bytes()))

    with pytest.raises(NotSent):
        PUBLISHER.publish(post, facebook.credentials, key=key())


@pytest.mark.parametrize("code", [10, 200])
def test_no_permission_for_one_post_does_not_break_the_account(facebook, graph, code):
    _post, made = published(facebook)
    graph.spoil(made.remote_id, refusal=Refusal(code, status=403))

    with pytest.raises(Rejected):
        PUBLISHER.edit(made, composed(PUBLISHER), facebook.credentials)


# --- The answer is lost, late or a lie -------------------------------------------------------------
LOST = [
    {"raw": None},
    {"raw": b'{"id": '},
    {"raw": b"{}"},
    {"raw": b"<html>"},
    {"refusal": Refusal(1)},
    {"refusal": Refusal(2, status=500)},
]


@pytest.mark.parametrize("how", LOST, ids=range(len(LOST)))
def test_posted_and_the_answer_lost_is_one_post_found_by_looking(account, facebook, graph, how):
    made = waiting(account)
    graph.spoil("/feed", does_it=True, **how)

    delivery.deliver_one(made.pk)
    assert fresh(made).status == Status.UNKNOWN
    settle_now(made)

    assert fresh(made).status == Status.SENT
    assert facebook.shown() == [made.payload["text"]]


def test_an_unknown_comment_of_ours_is_found_by_looking(facebook, graph):
    _post, root = published(facebook)
    answer = composed(PUBLISHER)
    graph.spoil("/comments", does_it=True)

    with pytest.raises(OutcomeUnknown):
        PUBLISHER.publish(answer, facebook.credentials, key=key(), thread=Thread(root, root))

    found = PUBLISHER.find(answer, facebook.credentials, key=key())
    assert PUBLISHER.look(found, facebook.credentials).text == answer.text


def test_not_posted_and_no_answer_waits_for_a_person(account, facebook, graph):
    made = waiting(account)
    graph.spoil("/feed")

    delivery.deliver_one(made.pk)
    for _look in range(2):
        settle_now(made)

    assert (fresh(made).status, fresh(made).hold_reason) == (Status.HELD, HoldReason.UNCLEAR)
    assert facebook.shown() == []


def test_a_double_that_facebook_refuses_is_found_and_counts_as_sent(account, facebook, page, graph):
    """The same words went out before, by whatever way: 506 makes us look instead of trying again."""
    made = waiting(account)
    graph.post_by_hand(page, made.payload["text"])
    page.posts[0]["attachments"] = {
        "data": [{"media_type": "link", "unshimmed_url": made.payload["link"], "target": {}}]
    }

    delivery.deliver_one(made.pk)
    assert fresh(made).status == Status.UNKNOWN
    settle_now(made)

    assert (fresh(made).status, fresh(made).remote_id) == (Status.SENT, page.posts[0]["id"])


# --- Pictures --------------------------------------------------------------------------------------
def test_a_picture_arrives_small_with_its_words_and_in_the_same_post(facebook, page, graph):
    image = stored_picture(picture_bytes(gps=True), alt="Water över the quay.")

    _post, made = published(facebook, image=image)

    [photo] = page.posts[0]["attachments"]["data"]
    kept = graph.photos[photo["target"]["id"]]
    assert kept["alt"] == "Water över the quay."
    assert b"Riverbank phone" not in kept["data"]
    assert made.remote_id == page.posts[0]["id"]


def test_other_pictures_cannot_be_put_into_a_post(facebook):
    post, made = published(facebook)

    with pytest.raises(Rejected):
        PUBLISHER.edit(made, composed(PUBLISHER, image=stored_picture(picture_bytes())), facebook.credentials)
    assert facebook.shown() == [post.text]


# --- By hand ---------------------------------------------------------------------------------------
def test_a_post_deleted_by_hand_is_gone_and_no_trouble(facebook, page):
    _post, made = published(facebook)
    page.posts.clear()

    PUBLISHER.remove(made, facebook.credentials)

    assert PUBLISHER.look(made, facebook.credentials) is None


def test_a_post_we_may_not_see_any_more_is_not_called_gone(facebook, graph):
    _post, made = published(facebook)
    graph.spoil(made.remote_id, method="GET", refusal=Refusal(100, 33))
    graph.spoil(facebook.credentials.remote_account_id, method="GET", refusal=Refusal(10, status=403))

    with pytest.raises(AccountBroken):
        PUBLISHER.look(made, facebook.credentials)


# --- Links -----------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("link", "found"),
    [
        ("https://www.facebook.com/55_123", "55_123"),
        ("https://m.facebook.com/Council/posts/123", "55_123"),
        ("https://facebook.com/55/posts/words-of-it/123/", "55_123"),
        ("https://www.facebook.com/permalink.php?story_fbid=123&id=55", "55_123"),
        ("https://www.facebook.com/55_123?comment_id=9", "123_9"),
        ("https://www.facebook.com/66_123", None),
        ("https://www.facebook.com/66/posts/123", None),
        ("https://www.facebook.com/permalink.php?story_fbid=123&id=66", None),
        ("https://www.facebook.com/Council/posts/pfbid02abc", None),
        ("https://www.facebook.com/55_123?comment_id=x", None),
        ("https://www.facebook.com.example/55_123", None),
        ("https://[", None),
    ],
)
def test_links_people_copy(link, found):
    receipt = PUBLISHER.receipt_from_link(link, "https://graph.facebook.com", "55")

    assert receipt == (Receipt(found, link) if found else None)


def test_the_length_counts_an_emoji_as_two():
    assert PUBLISHER.count("Flood 🌊", PUBLISHER.limits) == 8


def test_a_card_may_carry_the_link_that_the_words_leave_out(facebook):
    post = replace(composed(PUBLISHER), text="Burst main in Quay Street")
    made = PUBLISHER.publish(post, facebook.credentials, key=key())

    seen = PUBLISHER.look(made, facebook.credentials)

    assert PUBLISHER.matches(seen, post)
    assert not PUBLISHER.matches(seen, replace(post, link="https://riverbank.example/n/OTHER/"))

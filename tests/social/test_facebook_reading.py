"""Reading Facebook Pages back: what an attacker leaves, and what 10,000 people write."""

from datetime import timedelta

import pytest
from django.utils import timezone

from outbox.errors import NotSent
from outbox.receipt import Receipt
from social.publishers.base import Thread
from social.publishers.registry import PUBLISHERS
from tests.real.facebook import Refusal
from tests.social.posts import composed, key

PUBLISHER = PUBLISHERS["facebook"]


@pytest.fixture
def page(facebook, graph):
    return graph.pages[facebook.credentials.remote_account_id]


@pytest.fixture
def made(facebook):
    return PUBLISHER.publish(composed(PUBLISHER), facebook.credentials, key=key())


def just_now():
    return timezone.now() - timedelta(minutes=5)


def seen_now(facebook):
    return PUBLISHER.timeline(facebook.credentials, just_now())


def test_a_post_made_by_hand_is_seen_with_what_made_it(facebook, page, graph):
    rogue = graph.post_by_hand(page, "Free prizes at https://evil.example/win")

    [seen] = seen_now(facebook)

    assert (seen.remote_id, seen.made_with) == (rogue, "Facebook for iPhone")
    assert seen.links == ("https://evil.example/win",)


def test_a_comment_made_by_hand_is_on_the_timeline_too(facebook, page, graph, made):
    rogue = graph.comment_as_other(page, "Send money", made.remote_id, author=page.id)

    assert rogue in {each.remote_id for each in seen_now(facebook)}


@pytest.mark.parametrize(
    "change",
    [
        {"message": "Other words"},
        {"is_hidden": True},
        {"attachments": {"data": [{"media_type": "link", "unshimmed_url": "https://evil.example/"}]}},
        {"attachments": {"data": [{"media_type": "photo", "target": {"id": "1"}}]}},
    ],
)
def test_a_change_by_hand_changes_the_fingerprint(facebook, page, made, change):
    before = PUBLISHER.look(made, facebook.credentials)
    page.posts[0].update(change)

    assert PUBLISHER.look(made, facebook.credentials).fingerprint != before.fingerprint


def test_a_card_that_facebook_reads_anew_changes_nothing(facebook, page, made):
    before = PUBLISHER.look(made, facebook.credentials)
    page.posts[0]["attachments"]["data"][0]["title"] = "Restored: burst main"

    assert PUBLISHER.look(made, facebook.credentials).fingerprint == before.fingerprint


def test_another_picture_of_the_page_is_another_profile(facebook, page):
    before = PUBLISHER.profile(facebook.credentials)
    page.fields["picture"] = {"data": {"cache_key": "p2"}}

    assert PUBLISHER.profile(facebook.credentials).picture != before.picture


def test_a_flood_of_posts_is_read_to_its_beginning(facebook, page, graph, made):
    for number in range(120):
        graph.post_by_hand(page, f"Prize {number}")

    assert len(seen_now(facebook)) == 121


def test_a_timeline_that_breaks_off_is_an_error_and_not_an_end(facebook, graph, page):
    for number in range(30):
        graph.post_by_hand(page, f"Prize {number}")
    graph.spoil("/published_posts", method="GET", raw=b'{"data": 7}')

    with pytest.raises(NotSent):
        seen_now(facebook)


def test_a_full_allowance_while_reading_is_not_the_end_of_access(facebook, graph):
    graph.spoil("/published_posts", method="GET", refusal=Refusal(32))

    with pytest.raises(NotSent):
        seen_now(facebook)


def test_ten_thousand_comments_come_home_once_each(facebook, page, graph, made):
    for number in range(10_000):
        graph.comment_as_other(page, f"Comment {number}", made.remote_id)

    found = PUBLISHER.replies(facebook.credentials, just_now())

    assert len({each.remote_id for each in found}) == len(found) == 10_000
    assert {each.root_id for each in found} == {made.remote_id}


def test_posts_on_the_pages_wall_come_home_as_mentions(facebook, page, graph):
    wrote = graph.write_on_wall(page, "When is the library open?")

    [reply] = PUBLISHER.replies(facebook.credentials, just_now())

    assert (reply.remote_id, reply.root_id, reply.author_name) == (wrote, "", "Robin Resident")


def test_a_comment_whose_author_facebook_keeps_back_comes_home(facebook, page, graph, made):
    graph.comment_as_other(page, "Who am I?", made.remote_id)
    del page.comments[0]["from"]

    [reply] = PUBLISHER.replies(facebook.credentials, just_now())

    assert (reply.text, reply.author_handle) == ("Who am I?", "")


def test_a_new_comment_below_an_old_post_comes_home(facebook, page, graph, made):
    page.posts[0]["created_time"] = "2026-01-01T00:00:00+0000"
    graph.comment_as_other(page, "Still dry here", made.remote_id)

    assert [each.text for each in PUBLISHER.replies(facebook.credentials, just_now())] == ["Still dry here"]


def test_an_answer_goes_below_the_residents_comment(facebook, page, graph, made):
    theirs = graph.comment_as_other(page, "Is it safe?", made.remote_id)

    answer = PUBLISHER.publish(
        composed(PUBLISHER), facebook.credentials, key=key(), thread=Thread(Receipt(theirs), made)
    )

    assert page.comments[0]["parent"] == {"id": theirs}
    assert answer.remote_url.startswith(f"{facebook.credentials.base_url}/{made.remote_id}?comment_id=")

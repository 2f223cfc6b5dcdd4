"""Hashtags and threads on the reference Bluesky server: taken, read back, and known again."""

from itertools import count

import pytest

from social.publishers.base import Style, Thread
from social.publishers.registry import publisher_for
from tests.social.posts import dated, key, signed_in, unique_content

BLUESKY = publisher_for("bluesky")
_handles = count(1)


@pytest.fixture
def credentials(pds):
    """What is needed to act for an account of ours."""
    did, _password = pds.make_account(f"facets{next(_handles)}")
    return signed_in(BLUESKY, pds.base_url, did, pds.make_app_password(did, "Portal"))


def composed(wording, **style):
    content = unique_content(style=Style(**style))
    return [dated(post) for post in BLUESKY.compose(content, wording, BLUESKY.limits)]


def test_a_hashtag_is_taken_and_the_post_known_again(credentials):
    [post] = composed("Flood in #QuayStreet, keep away.")
    own = key()

    receipt = BLUESKY.publish(post, credentials, key=own)

    seen = BLUESKY.look(receipt, credentials)
    features = [facet["features"][0] for facet in seen.raw["value"]["facets"]]
    assert features[0] == {"$type": "app.bsky.richtext.facet#tag", "tag": "QuayStreet"}
    assert features[1]["uri"] == post.link
    assert BLUESKY.matches(seen, post)
    assert BLUESKY.find(post, credentials, key=own) == receipt


def test_every_part_of_a_thread_is_taken_and_known_again(credentials):
    posts = composed("Boil your water. " * 30, is_thread=True)
    thread, receipts = None, []

    for post in posts:
        receipts.append(BLUESKY.publish(post, credentials, key=key(), thread=thread))
        thread = Thread(parent=receipts[-1], root=receipts[0])

    seen = [BLUESKY.look(receipt, credentials) for receipt in receipts]
    assert [BLUESKY.matches(*pair) for pair in zip(seen, posts, strict=True)] == [True] * len(posts)
    assert ["embed" in each.raw["value"] for each in seen] == [True] + [False] * (len(posts) - 1)
    assert len(posts) > 1

"""What a post says: the generated text always fits, a person's own words are never cut."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from social.publishers.base import Limits, Post
from social.publishers.bluesky import Bluesky
from social.publishers.mastodon import Mastodon
from social.publishers.registry import PUBLISHERS
from tests.social.posts import FAMILY, URL, content

ALL = list(PUBLISHERS.values())
every_publisher = pytest.mark.parametrize("publisher", ALL, ids=[p.channel.value for p in ALL])


def text_of(publisher, wording="", **more):
    [post] = publisher.compose(content(**more), wording, publisher.limits)
    return post.text


@every_publisher
def test_compose_says_title_summary_and_link(publisher):
    assert text_of(publisher) == (
        f"Burst main in Quay Street\n\nLow or no water in Quayside until this evening.\n\n{URL}"
    )


@every_publisher
def test_compose_of_an_update_says_what_changed(publisher):
    text = text_of(publisher, change_note="Water is back on.")

    assert text == f"Update: Burst main in Quay Street\n\nWater is back on.\n\n{URL}"


@every_publisher
def test_compose_of_a_correction_says_so_first(publisher):
    text = text_of(publisher, change_note="It is Mill Lane, not Quay Street.", is_correction=True)

    assert text == (f"Correction: Burst main in Quay Street\n\nIt is Mill Lane, not Quay Street.\n\n{URL}")


@every_publisher
def test_compose_shortens_a_long_summary_at_a_word(publisher):
    post = publisher.compose(content(summary="water " * publisher.limits.characters), "", publisher.limits)[0]

    assert publisher.problems(post, publisher.limits) == []
    assert f"water…\n\n{URL}" in post.text


@every_publisher
def test_compose_adds_the_link_to_a_persons_words(publisher):
    assert text_of(publisher, "Boil your water.") == f"Boil your water.\n\n{URL}"


@every_publisher
def test_compose_leaves_words_that_have_the_link(publisher):
    assert text_of(publisher, f"Boil it: {URL} today") == f"Boil it: {URL} today"


@every_publisher
def test_compose_never_cuts_a_persons_words_and_refuses_them_instead(publisher):
    words = "w" * (publisher.limits.characters + 1)

    post = publisher.compose(content(), words, publisher.limits)[0]

    assert post.text == f"{words}\n\n{URL}"
    assert len(publisher.problems(post, publisher.limits)) == 1


@every_publisher
@given(summary=st.text(max_size=400), title=st.text(min_size=1, max_size=90))
def test_generated_text_always_fits(publisher, summary, title):
    post = publisher.compose(content(summary=summary, title=title), "", publisher.limits)[0]

    assert publisher.problems(post, publisher.limits) == []


@every_publisher
def test_a_nul_in_a_persons_words_is_refused(publisher):
    post = publisher.compose(content(), "Boil\x00it", publisher.limits)[0]

    assert publisher.problems(post, publisher.limits) == [
        "The text contains invisible control characters. Type it again instead of pasting."
    ]


@every_publisher
def test_a_post_survives_being_stored(publisher):
    post = publisher.compose(content(), "", publisher.limits)[0]

    assert Post.from_json(post.to_json()) == post


def test_bluesky_facets_are_utf8_bytes():
    [post] = Bluesky().compose(content(), f"{FAMILY} שלום {URL}", Bluesky.limits)

    [facet] = post.facets
    assert post.text.encode()[facet.start : facet.end].decode() == URL
    assert facet.start == 35


def test_bluesky_counts_bytes_as_well():
    post = Bluesky().compose(content(), FAMILY * 130, Bluesky.limits)[0]

    assert Bluesky().problems(post, Bluesky.limits) == [
        "The text takes too much room for this platform. Use fewer emoji."
    ]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("water", 5),
        (f"{URL}{'x' * 300}", 23),
        ("see https://a.example/x.", 4 + 23 + 1),
        ("@crew@far.example hello", len("@crew hello")),
        (FAMILY, 1),
        ("https://a.example https://b.example", 23 + 1 + 23),
        ("me@riverbank.example", 20),
    ],
)
def test_mastodon_counts_links_and_mentions_its_own_way(text, count):
    assert Mastodon().count(text, Mastodon.limits) == count


def test_mastodon_uses_the_servers_own_limits():
    limits = Limits(characters=60, url_weight=23)

    post = Mastodon().compose(content(), "", limits)[0]

    assert Mastodon().problems(post, limits) == []
    assert post.text == f"Burst main in Quay Street\n\nLow or…\n\n{URL}"

"""Threads: no word lost, every part fits, the link first, and nothing broken inside a link or a character."""

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from social.publishers.base import Style
from social.publishers.bluesky import Bluesky
from social.publishers.registry import PUBLISHERS
from social.splitting import thread
from tests.social.posts import FAMILY, URL, content

THREADED = [publisher for publisher in PUBLISHERS.values() if publisher.limits.parts > 1]
threaded = pytest.mark.parametrize("publisher", THREADED, ids=[p.channel.value for p in THREADED])
SINGLE = [publisher for publisher in PUBLISHERS.values() if publisher.limits.parts == 1]
single = pytest.mark.parametrize("publisher", SINGLE, ids=[p.channel.value for p in SINGLE])
WHOLE = Style(is_thread=True)


def within(most):
    return lambda text: len(text) <= most


def composed(publisher, wording="", style=WHOLE, **more):
    return publisher.compose(content(style=style, **more), wording, publisher.limits)


def words_of(parts):
    """Return the words of a thread as one list, the numbers under its parts left out."""
    return [word for part in parts for word in regex.sub(r"\n\n\d+/\d+$", "", part).split()]


def test_it_breaks_at_a_paragraph_where_there_is_one():
    assert thread("One two three.\n\nFour five. Six.", within(24), 3) == [
        "One two three.\n\n1/2",
        "Four five. Six.\n\n2/2",
    ]


def test_it_breaks_at_a_sentence_else():
    assert thread("One two three. Four five six seven.", within(26), 3) == [
        "One two three.\n\n1/2",
        "Four five six seven.\n\n2/2",
    ]


def test_it_breaks_at_a_word_else():
    assert thread("one two three four five six", within(20), 3) == [
        "one two three\n\n1/2",
        "four five six\n\n2/2",
    ]


def test_a_paragraph_break_that_would_leave_a_post_nearly_empty_is_passed_over():
    parts = thread("Hi.\n\n" + "word " * 12, within(40), 3)

    assert parts[0] == "Hi.\n\nword word word word word word\n\n1/2"


def test_too_long_for_the_most_posts_gives_nothing():
    assert thread("word " * 100, within(40), 3) is None


def test_a_link_is_never_broken():
    address = f"https://riverbank.example/{'x' * 20}"

    parts = thread(f"one two three {address} four five", within(62), 3)

    assert [address in part for part in parts] == [False, True]


def test_a_link_longer_than_a_post_is_refused_instead_of_broken():
    assert thread(f"https://riverbank.example/{'x' * 60}", within(50), 3) is None


def test_an_endless_word_breaks_between_characters_as_readers_see_them():
    parts = thread(FAMILY * 10, within(len(FAMILY) * 6), 3)

    assert "".join(words_of(parts)) == FAMILY * 10
    assert all(part.startswith(FAMILY) and FAMILY + "\n\n" in part for part in parts)


@threaded
def test_the_link_stands_in_the_first_post(publisher):
    posts = composed(publisher, "Boil your water. " * (publisher.limits.characters // 10))

    assert [URL in post.text for post in posts] == [True] + [False] * (len(posts) - 1)
    assert [post.link for post in posts] == [URL] + [""] * (len(posts) - 1)
    assert posts[0].text.endswith(f"{URL}\n\n1/{len(posts)}")
    assert len(posts) > 1


@threaded
def test_a_link_the_author_wrote_first_stands_once(publisher):
    posts = composed(publisher, f"See {URL}. ".replace(".", " .") + "Boil. " * publisher.limits.characters)

    assert sum(post.text.count(URL) for post in posts) == 1


@threaded
def test_what_fits_one_post_is_no_thread(publisher):
    [post] = composed(publisher, "Boil your water.")

    assert post.text == f"Boil your water.\n\n{URL}"


@threaded
def test_without_the_choice_own_words_stay_one_post_and_are_refused(publisher):
    [post] = composed(publisher, "w " * publisher.limits.characters, style=Style())

    assert len(publisher.problems(post, publisher.limits)) == 1


@threaded
def test_words_for_more_posts_than_allowed_come_back_whole_and_are_refused(publisher):
    words = ("word " * publisher.limits.characters * publisher.limits.parts).strip()

    [post] = composed(publisher, words)

    assert post.text == f"{words}\n\n{URL}"
    assert len(publisher.problems(post, publisher.limits)) >= 1


@threaded
def test_the_generated_text_is_said_whole(publisher):
    summary = "Water is low. " * (publisher.limits.characters // 10)

    posts = composed(publisher, summary=summary)

    said = words_of(post.text for post in posts)
    said.remove(URL)
    assert said == f"Burst main in Quay Street {summary}".split()


@threaded
def test_a_generated_thread_is_shortened_when_even_that_is_too_little(publisher):
    posts = composed(publisher, summary="water " * publisher.limits.characters * publisher.limits.parts)

    assert len(posts) == publisher.limits.parts
    assert [publisher.problems(post, publisher.limits) for post in posts] == [[]] * len(posts)
    assert "water…" in posts[-1].text


@threaded
def test_the_picture_goes_with_the_first_post(publisher):
    from tests.social.posts import stored_picture

    image = stored_picture(b"x")
    posts = composed(publisher, "Boil. " * publisher.limits.characters, image=image)

    assert [post.images for post in posts] == [(image,)] + [()] * (len(posts) - 1)


@single
def test_a_platform_without_threads_makes_one_post(publisher):
    assert len(composed(publisher, "w " * publisher.limits.characters)) == 1


@threaded
@given(text=st.text(alphabet=st.sampled_from("ab c.\n!é👨‍👩‍👧‍👦水"), min_size=1, max_size=1200))
def test_every_part_of_any_text_fits_and_no_word_is_lost(publisher, text):
    posts = composed(publisher, f"x{text}")

    if len(posts) > 1:
        said = "".join(words_of(post.text for post in posts)).replace(URL, "")
        assert said == "".join(f"x{text}".split())
        assert [publisher.problems(post, publisher.limits) for post in posts] == [[]] * len(posts)


def test_bluesky_marks_hashtags_and_links():
    [post] = Bluesky().compose(content(), f"Flood #QuayStreet, #1 and a#b é #水! {URL}", Bluesky.limits)

    marked = [(post.text.encode()[f.start : f.end].decode(), f.tag, f.uri) for f in post.facets]
    assert marked == [("#QuayStreet", "QuayStreet", ""), ("#水", "水", ""), (URL, "", URL)]

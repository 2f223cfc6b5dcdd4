"""Counting and shortening: what a reader sees as one character counts as one."""

import pytest

from social.text import bytes_before, graphemes, printable, shorten, unprintable, urls
from tests.social.posts import FAMILY


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("water", 5),
        (FAMILY, 1),
        ("é", 1),
        ("é", 1),
        ("שלום", 4),
        ("مرحبا", 5),
        ("🇬🇧", 1),
        ("", 0),
        ("a\nb", 3),
    ],
)
def test_graphemes_counts_what_a_reader_sees(text, count):
    assert graphemes(text) == count


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("See https://a.example/x.", ["https://a.example/x"]),
        ("(https://a.example/x)", ["https://a.example/x"]),
        ("https://a.example/x, https://b.example", ["https://a.example/x", "https://b.example"]),
        ("a.example is no link", []),
        ("javascript:alert(1)", []),
    ],
)
def test_urls_finds_links_without_the_punctuation_behind(text, found):
    assert [text[start:end] for start, end in urls(text)] == found


def test_bytes_before_counts_utf8():
    assert bytes_before(f"{FAMILY} é x", 9) == 25 + 1 + 2


@pytest.mark.parametrize(
    ("text", "answer"), [("a\x00b", True), ("a\nb\tc", False), ("\x1b[0m", True), ("é", False)]
)
def test_unprintable_finds_controls(text, answer):
    assert unprintable(text) == answer


def test_printable_drops_controls_and_keeps_lines():
    assert printable("a\x00b\r\nc") == "ab\nc"


def test_shorten_cuts_at_a_word():
    assert shorten("one two three four", lambda text: len(text) <= 12) == "one two…"


def test_shorten_leaves_what_fits():
    assert shorten("one two", lambda text: len(text) <= 12) == "one two"


def test_shorten_gives_nothing_when_no_word_fits():
    assert shorten("extraordinary", lambda text: len(text) <= 5) == ""

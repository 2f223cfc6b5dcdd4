"""Texts of any language are cut into sentences that stand as written, and into terms."""

import pytest

from feedback.analysis import words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The bus is late. It was late yesterday!", ["The bus is late.", "It was late yesterday!"]),
        ("no full stop at all here", ["no full stop at all here"]),
        ("First line of words\nsecond line of words", ["First line of words", "second line of words"]),
        ("水が出ません。いつ直りますか？", ["水が出ません。", "いつ直りますか？"]),
        ("💛", ["💛"]),
        ("", []),
    ],
)
def test_sentences_stand_as_they_were_written(text, expected):
    found = words.sentences(text)
    assert all(each in text for each in found)
    assert found == expected


def test_long_sentence_is_cut_where_it_pauses():
    found = words.sentences("the bus, the tram and the train are late, " * 20)
    assert all(len(each) <= words.SENTENCE_MOST for each in found)
    assert found[0].endswith(",")


def test_hundred_thousand_letters_are_read_in_part():
    assert len(words.terms("x" * 100_000)) == 1
    assert sum(map(len, words.sentences("word " * 20_000))) <= words.TEXT_READ


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The buses are late", "buses, late!"),
        ("Potholes", "pothole"),
        ("We're cycling", "cycle"),
        ("MEND the road", "mending roads"),
    ],
)
def test_forms_of_a_word_are_one_term(one, other):
    assert set(words.terms(one)) & set(words.terms(other))


@pytest.mark.parametrize(
    "text", ["Где автобус номер девять?", "ما متى تعود المياه؟", "九号公交车什么时候来", "🚌🚌🚌"]
)
def test_every_language_has_terms(text):
    assert words.terms(text)

"""How hard words are to read: the formula against known figures, and what is said of long sentences."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from updates.checks import reading
from updates.checks.texts import Words

PLAIN = "The water is off in your street. We will mend the pipe by noon. Fill a jug now. Ring us for help. "
OFFICIAL = (
    "Residents are respectfully reminded that the implementation of the aforementioned infrastructural "
    "rehabilitation programme necessitates the temporary discontinuation of potable water distribution "
    "throughout the municipality, notwithstanding considerable organisational preparations. "
)


def found(body: str) -> list[tuple[str, int]]:
    return [(finding.code, len(finding.excerpts)) for finding in reading.check(Words({"body": body}))]


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("the", 1), ("water", 2), ("stopped", 1), ("wanted", 2), ("houses", 2), ("table", 2), ("make", 1),
        ("makes", 1), ("resident", 3), ("area", 2), ("street", 1), ("hmm", 1), ("library", 3),
    ],
)  # fmt: skip
def test_syllables_of_common_words(word, count):
    assert reading.syllables(word) == count


def test_plain_words_have_a_low_reading_age_and_official_ones_a_high_one():
    assert reading.reading_age(reading.sentences_of(PLAIN * 3)) <= 7
    assert reading.reading_age(reading.sentences_of(OFFICIAL * 3)) >= 20


def test_the_formula_gives_what_it_gives_by_hand():
    # 100 words in 10 sentences, one syllable each: 0.39 × 10 + 11.8 × 1 − 15.59 = 0.11, and five years.
    ten = "We go up to the top of the hill. ".replace("up to", "up on to")
    assert len(reading.sentences_of(ten)[0].words) == 10

    assert reading.reading_age(reading.sentences_of(ten * 10)) == 5


def test_short_notice_is_not_judged():
    assert reading.reading_age(reading.sentences_of(OFFICIAL)) is None
    assert found("Water off.") == []


def test_hard_text_shows_its_three_longest_sentences():
    assert found(OFFICIAL * 5) == [("reading_age", 3)]


def test_long_sentences_alone_are_a_hint():
    assert found(PLAIN * 4 + "We go " + "on and on and on " * 6 + "again.") == [("long_sentences", 1)]


def test_lines_of_a_list_and_headings_are_sentences_of_their_own():
    body = "## What to do\n\nBring:\n- gloves\n- a spade. Or two\n1. Come\n\nSee [the long list](https://a.example/b-c)."

    assert [sentence.text for sentence in reading.sentences_of(body)] == [
        "What to do",
        "Bring:",
        "gloves",
        "a spade.",
        "Or two",
        "Come",
        "See [the long list](https://a.example/b-c).",
    ]
    assert reading.sentences_of(body)[-1].words == ("See", "the", "long", "list")


@given(st.text(alphabet="aA. \n-#*!?’1[](", max_size=200))
def test_every_sentence_stands_where_it_says(text):
    for sentence in reading.sentences_of(text):
        assert text[sentence.start :].startswith(sentence.text)

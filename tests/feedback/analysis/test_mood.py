"""The guess at a mood: plain cases, and the share of wrong ones that pages tell."""

import pytest

from feedback.analysis import mood


@pytest.mark.parametrize(
    ("text", "guessed"),
    [
        ("Thank you, the crew were brilliant.", "positive"),
        ("This is a disgrace and I am furious.", "negative"),
        ("Where is the stop for the number 9?", "neutral"),
        ("Not good at all, hopeless.", "negative"),
        ("It was nice but now it is terrible and unsafe.", "negative"),
        ("👍👏", "positive"),
        ("😡", "negative"),
        ("", "neutral"),
    ],
)
def test_plain_words_are_understood(text, guessed):
    assert mood.guess(text) == guessed


def test_pages_tell_no_better_than_was_measured():
    # `python -m bench mood`: 24 % of film reviews and 31 % of patients' words were guessed wrong.
    assert mood.WRONG_PERCENT >= 31

"""When an approver sees single words marked, and when the old text whole and then the new."""

import pytest

from updates.difference import Change


@pytest.mark.parametrize(
    ("old", "new", "is_long", "expected"),
    [
        ("Water off in Quay Street until 6pm", "Water off in Mill Lane and Long Row", False, True),
        ("Water off in Quay Street", "Library closed on Monday", False, False),
        ("", "Water off", False, False),
        ("Repairing", "Restored", False, False),
        ("One two three four", "Zero two three four", True, True),
        ("One two three four", "One five six seven", True, False),
    ],
)
def test_words_are_marked_where_enough_still_stands(old: str, new: str, is_long: bool, expected: bool):
    assert Change("Title", old, new, is_long).by_word is expected

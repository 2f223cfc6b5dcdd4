"""Copies of a letter are brought together; what says the opposite is not."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedback.analysis import copies, extract
from feedback.analysis.field import Comment

BUS = "Please keep the evening bus because shift workers need it to get home"


def said(*texts: str) -> list[str]:
    return [each.text for each in copies.as_one(Comment(n, f"p{n}", text) for n, text in enumerate(texts))]


@pytest.mark.parametrize(
    ("other", "is_copy"),
    [
        (f"{BUS}!", True),
        (f"{BUS.upper()}.", True),
        (f"{BUS}, thank you", True),
        (BUS.replace("evening", "morning"), False),
        (BUS.replace("keep", "do not keep"), False),
        (f"{BUS}. The library should open on Sundays too, and the towpath lights need repair", False),
        ("Please keep the library open because pupils need it for homework", False),
    ],
)
def test_near_copies_are_one_text(other, is_copy):
    assert (len(set(said(BUS, BUS, other))) == 1) == is_copy


@pytest.mark.parametrize(
    ("one", "other", "is_opposite"),
    [
        ("I support closing the lane.", "I object to the closure of the lane.", True),
        ("I support closing the lane.", "I do not support closing the lane.", True),
        ("I don't support closing the lane.", "I object to closing the lane.", False),
        ("I do not object to closing it.", "I support closing it.", False),
        (
            "Pupils need the library in the afternoon.",
            "Pupils never need the library in the afternoon.",
            True,
        ),
        ("The bus is late.", "The library is not open on Sundays when people have time.", False),
        ("I prefer option 1 for the square.", "I prefer option 2 for the square.", True),
        ("Option A is the best for us.", "Plan B is the best for us.", True),
        ("Option 2 please, or option 3.", "Option 3 please.", False),
    ],
)
def test_opposite_is_told_from_the_same(one, other, is_opposite):
    assert copies.is_turned_round(one, other) == is_opposite
    assert copies.is_turned_round(other, one) == is_opposite


def test_those_who_choose_another_option_stand_apart():
    texts = [f"I prefer option {1 + number % 2} for the square{'!' * (number % 3)}" for number in range(12)]
    chosen = extract.choose(Comment(n, f"p{n}", text) for n, text in enumerate(texts))
    assert sorted({key % 2 for key in each.behind} == {0} for each in chosen) == [False, True]
    assert [len(each.behind) for each in chosen] == [6, 6]


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(st.text("ab not.1水😡 ", max_size=40), st.sampled_from("pqr")), max_size=15))
def test_bringing_copies_together_loses_nobody(rows):
    before = [Comment(key, person, text) for key, (text, person) in enumerate(rows)]
    after = copies.as_one(before)
    assert [(each.key, each.person) for each in after] == [(each.key, each.person) for each in before]
    assert {each.text for each in after} <= {each.text for each in before}

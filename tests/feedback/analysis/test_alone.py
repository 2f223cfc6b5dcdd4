"""Which sentences can be understood without what stood around them."""

import pytest

from feedback.analysis import extract
from feedback.analysis.alone import stands_alone
from feedback.analysis.field import Comment


@pytest.mark.parametrize(
    ("sentence", "is_alone"),
    [
        ("The evening bus is what shift workers need.", True),
        ("Then I will forgive you the seven months.", False),
        ("“But who do I talk to about it, please?”", False),
        ("It’s the same every winter in our street.", False),
        ("Item four of the budget is a mistake.", True),
        ("Not in our street!", False),
        ("晚上的公交车对上夜班的人很重要。", True),
        ("Wann wird die Straße endlich repariert?", True),
    ],
)
def test_a_sentence_stands_alone(sentence, is_alone):
    assert stands_alone(sentence) == is_alone


def test_of_a_comment_the_sentence_that_can_be_understood_is_shown():
    who = ("the club", "my children", "our class", "my knees", "the team", "old swimmers")
    comments = [
        Comment(
            n,
            f"{n}",
            f"Seven months without the pool is far too long for {one}. So seven months without the pool.",
        )
        for n, one in enumerate(who)
    ]
    assert extract.choose(comments)[0].words.startswith("Seven months without the pool is far too long")

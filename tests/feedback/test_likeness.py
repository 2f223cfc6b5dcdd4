"""Which known question fits a new one: slips, other words for the same, other languages, and nonsense."""

import pytest

from feedback.likeness import ALIKE, SAME, asks_for, likeness, likest, similar_questions
from feedback.models import Question
from tests.feedback.conftest import asked, shown

KNOWN = [
    "When will the water be back on?",
    "Is the tap water safe to drink?",
    "Is Tannery Row affected?",
    "Will there be bottled water for older people?",
    "Why was the work not done at night?",
    "Can I park in Mill Lane during the works?",
    "How much does the new bridge cost?",
    "Will my bins be collected on Friday?",
]


@pytest.mark.parametrize(
    ("typed", "best"),
    [
        ("How long will the water be off?", KNOWN[0]),
        ("when does the WATER come back", KNOWN[0]),
        ("Can we drink the water?", KNOWN[1]),
        ("is tanery row afected", KNOWN[2]),
        ("Do you deliver bottled water to pensioners?", KNOWN[3]),
        ("Where can I park?", KNOWN[5]),
        ("What is the price of the bridge?", KNOWN[6]),
        ("Are you collecting bins on friday", KNOWN[7]),
        ("Is the library open?", ""),
        ("hello", ""),
        ("😀😀😀", ""),
        ("؟", ""),
        ("", ""),
    ],
)
def test_best_known_question(typed, best):
    found = likest(typed, KNOWN, str)
    assert (found[0].item if found else "") == best


@pytest.mark.parametrize(
    ("typed", "best"),
    [
        ("Hi. We live at number 4 and the baby is three weeks old. Can we drink the water?", KNOWN[1]),
        ("My van is my shop, and I have no drive: where can I park?", KNOWN[5]),
        ("My neighbour never sleeps. Why? Why?", ""),
    ],
)
def test_one_sentence_in_common_is_enough_where_a_story_is_told_too(typed, best):
    found = likest(typed, KNOWN, str, by_sentence=True)
    assert (found[0].item if found else "") == best


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("When will it be back?", {"when"}),
        ("Which streets, and what does it cost?", {"where", "cost"}),
        ("I am angry.", set()),
        ("😀", set()),
    ],
)
def test_text_asks_for_when_where_and_the_cost(text, asks):
    assert asks_for(text) == asks


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("Is it safe?", "Is it safe?", True),
        ("水は安全ですか", "水は安全ですか", True),
        ("Когда дадут воду?", "когда дадут воду", True),
        ("Is it safe?", "Is it cheap?", False),
        ("", "", False),
    ],
)
def test_same_words_are_the_same_in_any_language(one, other, is_same):
    assert (likeness(one, other) >= SAME) == is_same


def test_hundred_thousand_characters_are_compared_by_their_beginning():
    assert likeness("Is the water safe to drink? " * 4000, "Is the water safe to drink?") > ALIKE


@pytest.mark.django_db
def test_similar_questions_are_those_the_reader_may_see(cast, notice, django_assert_num_queries):
    known = shown(asked(notice, "Is the tap water safe to drink?"), cast.moderator)
    asked(notice, "Is the water from the tap safe?")
    with django_assert_num_queries(1):
        found = similar_questions("Can we drink the tap water?", Question.objects.told())
    assert [one.item for one in found] == [known]

"""Themes: who is grouped, what a group is called, and that a label is never somebody's secret."""

import pytest

from feedback.analysis import themes
from feedback.analysis.field import Comment

BUS = "Keep the evening bus, shift workers need it to get home"
LIBRARY = "The library must stay open after school for pupils"
BOATS = "Boat dwellers have no postcode and cannot fill in your form"


def written(*texts: str, about: str = "") -> list[Comment]:
    return [Comment(number, str(number), text, about=about) for number, text in enumerate(texts)]


def keys(found: list[themes.Found]) -> list[set[int]]:
    return [set(each.keys) for each in found]


def test_a_group_that_is_most_of_the_heap_stays_whole():
    found = themes.learn(written(*[f"{BUS} {n}." for n in range(30)], *[f"{BOATS} {n}." for n in range(3)]))
    assert keys(found) == [set(range(30)), {30, 31, 32}]


def test_two_who_agree_far_from_the_rest_are_a_theme():
    texts = [f"{text} {n}." for n in range(8) for text in (BUS, LIBRARY)]
    found = themes.learn(written(*texts, f"{BOATS}.", f"{BOATS}!"))
    assert {16, 17} in keys(found)


def test_one_person_is_no_theme_however_often_they_write():
    texts = [Comment(number, "the same", f"{BUS} {number}.") for number in range(9)]
    assert themes.learn(texts) == []


@pytest.mark.parametrize("texts", [[], [""], ["  "], ["???", "!!!"], ["😀", "😀"], ["[a name]", "[a name]"]])
def test_nothing_said_is_no_theme(texts):
    assert themes.learn(written(*texts)) == []


def test_order_changes_nothing():
    comments = written(*[f"{text} {n}." for n in range(6) for text in (BUS, LIBRARY, BOATS)])
    mixed = comments[::2] + comments[1::2]
    assert themes.learn(mixed) == themes.learn(comments)


def test_label_stands_in_the_words_of_several():
    comments = written(*[f"{BUS} {n}." for n in range(6)], *[f"{LIBRARY} {n}." for n in range(6)])
    for found in themes.learn(comments):
        said = [comments[key].text.casefold() for key in found.keys]
        for part in found.label.casefold().split(" and "):
            assert sum(part in text for text in said) >= 2


@pytest.mark.parametrize("secret", ["[a person’s name]", "[a telephone number]"])
def test_label_says_nothing_that_masking_put_there(secret):
    found = themes.learn(written(*[f"{secret} broke the fountain {n}." for n in range(5)]))
    assert [each.label for each in found] == ["Broke the fountain"]


def test_label_says_nothing_that_may_not_be_said():
    comments = written(*[f"Pike broke the fountain {n}." for n in range(5)])
    (found,) = themes.learn(comments, may_say=lambda words: "pike" not in words.casefold())
    assert "pike" not in found.label.casefold()


def test_one_notice_alone_makes_no_theme():
    said = ["Where is it?", "My bread did not rise.", "Thanks to Carol!", "Twelve buckets so far.", "Again?"]
    assert themes.learn(written(*said, about="Water off in Mill Road")) == []


def test_who_says_nothing_of_what_a_theme_is_about_is_not_in_it():
    bottles = written(
        *[f"Where are the bottles of water {n}?" for n in range(5)], about="Water off in Mill Road"
    )
    other = Comment(9, "9", "My cat is cross.", about="Water off in Mill Road")
    (found,) = keys(themes.learn([*bottles, other]))
    assert found == set(range(5))


@pytest.mark.parametrize(
    ("text", "terms", "quoted"),
    [
        ("Hello there. The bus is late. Bye.", ("bus", "late"), "The bus is late."),
        ("x" * 200, ("x",), ""),
        ("", ("bus",), ""),
    ],
)
def test_quotation_is_the_sentence_that_tells_most(text, terms, quoted):
    assert themes.quote(text, terms) == quoted

"""Comparing what was pasted with what we said: noise is forgiven, a changed word is not."""

import pytest

from social.register import words

OURS = "Burst main in Quay Street. Low or no water in Quayside until 6pm. https://riverbank.example/n/N7K3Q/"


@pytest.mark.parametrize(
    "pasted",
    [
        OURS,
        OURS.upper(),
        "Burst main in Quay Street.\n\nLow or no water\nin Quayside until 6pm.",
        "burst main in quay street low or no water in quayside until 6pm",
        "Low or no water in Quayside until 6 pm",
        "Ｂurst main in Quay Street. Low or no water",
    ],
)
def test_same_words_are_known_however_they_were_copied(pasted):
    assert words.is_same(pasted, OURS)


@pytest.mark.parametrize(
    "pasted",
    [
        "Burst main in Quay Street. Low or no water in Quayside until 9pm.",
        "Burst main in Quay Street. Low or no water in Quayside until 6pm. Pay at riverbank.test",
        "Burst main",
        "",
        "🚱" * 50,
    ],
)
def test_other_words_are_not_the_same(pasted):
    assert not words.is_same(pasted, OURS)


def test_likeness_forgives_a_misread_letter():
    assert (
        words.likeness("Burst mian in Quay Street. Low or no water in Quaysjde until 6pm.", OURS) > words.NEAR
    )


def test_likeness_of_something_else_is_small():
    assert words.likeness("Win a free parking permit, only today, click here to claim it.", OURS) < words.NEAR


@pytest.mark.parametrize(
    "pasted",
    [
        # The same letters, another address: readers would follow it.
        OURS.replace("riverbank.example", "riverbank.ex/ample"),
        OURS.replace("riverbank.example", "river.bankexample"),
        OURS.replace("riverbank.example/n", "riverbank.examplen"),
        OURS.replace("riverbank.example", "riverbank。ex/ample"),
        OURS.replace("https://riverbank", "https://river bank"),
        OURS.replace("https://riverbank", "https://river\u200bbank"),
    ],
)
def test_another_address_in_the_same_letters_is_not_the_same(pasted):
    assert not words.is_same(pasted, OURS)


@pytest.mark.parametrize(
    "pasted", ["The bill is £12.00 until Monday, pay it here", "The bill is £120.0 until Monday, pay it here"]
)
def test_another_sum_in_the_same_figures_is_not_the_same(pasted):
    assert not words.is_same(pasted, "The bill is £1,200 until Monday, pay it here")


@pytest.mark.parametrize(
    "pasted",
    [
        OURS.replace("https://", ""),
        OURS.rstrip("/"),
        OURS.replace("https://riverbank.example/n/N7K3Q/", "(riverbank.example/n/N7K3…"),
    ],
)
def test_an_address_as_platforms_shorten_it_is_the_same(pasted):
    assert words.is_same(pasted, OURS)


def test_beside_shows_only_the_part_that_was_pasted():
    notice = f"One two three. {OURS} Seven eight nine."

    part = words.beside("Burst main in Quay Street. Low or no water in Hillcrest until 6pm.", notice)

    assert part == "… Burst main in Quay Street. Low or no water in Quayside until 6pm. …"


def test_beside_keeps_the_whole_where_nothing_runs_alike():
    assert words.beside("quite other words than these", OURS) == OURS

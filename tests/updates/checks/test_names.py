"""Names of people that have to be looked at, and capital letters that are none."""

import pytest

from updates.checks.personal_data import find_names


def names(text: str) -> list[str]:
    return [match.text for match in find_names(text)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Mrs Danvers-Wright stays.", "Mrs Danvers-Wright"),
        ("Ask Mr. J. O’Neill about it", "Mr. J. O’Neill"),
        ("by Dr Aoife McKay, who", "Dr Aoife McKay"),
        ("Tomasz Nowak found it", "Tomasz Nowak"),
        ("a boy, Mohammed al-Rashid", ""),
        ("Priya Raman’s dog", "Priya Raman"),
        ("Sarah Jane Smith and friends", "Sarah Jane Smith"),
        ("Lady Anne Fairfax opened it", "Lady Anne Fairfax"),
        ("Cerys Wyn Owen", "Cerys Wyn Owen"),
        ("Agnieszka Żurawska", "Agnieszka Żurawska"),
    ],
)
def test_name_is_found(text, name):
    assert names(text) == ([name] if name else [])


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Albert Street is closed",
        "Elizabeth House and Lord Street",
        "Sir John Moore School",
        "Lady Lane, Lord Mayor",
        "Cllr Owen Price",
        "Councillor Helen Marsh said",
        "Queen Elizabeth and King Charles",
        "St Mary Magdalene",
        "Ask Dave.",
        "Will Council tax rise? Mark Monday in May.",
        "Miss it and you wait",
        "Thomas the Tank",
        "We met Tom. Water is back.",
        "Tom’s Café",
        "Jan Feb March",
        "Mr",
        "Peter\nBring gloves",
    ],
)
def test_other_capitals_are_left_alone(text):
    assert names(text) == []

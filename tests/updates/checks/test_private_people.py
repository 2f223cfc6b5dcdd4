"""Who residents' words name and where these live; what only looks like it."""

import pytest

from updates.checks.personal_data import find_private_people


def found(text: str) -> list[tuple[str, str]]:
    return [(match.code, match.text) for match in find_private_people(text)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Mrs Danvers-Wright stays.", "Mrs Danvers-Wright"),
        ("poor mrs danvers is 92", "mrs danvers"),
        ("Mr and Mrs Silva moved.", "Mr and Mrs Silva"),
        ("my neighbour Gordon Pike parks there", "Gordon Pike"),
        ("My son Josh was hit", "Josh"),
        ("our landlord, Derek Mould, refuses", "Derek Mould"),
        ("a man called Terry Blunt shouts", "Terry Blunt"),
        ("the girl’s name is Destiny Moore", "Destiny Moore"),
        ("I am Aoife Brennan, of the flats", "Aoife Brennan"),
        ("Please act.\nRegards,\nPhilip Stowe", "Philip Stowe"),
        ("Ffion, age 9", "Ffion"),
        ("Thanks to Farrukh Mirza we had light", "Farrukh Mirza"),
        ("Torvald Nygaard says it leans", "Torvald Nygaard"),
        ("Regards,\nE. M. Rudge", "E. M. Rudge"),
    ],
)
def test_private_person_is_found(text, name):
    assert found(text) == [("name", name)]


@pytest.mark.parametrize(
    ("text", "home"),
    [
        ("I live at 14 Mill Lane.", "14 Mill Lane"),
        ("My address is Flat 2, 31 Station Road, RB2 3DF", "Flat 2, 31 Station Road, RB2 3DF"),
        ("Reach us: 2 Lock Cottages, RB4 6GH", "2 Lock Cottages, RB4 6GH"),
        ("She lives in Flat 6, Albion House.", "Flat 6, Albion House"),
    ],
)
def test_home_is_found(text, home):
    assert found(text) == [("home", home)]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Outside 12 Mill Lane the drain is blocked.",
        "Meet at the Town Hall, 1 High Street, RB1 1AA.",
        "I live at the bottom of Mill Lane.",
        "A project called Green Futures was promised.",
        "The park is called Weir Meadow.",
        "I am Welsh. I am British Asian.",
        "Cllr Price and Councillor Helen Marsh came.",
        "Owen Price, leader of the council, promised it.",
        "Cllrs Ahmed and Price voted.",
        "The Emmeline Pankhurst statue",
        "my neighbour Monday to Friday",
        "My Council Tax",
        "Kind regards\nA Tired Resident",
        "We cross at Chestnut Drive. We counted for a week.",
        "Thames Water told nobody. Ask Planning Enforcement.",
        "Mill Lane broke and Weir Meadow lost its gate.",
        "MY NEIGHBOUR SHOUTS ALL NIGHT",
        "THIS IS DANGEROUS SOMEONE WILL DIE",
    ],
)
def test_other_words_are_left_alone(text):
    assert found(text) == []

"""What looks like a private person's details, and what does not."""

import pytest

from tests import factories
from tests.factories import Cast
from updates import personal_data, policy


def codes(text: str) -> list[str]:
    return [match.code for match in personal_data.find(text)]


@pytest.mark.parametrize(
    "text",
    [
        "07700 900123",
        "call 020 7946 0018.",
        "(020) 7946 0018",
        "+44 (0)20 7946 0018",
        "+44 7700 900123",
        "+447700900123",
        "07700-900-123",
        "0800 123 4567",
    ],
)
def test_telephone_number_is_found(text):
    assert codes(text) == ["phone"]


@pytest.mark.parametrize(
    "text",
    [
        "from 09:00 to 10:00",
        "22 11 2026, 6:40am",
        "2026-01-02 10:00",
        "reference 00123456789123",
        "£1,250,000 over 5 years",
        "0345 6789",
        "version 1.02.003.0004",
        "",
    ],
)
def test_numbers_of_other_things_are_left_alone(text):
    assert codes(text) == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("write to dave.pullman+x@mail.example.org", "email"),
        ("AB 12 34 56 C", "ni_number"),
        ("ab123456c", "ni_number"),
    ],
)
def test_address_and_insurance_number_are_found(text, code):
    assert codes(text) == [code]


@pytest.mark.parametrize(
    "text",
    [
        "hello@riverbank.example",
        "LIBRARY@RIVERBANK.EXAMPLE",
        "01632 960 100",
        "01632 960145",
        "+44 1632 960 100",
        "+44 (0)1632 960 100",
    ],
)
def test_the_councils_own_are_left_alone(text):
    assert codes(text) == []


def test_other_address_that_only_ends_alike_is_found():
    assert codes("boss@notriverbank.example") == ["email"]


@pytest.mark.parametrize("name", ["venue", "access", "cost"])
def test_every_text_of_a_kind_is_looked_at(cast: Cast, name):
    edition = factories.draft(cast, "event")
    setattr(edition.event, name, "Ask Dave, 07700 900123")

    found = [(finding.code, finding.where) for finding in policy.findings(edition)]

    assert found == [("personal_phone", name)]


def test_description_of_the_picture_is_looked_at(cast: Cast):
    edition = factories.draft(cast, "general", alt_text="Dave, dave@mail.example.org")

    assert [finding.where for finding in policy.findings(edition)] == ["alt_text"]

"""What looks like a private person's details, and what does not."""

import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from updates.checks import personal_data


def found(text: str) -> list[tuple[str, str]]:
    return [(match.code, match.text) for match in personal_data.find(text)]


def certain(text: str) -> list[tuple[str, bool]]:
    return [(match.code, match.is_certain) for match in personal_data.find(text)]


@pytest.mark.parametrize(
    ("code", "text"),
    [
        *[
            ("phone", text)
            for text in (
                "07700 900123",
                "020 7946 0018",
                "(020) 7946 0018",
                "+44 (0)20 7946 0018",
                "+44 7700 900123",
                "0044 7700 900123",
                "+447700900123",
                "07700-900-123",
                "07700.900.123",
                "o7700 900123",
                "+48 601 234 567",
            )
        ],
        ("email", "dave.pullman+x@mail.example.org"),
        ("email", "boss@notriverbank.example"),
        ("email", "jan [at] mail [dot] example"),
        ("email", "jan(at)mail.example"),
        ("email", "jan at mail dot co dot uk"),
        ("phone", "07700.900.123"),
        ("phone", "o7700 900123"),
        ("phone", "+48 601 234 567"),
        ("ni_number", "AB 12 34 56 C"),
        ("ni_number", "ab123456c"),
        ("ni_number", "AB-12-34-56-C"),
        # Numbers that the schemes publish for tests.
        ("card", "4111 1111 1111 1111"),
        ("card", "5555-5555-5555-4444"),
        ("card", "2223000048410010"),
        ("card", "3782 822463 10005"),
        ("card", "6011111111111117"),
        ("card", "3530111333300000"),
        ("card", "30569309025904"),
        ("nhs_number", "401 023 2137"),
        ("bank_account", "GB29 NWBK 6016 1331 9268 19"),
        ("bank_account", "DE89370400440532013000"),
        ("bank_account", "20-30-40 12345678"),
        ("number_plate", "AB12 CDE"),
        ("number_plate", "BD51SMR"),
        ("number_plate", "ab12cde"),
        ("number_plate", "P456 XYH"),
        ("number_plate", "CKX 123H"),
    ],
)
def test_private_detail_is_found_by_itself_and_in_a_sentence(code, text):
    assert found(text) == [(code, text)]
    assert found(f"Please note: {text}, thank you.") == [(code, text)]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "from 09:00 to 10:00",
        "22 11 2026, 6:40am",
        "01 02 2026 10:00",
        "2026-01-02 10:00",
        "reference 00123456789123",
        "£1,250,000 over 5 years",
        "0345 6789",
        "0300 123 4567 or 0800 123 4567 or 0845 123 4567",
        "version 1.02.003.0004",
        "4111 1111 1111 1112",  # the check digit is wrong
        "0000 0000 0000 0000",
        "1234 5678 9012 3456",  # nobody issues it
        "401 023 2138",
        "400 000 0000",
        "GB28 NWBK 6016 1331 9268 19",
        "GB of data and GB12 more",
        "BG 12 34 56 A",  # never issued
        "on 20-30-40 we vote",
        "years 2024 2025",
        "A38 CLOSED",
        "A38 ALL lanes",
        "A38 GAP LANE CLOSED",
        "ROAD CLOSED A38 TRF LIGHTS",
        "M25 J10",
        "B12 BUS",
        "BUS 12A",
        "THE 38A",
        "RB1 1AA",
        "Flat 12B, RB1 1AA",
        "born in 1931",
        "born 23 April 1564",
        "a meeting on 12 May 1984",
        "PIN 1234",
        "from 01.02.2026 to 03.04.2026",
        "a share of +12 345",
    ],
)
def test_other_numbers_are_left_alone(text):
    assert found(text) == []


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
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("born on 12 May 1984", "12 May 1984"),
        ("Born 3rd of March 2019 in Leeds", "3rd of March 2019"),
        ("DOB: 12/05/1984", "12/05/1984"),
        ("d.o.b. 12.05.84", "12.05.84"),
        ("date of birth is 1984-05-12", "1984-05-12"),
        ("Date of birth: May 12, 1984", "May 12, 1984"),
    ],
)
def test_date_of_birth_is_found(text, date):
    assert found(text) == [("date_of_birth", date)]


@pytest.mark.parametrize(
    "text",
    [
        "Mrs Field lives at RB1 1AA",
        "RB1 1AA is where Tomasz Nowak lives",
    ],
)
def test_postcode_near_a_name_is_found(text):
    assert found(text) == [("postcode_with_name", "RB1 1AA")]


def test_postcode_far_from_a_name_is_left_alone():
    assert found("Mrs Field asked. " + "word " * 30 + "Come to RB1 1AA.") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("4111 1111 1111 1111", ("card", True)),
        ("AB123456C", ("ni_number", True)),
        ("401 023 2137", ("nhs_number", True)),
        ("her NHS number, 4010232137", ("nhs_number", True)),
        ("reference 4010232137", ("nhs_number", False)),
        ("GB29NWBK60161331926819", ("bank_account", True)),
        ("Sort code 20 30 40, account number 12345678", ("bank_account", True)),
        ("account 12345678, sort code 203040", ("bank_account", True)),
        ("20-30-40 / 12345678", ("bank_account", False)),
        ("07700 900123", ("phone", False)),
        ("AB12 CDE", ("number_plate", False)),
    ],
)
def test_only_what_proves_itself_is_certain(text, expected):
    assert certain(text) == [expected]


def test_one_place_is_found_once():
    assert found("AB 12 34 56 C") == [("ni_number", "AB 12 34 56 C")]
    assert found("07700900123@mail.example.org") == [("email", "07700900123@mail.example.org")]


def test_finds_stand_in_the_order_of_their_places():
    text = "a@b.example, 07700 900123, 4111 1111 1111 1111, c@d.example"

    assert [code for code, _text in found(text)] == ["email", "phone", "card", "email"]


# What the patterns are made of, so that the made-up texts come near to matching.
_SHREDS = "0 1 4111 07700 +44 (0) AB 12 C GB29 @ a.b born Mr Tom RB1 1AA . ’s é ٣ \x00 😀"
_NEAR_MISSES = st.lists(st.sampled_from([*_SHREDS.split(" "), " ", "\n"]), max_size=60).map("".join)


@given(st.one_of(st.text(max_size=300), _NEAR_MISSES))
@settings(max_examples=150, deadline=None)
def test_any_text_gives_places_that_hold_what_was_found_and_do_not_overlap(text):
    matches = personal_data.find(text)

    assert [text[match.start : match.end] for match in matches] == [match.text for match in matches]
    assert all(one.end <= two.start for one, two in pairwise(matches))
    people = personal_data.find_private_people(text)
    assert [text[match.start : match.end] for match in people] == [match.text for match in people]
    assert all(one.end <= two.start for one, two in pairwise(people))
    assert [text[name.start : name.end] for name in personal_data.find_names(text)] == [
        name.text for name in personal_data.find_names(text)
    ]


# Each is repeated; "~" stands for a space at its end.
HOSTILE = """
my~neighbour~ I~am~ name: Mr~and~ lives~at~1~ Regards,~ Aa,~age~ deliver~a~ Flat~ a~at~b~dot~ +1~ 1~A,~RB1~
a a. 1 1~ 0 07 11~ 1-1-1- 4111~ 12345678~ 20-30-40~ +44(0) AB12 A1~ GB29 GB29~A born~ born~1/1/ a@ a@b. Mr~
Tom~ RB1~1AA~ RB1~1AA~Tom~Lee~ A’ AB~12~34~ é _ (0 )~ sort~code~account~ Mr.~
"""
LONG = 20_000  # characters: the longest a notice's text may be


@pytest.mark.parametrize("shred", HOSTILE.split())
def test_a_long_hostile_text_takes_time_in_step_with_its_length(shred):
    text = (shred.replace("~", " ") * LONG)[:LONG]
    began = time.process_time()

    personal_data.find(text)
    personal_data.find_names(text)
    personal_data.find_private_people(text)

    # The slowest takes half a second; a search that goes over all of it for each place would take minutes.
    assert time.process_time() - began < 5


def test_a_long_number_is_gone_over_once():
    began = time.process_time()

    assert found("1" * 200_000 + "a") == []

    assert time.process_time() - began < 5

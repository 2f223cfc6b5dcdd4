"""Capitals, exclamation marks, and descriptions of pictures that describe nothing."""

import pytest

from updates.checks import alt_text, shouting
from updates.checks.texts import Words


def shouts(**texts: str) -> list[tuple[str, str]]:
    return [(finding.code, finding.where) for finding in shouting.check(Words(texts))]


@pytest.mark.parametrize(
    "texts",
    [
        {"title": "A38 CLOSED"},
        {"title": "Water is back!"},
        {"body": "Call the NHS, HMRC or DVLA. Bring PDF, BSL and VAT papers."},
        {"body": "We made it! Really! Well done!"},
        {"summary": "Come!"},
    ],
)
def test_speaking_is_no_shouting(texts):
    assert shouts(**texts) == []


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        ({"title": "WATER IS OFF IN QUAYSIDE"}, ("shouting", "title")),
        ({"body": "Please DO NOT DRINK THE WATER today."}, ("shouting", "body")),
        ({"title": "Water is off! Now!"}, ("exclamation_marks", "title")),
        ({"summary": "Water is off!!"}, ("exclamation_marks", "summary")),
        ({"body": "One! Two! Three! Four!"}, ("exclamation_marks", "body")),
    ],
)
def test_shouting_is_found(texts, expected):
    assert shouts(**texts) == [expected]


def says(alt: str, title: str = "Burst main in Quay Street") -> list[str]:
    words = Words({"alt_text": alt, "title": title}, has_picture=True)
    return [finding.code for finding in alt_text.check(words)]


@pytest.mark.parametrize(
    ("alt", "expected"),
    [
        ("Water pours from a hole in the road outside the Corn Hall.", []),
        ("  ", ["no_alt_text"]),
        ("Image", ["useless_alt_text"]),
        ("a photo", ["useless_alt_text"]),
        ("IMG_2041.jpg", ["useless_alt_text"]),
        ("burst pipe on quay.jpeg", ["useless_alt_text"]),
        ("DSC00123", ["useless_alt_text"]),
        ("Burst main in Quay Street.", ["useless_alt_text"]),
        ("burst pipe", ["useless_alt_text"]),
        ("Photo of a hole in the road", ["alt_text_says_picture"]),
        ("A hole in the road, " * 20, ["long_alt_text"]),
    ],
)
def test_description_of_a_picture(alt, expected):
    assert says(alt) == expected


def test_without_a_picture_there_is_nothing_to_describe():
    assert alt_text.check(Words({"alt_text": "image"})) == []

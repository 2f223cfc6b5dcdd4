"""The guess whether somebody asks something."""

import pytest

from social.replies.asking import is_question


@pytest.mark.parametrize(
    "text",
    [
        "When is it back?",
        "Back when？",
        "متى تعود المياه؟",
        "Πότε θα έρθει το νερό\u037e",
        "Ե՞րբ",
        "how long will this take",
        "Thanks. Is there water at the hall",
        "@council any news",
        "What’s up. When’s it back",
        "CAN YOU tell me the street",
        "Really‽",
    ],
)
def test_what_asks_is_a_question(text):
    assert is_question(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Thank you to the crew.",
        "Look here https://town.example/?page=2",
        "what a mess",
        "Whenever it rains this happens",
        "Isabel says thanks",
        "\u202e\u0000",
    ],
)
def test_what_does_not_ask_is_none(text):
    assert not is_question(text)

"""What the council writes around a notice's words: filled truly, refused clearly."""

import pytest

from social.publishers.base import Style
from social.publishers.registry import PUBLISHERS
from social.publishers.sandbox import Sandbox
from social.wording_template import fill, problems
from tests.social.posts import URL, content

ALL = list(PUBLISHERS.values())
every_publisher = pytest.mark.parametrize("publisher", ALL, ids=[p.channel.value for p in ALL])


def text_of(template, publisher=None, *, includes_link=True, wording="", **more):
    publisher = publisher or Sandbox()
    style = Style(template=template, includes_link=includes_link)
    [post] = publisher.compose(content(style=style, **more), wording, publisher.limits)
    return post.text


def test_every_placeholder_is_filled():
    text = text_of("{kind} {reference}: {headline}. {text} {link}", kind_words="Outage", summary="Low water.")

    assert text == f"Outage N7K3Q: Burst main in Quay Street. Low water. {URL}"


@every_publisher
def test_a_template_without_a_place_for_the_link_gets_it_at_the_end(publisher):
    assert text_of("{headline}", publisher) == f"Burst main in Quay Street\n\n{URL}"


@every_publisher
def test_an_account_without_links_leaves_it_out_of_the_words_alone(publisher):
    style = Style(includes_link=False)

    [post] = publisher.compose(content(style=style, summary="Low water."), "", publisher.limits)

    assert post.text == "Burst main in Quay Street\n\nLow water."
    assert post.link == URL


def test_own_words_get_no_link_on_an_account_without_links():
    assert text_of("", wording="Boil your water.", includes_link=False) == "Boil your water."


def test_a_correction_says_so_in_the_councils_own_template():
    text = text_of("{headline} {link}", is_correction=True, change_note="It is Mill Lane.")

    assert text == f"Correction: Burst main in Quay Street {URL}"


def test_only_the_text_is_shortened():
    text = text_of("{headline}\n{text}\nRing 0161 496 0000. {link}", summary="water " * 400)

    assert text.startswith("Burst main in Quay Street\nwater water")
    assert text.endswith(f"water…\nRing 0161 496 0000. {URL}")
    assert 390 <= len(text) <= 400


def test_nothing_inside_a_value_is_taken_for_a_placeholder():
    assert fill("{headline}", {"headline": "{link}", "link": URL}) == "{link}"


def test_empty_values_leave_no_hole():
    assert fill("{headline}\n\n{text}\n \n{link}", {"headline": "A", "text": "", "link": "C"}) == "A\n\nC"


@pytest.mark.parametrize(
    ("template", "found"),
    [
        ("{headline} {link}", []),
        ("{headline}", []),
        (
            "{headline} {Link}",
            ["There is no {Link}. Use {headline}, {text}, {link}, {reference}, {kind}."],
        ),
        ("{headline} }", ["A brace stands alone. Write placeholders like {headline}."]),
        ("{link}", ["Keep {headline}: it also says when a post is an update or a correction."]),
    ],
)
def test_problems_are_said_in_sentences(template, found):
    assert problems(template) == found

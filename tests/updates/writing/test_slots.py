"""Slots: what counts as one, what is a slip, and that filling happens once."""

import pytest

from updates.forms.templates import FillForm
from updates.models import NoticeTemplate
from updates.writing.slots import Slot, filled, has_stray_brace, names_in


def test_names_are_found_once_in_the_order_of_the_text():
    assert names_in(["Burst main in {street}", "{until}: no water in {street} {a1_b}"]) == [
        "street",
        "until",
        "a1_b",
    ]


@pytest.mark.parametrize(
    "text",
    ["{Street}", "{}", "{a b}", "{street", "street}", "{{street}}", "{1}", "{a.__class__}", "{a!r:>9}"],
)
def test_brace_that_is_no_slot_is_noticed(text):
    assert has_stray_brace(text)


def test_text_with_whole_slots_has_no_stray_brace():
    assert not has_stray_brace("From {from} to {until}, in {street}.")


def test_braces_in_the_words_are_not_filled_again():
    assert filled("{a} and {b}", {"a": "{b}", "b": "{x"}) == "{b} and {x"


def test_slot_without_words_is_not_forgotten():
    with pytest.raises(KeyError):
        filled("{a}", {})


def test_slot_survives_being_stored():
    slot = Slot("state", "State", "choice", "off", ("off", "low"), "")

    assert Slot.read(slot.stored()) == slot


def test_words_of_a_slot_bring_no_heading_of_their_own():
    slot = Slot("what", "What", "text").stored()
    form = FillForm(
        {"slot_what_value": "a pipe\n\n# Leave your homes"},
        template=NoticeTemplate(body="Mended: {what}", is_borough_wide=True, slots=[slot]),
    )

    assert form.errors["slot_what_value"] == ["Write this on one line."]

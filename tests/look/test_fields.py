"""Days and moments as people write them."""

import datetime as dt

import pytest
from django import forms
from django.core.exceptions import ValidationError

from look.fields import DayField, MomentField

UTC = dt.UTC


@pytest.mark.parametrize(
    ("boxes", "expected"),
    [
        (["22", "11", "2026", "6:40am"], dt.datetime(2026, 11, 22, 6, 40, tzinfo=UTC)),
        (["22", "nov", "2026", "18:40"], dt.datetime(2026, 11, 22, 18, 40, tzinfo=UTC)),
        ([" 22 ", "November", "2026", "6.40 PM"], dt.datetime(2026, 11, 22, 18, 40, tzinfo=UTC)),
        (["1", "7", "2026", "midday"], dt.datetime(2026, 7, 1, 11, 0, tzinfo=UTC)),
        (["1", "7", "2026", "midnight"], dt.datetime(2026, 6, 30, 23, 0, tzinfo=UTC)),
        (["1", "7", "2026", "12am"], dt.datetime(2026, 6, 30, 23, 0, tzinfo=UTC)),
        (["25", "10", "2026", "1:30am BST"], dt.datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
        (["25", "10", "2026", "1:30am GMT"], dt.datetime(2026, 10, 25, 1, 30, tzinfo=UTC)),
    ],
)
def test_moment_is_read_as_people_write_it(boxes, expected):
    assert MomentField().clean(boxes) == expected


@pytest.mark.parametrize(
    ("boxes", "code"),
    [
        (["31", "2", "2026", "6am"], "invalid"),
        (["22", "11", "26", "6am"], "invalid"),
        (["22", "Movember", "2026", "6am"], "invalid"),
        (["22", "11", "2026", "6"], "invalid"),
        (["22", "11", "2026", "13pm"], "invalid"),
        (["22", "11", "2026", "25:00"], "invalid"),
        (["22", "11", "2026", "noonish"], "invalid"),
        (["22", "", "2026", "6am"], "incomplete"),
        (["29", "3", "2026", "1:30am"], "skipped"),
        (["25", "10", "2026", "1:30am"], "repeated"),
        (["", "", "", ""], "required"),
        (["\x00", "", "", ""], "required"),
    ],
)
def test_moment_that_cannot_be_is_refused(boxes, code):
    with pytest.raises(ValidationError) as refusal:
        MomentField().clean(boxes)

    assert refusal.value.error_list[0].code == code


def test_incomplete_moment_names_every_missing_box():
    with pytest.raises(ValidationError) as refusal:
        MomentField().clean(["22", "", "2026", ""])

    assert refusal.value.messages == ["Add the month and the time too."]


def test_optional_day_left_empty_is_none():
    assert DayField(required=False).clean(["", "", ""]) is None


def test_day_is_read():
    assert DayField().clean(["1", "Sept", "2026"]) == dt.date(2026, 9, 1)


@pytest.mark.parametrize("hour", range(24))
def test_shown_moment_reads_back_the_same(hour):
    moment = dt.datetime(2026, 10, 25, hour, 30, tzinfo=UTC)
    field = MomentField()

    assert field.clean(field.widget.decompress(moment)) == moment


def test_form_with_the_same_moment_has_not_changed():
    class Form(forms.Form):
        at = MomentField()

    moment = dt.datetime(2026, 11, 22, 6, 40, tzinfo=UTC)
    boxes = {"at_0": "22", "at_1": "11", "at_2": "2026", "at_3": "6:40am"}

    assert Form(boxes, initial={"at": moment}).has_changed() is False

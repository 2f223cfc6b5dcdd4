"""What an author types about an event's dates: understood as written, or refused with a sentence."""

from datetime import date

import pytest

from tests import factories
from updates.forms.edition import EditionForm, initial_of

from .conftest import local


def typed(**more: str) -> dict[str, str]:
    """Return a weekly event as the browser sends it."""
    return {
        "title": "Tea and chat",
        "summary": "Every Tuesday in the library.",
        "is_borough_wide": "on",
        "urgency": "0",
        "severity": "2",
        "venue": "Library",
        "event_status": "going_ahead",
        **moment("starts_at", "24", "11", "2026", "7pm"),
        **moment("ends_at", "24", "11", "2026", "9pm"),
        "repeats": "weekly",
        **dict(zip([f"repeats_until_on_{box}" for box in range(3)], ("15", "12", "2026"), strict=True)),
        "except_on": "",
        **more,
    }


def moment(name: str, *boxes: str) -> dict[str, str]:
    return {f"{name}_{number}": text for number, text in enumerate(boxes)}


def until(*boxes: str) -> dict[str, str]:
    return moment("repeats_until_on", *boxes)


@pytest.fixture
def form_of(cast):
    edition = factories.draft(cast, "event")
    return lambda data: EditionForm(data, edition=edition, by=cast.author)


def test_repeating_event_is_understood(form_of):
    form = form_of(typed(except_on="Tuesday 1 December 2026\n8/12/2026"))

    assert form.errors == {}
    names = ("starts_at", "repeats", "repeats_until_on", "except_on")
    assert [form.detail[name] for name in names] == [
        local("2026-11-24 19:00"),
        "weekly",
        date(2026, 12, 15),
        ["2026-12-01", "2026-12-08"],
    ]


BAD = {
    "before it starts": (moment("ends_at", "23", "11", "2026", "9pm"), "ends_at", "ends before it starts"),
    "no last day": (until("", "", ""), "repeats_until_on", "for the last time"),
    "last day too early": (until("1", "11", "2026"), "repeats_until_on", "before the event starts"),
    "last day too late": (until("1", "12", "2029"), "repeats_until_on", "at most two years"),
    "too many": ({"repeats": "daily", **until("1", "11", "2027")}, "repeats_until_on", "more than 200"),
    "not a day": ({"except_on": "soon"}, "except_on", "“soon” is not a day"),
    "no such day": ({"except_on": "31 November 2026"}, "except_on", "“31 November 2026” is not a day"),
    "not on anyway": ({"except_on": "2 December 2026"}, "except_on", "not take place on 2 December 2026"),
    "nothing left": (
        {**until("24", "11", "2026"), "except_on": "24 November 2026"},
        "except_on",
        "no date at all",
    ),
    "overlapping": (moment("ends_at", "2", "12", "2026", "9pm"), "ends_at", "start again before"),
    "once but last day": ({"repeats": "never"}, "repeats", "Say how it repeats"),
    "skipped hour": (
        {
            "repeats": "daily",
            **moment("starts_at", "26", "3", "2027", "1:30am"),
            **moment("ends_at", "26", "3", "2027", "1:45am"),
            **until("30", "3", "2027"),
        },
        "starts_at",
        "On 28 March 2027 the clocks go forward",
    ),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_dates_are_refused_with_a_sentence(form_of, case):
    wrong, field, sentence = BAD[case]
    form = form_of(typed(**wrong))

    assert list(form.errors) == [field]
    assert sentence in form.errors[field][0]


def test_skipped_hour_is_no_matter_on_a_day_that_is_left_out(form_of):
    wrong = BAD["skipped hour"][0]

    assert form_of(typed(**wrong, except_on="28 March 2027")).errors == {}


def test_days_that_were_refused_stay_as_they_were_typed(form_of):
    form = form_of(typed(except_on="25 Dec 2026\nsoon"))

    assert "25 Dec 2026\nsoon" in str(form["except_on"])


def test_stored_days_are_shown_in_words(cast):
    edition = factories.draft(cast, "event")
    edition.event.except_on = ["2026-12-25"]
    form = EditionForm(edition=edition, by=cast.author, initial=initial_of(edition))

    assert "25 December 2026" in str(form["except_on"])

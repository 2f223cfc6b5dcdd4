"""Corrections: which words were wrong, which are right, for how long, in a fixed number of queries."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client

from accounts.enums import Kind
from tests import factories
from tests.factories import Cast
from tests.updates.public.conftest import update, words
from updates import corrections
from updates.models import Edition
from updates.transitions import Action
from updates.workflow import perform

MONDAY = datetime(2026, 10, 26, 9, 0, tzinfo=UTC)


def at(hours: float) -> time_machine.travel:
    return time_machine.travel(MONDAY + timedelta(hours=hours), tick=False)


def corrected(cast: Cast, live: Edition, **fields: object) -> Edition:
    return update(cast, live, is_correction=True, change_note="It was wrong.", **fields)


@pytest.fixture
def first(cast: Cast) -> Edition:
    with at(0):
        return factories.published(
            cast, Kind.GENERAL, title="The tip opens at nine", summary="It opens at nine each day."
        )


def told(edition: Edition) -> corrections.Correction:
    return corrections.tell([edition])[0]


def shown(correction: corrections.Correction) -> list[tuple[str, str, str]]:
    return [(str(change.label), change.old, change.new) for change in correction.changes]


def test_words_that_changed_are_told_old_and_new(cast, first):
    with at(5):
        live = corrected(cast, first, title="The tip opens at ten", urgency=1)

    found = told(live)

    assert shown(found) == [("Title", "The tip opens at nine", "The tip opens at ten")]
    assert found.stood == timedelta(hours=5)


def test_wrong_words_stood_from_when_they_were_first_said(cast, first):
    with at(2):
        second = update(cast, first, body="Bring a card.", change_note="What to bring.")
    with at(4):
        third = update(cast, second, body="Bring a card and a van.", change_note="More to bring.")
    with at(10):
        live = corrected(cast, third, body="Bring nothing.")

    assert told(live).stood == timedelta(hours=6)
    with at(12):
        again = corrected(cast, live, title="The tip opens at ten")

    assert told(again).stood == timedelta(hours=12)


def test_words_that_came_back_stood_only_since_then(cast, first):
    with at(1):
        second = update(cast, first, title="The tip opens at ten", change_note="Later.")
    with at(3):
        third = update(cast, second, title="The tip opens at nine", change_note="Back.")
    with at(4):
        live = corrected(cast, third, title="The tip opens at ten")

    assert told(live).stood == timedelta(hours=1)


def test_what_was_missing_stood_since_the_edition_before(cast, first):
    with at(3):
        live = corrected(cast, first, body="It is closed on Sundays.")

    found = told(live)

    assert (shown(found), found.stood) == (
        [("Full text", "", "It is closed on Sundays.")],
        timedelta(hours=3),
    )


def test_places_and_rows_are_corrected_too(cast):
    quayside, millgate = factories.ward("Quayside"), factories.ward("Millgate")
    live = factories.published(cast, Kind.PROJECT, wards=[quayside])
    live.milestones.create(title="Opens")
    newer = factories.next_edition(cast, live, is_correction=True)
    newer.wards.set([millgate])
    newer.milestones.all().delete()
    waiting = perform(Action.SUBMIT, newer, by=cast.author)
    newer = perform(Action.APPROVE, waiting, by=cast.approver, seen_hash=_hash(waiting), note="Read it.")
    newer = perform(Action.PUBLISH, newer, by=cast.author)

    assert shown(told(newer)) == [("Where", "Quayside", "Millgate"), ("Milestones", "Opens", "")]


def _hash(edition: Edition) -> str:
    from updates.content import content_hash

    return content_hash(edition)


def test_notice_page_strikes_the_old_words_and_marks_the_new(read, cast, first):
    live = corrected(cast, first, title="The tip opens at ten")

    page = read(live.notice.get_absolute_url())

    assert words(page, "//ol[@class='cp-timeline']//dl//del") == ["nine"]
    assert words(page, "//ol[@class='cp-timeline']//dl//ins") == ["ten"]
    assert "We got something wrong here, and have corrected it" in page.text_content()


def test_notice_page_of_the_next_ordinary_edition_keeps_the_correction_in_its_timeline(read, cast, first):
    corrected_one = corrected(cast, first, title="The tip opens at ten")
    live = update(cast, corrected_one, body="Bring a card.", change_note="What to bring.")

    page = read(live.notice.get_absolute_url())

    assert words(page, "//ol[@class='cp-timeline']//dl//del") == ["nine"]
    assert "We got something wrong here" not in page.text_content()


def test_notice_page_asks_the_same_however_many_corrections(
    client, cast, first, django_assert_max_num_queries
):
    live = corrected(cast, first, title="Title 0")
    counts = []
    for number in range(1, 4):
        with django_assert_max_num_queries(16) as asked:
            client.get(live.notice.get_absolute_url())
        counts.append(len(asked))
        live = corrected(cast, live, title=f"Title {number}")

    assert len(set(counts)) == 1


@pytest.fixture
def two(cast: Cast, first: Edition) -> None:
    """A correction in October, of general news, and one in November, of an outage."""
    with at(5):
        corrected(cast, first, title="The tip opens at ten")
    with time_machine.travel(datetime(2026, 11, 2, 12, 0, tzinfo=UTC), tick=False):
        outage = factories.published(cast, Kind.OUTAGE, title="Water off in Quay Street")
        corrected(cast, outage, title="Water off in Mill Lane")


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("", ["Water off in Mill Lane", "The tip opens at ten"]),
        ("kind=outage", ["Water off in Mill Lane"]),
        ("month=2026-10", ["The tip opens at ten"]),
        ("month=2026-11", ["Water off in Mill Lane"]),
        ("kind=event", []),
        ("kind=outage&month=2026-10", []),
        ("kind=nonsense&month=1066-13", ["Water off in Mill Lane", "The tip opens at ten"]),
    ],
)
def test_list_is_newest_first_and_narrowed(read, two, query, titles):
    assert words(read(f"/corrections/?{query}"), "//article//h2") == titles


def test_list_says_what_was_wrong_and_for_how_long(read, two):
    page = read("/corrections/?month=2026-10")

    [article] = page.xpath("//article")
    assert (words(article, ".//del"), words(article, ".//ins")) == (["nine"], ["ten"])
    assert "The wrong words stood for 5 hours, since Monday 26 October 2026, 9am." in " ".join(
        article.text_content().split()
    )


def test_month_ends_at_midnight_where_the_council_is(read, cast, first, settings):
    # In summer, half past eleven at night in UTC is already the next day, and here the next month.
    with time_machine.travel(datetime(2026, 6, 1, 9, 0, tzinfo=UTC), tick=False):
        live = factories.published(cast, Kind.GENERAL, title="One")
    with time_machine.travel(datetime(2026, 6, 30, 23, 30, tzinfo=UTC), tick=False):
        corrected(cast, live, title="Two")

    assert words(read("/corrections/?month=2026-07"), "//article//h2") == ["Two"]
    assert words(read("/corrections/"), "//select[@name='month']/option") == ["All months", "July 2026"]


def test_list_keeps_what_was_withdrawn_since(read, cast, first):
    live = corrected(cast, first, title="The tip opens at ten")
    perform(Action.WITHDRAW, live, by=cast.author, note="All wrong.")

    assert "withdrawn since" in words(read("/corrections/"), "//article")[0]


def test_unpublished_corrections_are_nobodys_business(read, cast, first):
    factories.next_edition(cast, first, is_correction=True, title="Secret")

    assert words(read("/corrections/"), "//h2") == ["Nothing has been corrected yet"]


def test_list_asks_as_many_queries_for_twenty_rows_as_for_two(
    client: Client, cast, django_assert_max_num_queries
):
    counts = []
    for rows in (range(2), range(2, 20)):
        for number in rows:
            live = factories.published(cast, Kind.GENERAL, title=f"News {number}")
            corrected(cast, live, title=f"Other {number}")
        with django_assert_max_num_queries(12) as asked:
            client.get("/corrections/")
        counts.append(len(asked))

    assert counts[0] == counts[1]

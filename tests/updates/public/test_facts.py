"""The facts in words: clock changes, spans, promises and estimates."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils.html import strip_tags

from tests.updates.public.conftest import hours
from updates import facts, spans
from updates.models import Edition, OutageDetail


def outage(**fields: object) -> OutageDetail:
    edition = Edition(pk=1, published_at=fields.pop("published_at", hours(0)))
    made = OutageDetail(edition=edition, service="water", state="repairing", **fields)  # type: ignore[misc]
    edition.outage = made
    return made


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        (hours(4), hours(6), "4pm to 6pm"),
        (hours(6), hours(6), "6pm"),
        (hours(10), hours(14), "Sun 22 Nov, 10pm to Mon 23 Nov, 2am"),
    ],
)
def test_span_names_the_days_only_when_they_differ(start: datetime, end: datetime, words: str) -> None:
    assert strip_tags(spans.clock_span(start, end)) == words


def test_span_over_the_end_of_summer_time_says_which_hour_is_meant() -> None:
    before = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)

    assert strip_tags(spans.clock_span(before, before + timedelta(hours=1))) == "1:30am BST to 1:30am GMT"


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (timedelta(seconds=5), "1 minute"),
        (timedelta(minutes=45), "45 minutes"),
        (timedelta(minutes=119), "119 minutes"),
        (timedelta(hours=2), "2 hours"),
        (timedelta(hours=-5), "5 hours"),
        (timedelta(days=3), "3 days"),
    ],
)
def test_length_is_told_coarsely(span: timedelta, words: str) -> None:
    assert spans.length(span) == words


@pytest.mark.parametrize(
    ("restored", "fact"),
    [
        (hours(1.25), ("Estimate held", "yes", "45 minutes early")),
        (hours(2), ("Estimate held", "yes", "on time")),
        (hours(5), ("Estimate held", "no", "3 hours late")),
    ],
)
def test_whether_an_estimate_held_is_said(restored: datetime, fact: tuple[str, str, str]) -> None:
    made = outage(estimate_to_at=hours(2), restored_at=restored)

    assert facts.estimate_held(made) == fact


def test_restored_without_a_minute_is_bounded_by_the_edition_that_says_so() -> None:
    made = outage(published_at=hours(3))
    made.state = "restored"

    assert [(str(t), strip_tags(v)) for t, v, _note in facts.outage_facts(made)] == [
        ("Restored by", "Sun 22 Nov, 3pm")
    ]


def test_promises_are_counted_once_put_to_the_test() -> None:
    newest = outage(published_at=hours(6), next_update_by_at=hours(8)).edition
    late = outage(published_at=hours(2), next_update_by_at=hours(4)).edition
    kept = outage(published_at=hours(0), next_update_by_at=hours(3)).edition

    assert facts.promises_kept([newest, late, kept]) == (1, 2)

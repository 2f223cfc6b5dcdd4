"""Milestones in words: reached, late, ahead, and what the first plan was."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone
from django.utils.html import strip_tags

from accounts.enums import Kind
from tests import factories
from tests.factories import Cast
from tests.updates.public.conftest import update
from updates import drafting
from updates.content import content_hash
from updates.models import Edition, Milestone
from updates.projects import milestones
from updates.projects.milestones import AHEAD, LATE, REACHED
from updates.transitions import Action
from updates.workflow import perform

JUNE, AUGUST, NEXT_MAY = date(2026, 6, 1), date(2026, 8, 14), date(2027, 5, 3)
LAST_WORD = date(2026, 9, 1)


@pytest.mark.parametrize(
    ("planned", "reached", "first", "state", "words"),
    [
        (JUNE, JUNE, JUNE, REACHED, "Reached 1 June 2026, on the day planned."),
        (JUNE, AUGUST, JUNE, REACHED, "Planned 1 June 2026, reached 14 August 2026: 11 weeks later."),
        (AUGUST, JUNE, AUGUST, REACHED, "Planned 14 August 2026, reached 1 June 2026: 11 weeks earlier."),
        (AUGUST, AUGUST, JUNE, REACHED, "Planned 1 June 2026, reached 14 August 2026: 11 weeks later."),
        (None, AUGUST, None, REACHED, "Reached 14 August 2026."),
        (None, AUGUST, JUNE, REACHED, "Planned 1 June 2026, reached 14 August 2026: 11 weeks later."),
        (AUGUST, None, AUGUST, LATE, "Planned 14 August 2026. Not reached when this was last updated."),
        (LAST_WORD, None, LAST_WORD, AHEAD, "Planned 1 September 2026."),
        (NEXT_MAY, None, AUGUST, AHEAD, "Planned 3 May 2027. The first plan was 14 August 2026."),
        (None, None, None, AHEAD, "No day is set yet."),
    ],
)
def test_step_is_told_against_the_first_plan(planned, reached, first, state, words):
    row = Milestone(title="Built", planned_on=planned, reached_on=reached)

    [step] = milestones.steps([row], {"built": first} if first else {}, LAST_WORD)

    assert (step.state, strip_tags(step.words)) == (state, words)


def test_draft_nobody_has_read_is_never_late():
    [step] = milestones.steps([Milestone(title="Built", planned_on=JUNE)], {}, None)

    assert step.state == AHEAD


def test_first_step_not_reached_is_the_next():
    rows = [Milestone(title="a", reached_on=JUNE), Milestone(title="b"), Milestone(title="c")]

    assert [step.is_next for step in milestones.steps(rows, {}, None)] == [False, True, False]


@pytest.mark.parametrize(
    ("days", "words"),
    [(1, "1 day"), (-20, "20 days"), (21, "3 weeks"), (90, "13 weeks"), (91, "3 months"), (400, "13 months")],
)
def test_gap_is_told_coarsely(days, words):
    assert milestones.apart(days) == words


def with_rows(cast: Cast, edition: Edition, **rows: list[dict[str, Any]]) -> Edition:
    return drafting.save_draft(edition, seen_version=edition.version, by=cast.author, fields={}, rows=rows)


def published(cast: Cast, waiting: Edition) -> Edition:
    submitted = perform(Action.SUBMIT, waiting, by=cast.author)
    seen = content_hash(submitted)
    approved = perform(Action.APPROVE, submitted, by=cast.approver, seen_hash=seen, note="Read it.")
    return perform(Action.PUBLISH, approved, by=cast.author)


def test_page_tells_milestones_and_decisions(cast, read):
    draft = factories.draft(cast, Kind.PROJECT)
    live = published(
        cast,
        with_rows(
            cast,
            draft,
            milestones=[
                {"title": "Plans shown", "reached_on": JUNE},
                {"title": "Work starts", "planned_on": NEXT_MAY},
            ],
            decisions=[
                {
                    "title": "Build it",
                    "decided_on": JUNE,
                    "decided_by": "The Cabinet",
                    "url": "https://riverbank.example/minutes",
                }
            ],
        ),
    )

    page = read(live.notice.get_absolute_url())
    said = " ".join(page.text_content().split())

    assert "1 of 2 reached." in said
    assert "Next Work starts planned 3 May 2027" in said
    assert "Build it Mon 1 Jun 2026 · The Cabinet · Read the decision: Build it" in said
    assert page.xpath("//a[@href='https://riverbank.example/minutes']/@rel") == ["external"]


def test_moved_day_keeps_the_first_plan_through_the_editions(cast, read):
    first = published(
        cast,
        with_rows(
            cast, factories.draft(cast, Kind.PROJECT), milestones=[{"title": "Opens", "planned_on": AUGUST}]
        ),
    )
    second = drafting.start_edition(first.notice, by=cast.author)
    second.change_note = "Opening moved."
    second.save()
    live = published(cast, with_rows(cast, second, milestones=[{"title": "Opens", "planned_on": NEXT_MAY}]))

    assert "Planned 3 May 2027. The first plan was 14 August 2026." in " ".join(
        read(live.notice.get_absolute_url()).text_content().split()
    )


def test_plan_nobody_saw_does_not_count_as_the_first(cast):
    planned = timezone.localdate() + timedelta(days=300)
    live = published(
        cast,
        with_rows(
            cast, factories.draft(cast, Kind.PROJECT), milestones=[{"title": "Opens", "planned_on": planned}]
        ),
    )
    dropped = with_rows(
        cast, factories.next_edition(cast, live), milestones=[{"title": "Opens", "planned_on": JUNE}]
    )
    perform(Action.DISCARD, dropped, by=cast.author)

    [step] = milestones.steps_of(update(cast, live))

    assert strip_tags(step.words) == f"Planned {milestones.in_full(planned)}."

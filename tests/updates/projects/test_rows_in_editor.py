"""Milestones and decisions in the editor: kept, refused with a sentence, removed by emptying, never lost."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.enums import Kind
from tests import factories
from tests.accounts.signing_in import sign_in
from tests.factories import Cast
from tests.updates.staff.conftest import Seen
from updates import drafting, lists
from updates.content import content_hash
from updates.forms.rows import MOST_ROWS
from updates.models import Edition

WORDS = {
    "title": "A bridge over the Wend",
    "summary": "For feet and wheels.",
    "urgency": "0",
    "is_borough_wide": "on",
    "phase": "design",
    "horizon": "this_year",
    "progress_percent": "10",
}
JUNE = {"planned_on_0": "1", "planned_on_1": "6", "planned_on_2": "2026"}


def fields(name: str, row: int, **values: str) -> dict[str, str]:
    return {f"{name}-{row}-{key}": value for key, value in values.items()}


@pytest.fixture
def draft(cast: Cast) -> Edition:
    return factories.draft(cast, Kind.PROJECT)


@pytest.fixture
def post(cast: Cast, draft: Edition):
    """Post the editor's form as the author."""
    client = Client()
    sign_in(client, cast.author, factor_age=0)
    path = f"/staff/notices/{draft.notice.reference}/1/edit/"

    def posted(**data: str):
        counts = {"milestones-rows": "2", "decisions-rows": "2"}
        return client.post(path, {**WORDS, **counts, "version": str(draft.version), **data})

    return posted


def milestones(draft: Edition) -> list[tuple[str, date | None, date | None]]:
    return list(draft.milestones.values_list("title", "planned_on", "reached_on"))


def test_rows_are_kept_in_the_order_they_stand(draft, post):
    response = post(
        **fields("milestones", 0, title="Design shown", **JUNE),
        **fields("milestones", 1, title="Built"),
        **fields(
            "decisions",
            1,
            title="Go ahead",
            decided_on_0="2",
            decided_on_1="3",
            decided_on_2="2026",
            url="council.example/minutes",
        ),
    )

    assert response.status_code == 302
    assert milestones(draft) == [("Design shown", date(2026, 6, 1), None), ("Built", None, None)]
    assert list(draft.decisions.values_list("title", "decided_on", "decided_by", "url")) == [
        ("Go ahead", date(2026, 3, 2), "", "https://council.example/minutes")
    ]


def test_emptied_row_is_removed_and_the_others_move_up(cast, draft, post):
    saved = drafting.save_draft(
        draft,
        seen_version=draft.version,
        by=cast.author,
        fields={},
        rows={"milestones": [{"title": "First"}, {"title": "Second"}]},
    )

    post(
        version=str(saved.version),
        **fields("milestones", 0, title=""),
        **fields("milestones", 1, title="Second"),
    )

    assert list(draft.milestones.values_list("title", "position")) == [("Second", 0)]


def test_list_that_is_not_in_the_form_stays(cast, draft, post):
    saved = drafting.save_draft(
        draft,
        seen_version=draft.version,
        by=cast.author,
        fields={},
        rows={"milestones": [{"title": "First"}]},
    )
    client = Client()
    sign_in(client, cast.author, factor_age=0)

    client.post(f"/staff/notices/{draft.notice.reference}/1/edit/", {**WORDS, "version": str(saved.version)})

    assert milestones(draft) == [("First", None, None)]


def boxes(name: str, row: int, column: str, day: date) -> dict[str, str]:
    parts = (day.day, day.month, day.year)
    return {f"{name}-{row}-{column}_{at}": str(part) for at, part in enumerate(parts)}


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        (
            fields("milestones", 1, **JUNE),
            "Milestone 2, what is to be reached: Say what is to be reached, or empty the whole row.",
        ),
        (
            {**fields("decisions", 0, title="Go ahead")},
            "Decision 1, decided on: Say when it was decided.",
        ),
        (
            fields("milestones", 0, title="Built", reached_on_0="31", reached_on_1="2", reached_on_2="2026"),
            "Milestone 1, reached on: There is no such day. Write it like 22 11 2026.",
        ),
        (
            fields("milestones", 0, planned_on_0="31", planned_on_1="2", planned_on_2="2026"),
            "Milestone 1, what is to be reached: Say what is to be reached, or empty the whole row.",
        ),
        (
            {
                **fields("decisions", 0, title="Go", url="javascript:alert(1)"),
                **boxes("decisions", 0, "decided_on", date(2026, 1, 2)),
            },
            "Decision 1, link: Write the whole address, starting with https://",
        ),
    ],
)
def test_row_that_cannot_be_is_refused_and_stays_typed(draft, post, typed, problem):
    page = Seen(post(**typed))

    assert problem in page.problems
    assert {name: page.value(name) for name in typed} == typed
    assert milestones(draft) == []


@pytest.mark.parametrize(("days", "is_refused"), [(-400, False), (0, False), (1, True), (400, True)])
def test_only_days_that_have_come_can_be_reached_or_decided(draft, post, days, is_refused):
    day = timezone.localdate() + timedelta(days=days)
    response = post(
        **fields("milestones", 0, title="Built"),
        **boxes("milestones", 0, "reached_on", day),
        **fields("decisions", 0, title="Go ahead"),
        **boxes("decisions", 0, "decided_on", day),
    )

    assert (response.status_code == 200) is is_refused
    assert draft.milestones.exists() is not is_refused


def test_asking_for_a_row_saves_nothing_complains_of_nothing_and_loses_nothing(draft, post):
    page = Seen(post(add="milestones", title="", **fields("milestones", 1, title="Half typed", **JUNE)))

    assert (page.problems, page.value("milestones-rows"), page.value("decisions-rows")) == ([], "3", "2")
    assert (page.value("milestones-1-title"), page.value("milestones-2-title")) == ("Half typed", "")
    assert page.value("milestones-1-planned_on_1") == "6"
    assert milestones(draft) == []


def test_rows_are_never_more_than_fit(draft, post):
    page = Seen(post(add="milestones", **{"milestones-rows": "999"}))

    assert page.value("milestones-rows") == str(MOST_ROWS)
    assert page.says("No more rows fit here.")


@pytest.mark.parametrize("number", ["", "x", "-1", "9" * 5000, "²"])
def test_nonsense_number_of_rows_is_none(draft, post, number):
    assert post(**{"milestones-rows": number}).status_code == 302
    assert milestones(draft) == []


def test_rows_are_under_the_approval_and_carried_over(cast):
    draft = factories.draft(cast, Kind.PROJECT)
    before = content_hash(draft)
    saved = drafting.save_draft(
        draft,
        seen_version=draft.version,
        by=cast.author,
        fields={},
        rows={"milestones": [{"title": "First"}]},
    )

    assert content_hash(saved) != before
    assert [row["title"] for row in lists.content_of(saved, "milestones")] == ["First"]


def test_other_kinds_have_no_rows(cast):
    draft = factories.draft(cast, Kind.GENERAL)
    client = Client()
    sign_in(client, cast.author, factor_age=0)

    page = Seen(client.get(f"/staff/notices/{draft.notice.reference}/1/edit/"))

    assert page.tree.xpath("//*[@data-rows]") == []

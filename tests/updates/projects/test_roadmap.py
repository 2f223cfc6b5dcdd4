"""The roadmap: columns by time, what is done, filters, counts, and the same as a list."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from accounts.enums import Kind
from tests import factories
from tests.factories import Cast
from tests.updates.public.conftest import words
from updates import queries
from updates.enums import Phase
from updates.facts import may_still_change
from updates.models import Edition, ProjectDetail
from updates.projects import roadmap
from updates.transitions import Action
from updates.workflow import perform

ROAD = "//div[@class='cp-road']/section"
TITLES = "//section[contains(@class,'cp-road__stretch')]//h3"


def project(cast: Cast, title: str, *, wards: Any = None, **detail: Any) -> Edition:
    live = factories.published(cast, Kind.PROJECT, title=title, wards=wards)
    ProjectDetail.objects.filter(pk=live.pk).update(**detail)
    if horizon := detail.get("horizon"):
        live.notice.horizon = horizon
        live.notice.save()
    return live


def test_projects_stand_in_the_column_of_their_time_the_latest_first(read, cast):
    project(cast, "Bridge")
    project(cast, "Square")
    project(cast, "Tram", horizon="long_term")

    page = read("/projects/")

    assert [words(section, ".//h3") for section in page.xpath(ROAD)] == [["Square", "Bridge"], [], ["Tram"]]
    assert words(page, "//div[@class='cp-road__head']") == [
        "This year What you will notice soon · two projects",
        "One to three years What is being prepared · no projects",
        "Long term The direction we are taking · one project",
    ]


def test_card_says_phase_progress_next_step_place_and_your_say(read, cast):
    live = project(
        cast,
        "Bridge",
        wards=[factories.ward("Quayside")],
        phase="design",
        progress_percent=30,
        can_change="The colour.",
    )
    live.milestones.create(title="Plans shown", reached_on=date(2026, 6, 1), position=0)
    live.milestones.create(title="Work starts", planned_on=date(2027, 5, 3), position=1)

    page = read("/projects/")

    assert words(page, "//article[contains(@class,'cp-road__project')]//p") == [
        "Design",
        "30% done",
        "Next: Work starts – May 2027",
        "Quayside",
        "You can still change this",
    ]


def test_done_projects_stand_apart_even_when_their_notice_has_ended(read, cast):
    project(cast, "Bridge")
    ended = project(cast, "Library", phase="done")
    perform(Action.END, ended, by=cast.author)
    withdrawn = project(cast, "Mistake", phase="done")
    perform(Action.WITHDRAW, withdrawn, by=cast.author, note="Never decided.")

    page = read("/projects/")

    assert words(page, TITLES) == ["Bridge"]
    assert words(page, "//section[@aria-labelledby='done']//h3") == ["Library"]


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("", ["Open", "Bridge", "Square"]),
        ("ward=quayside", ["Open", "Bridge"]),
        ("phase=building", ["Bridge", "Square"]),
        ("open=yes", ["Open"]),
        ("ward=quayside&phase=building", ["Bridge"]),
        ("phase=idea", []),
        ("ward=nowhere&phase=nonsense&open=maybe", ["Open", "Bridge", "Square"]),
    ],
)
def test_roadmap_and_list_are_narrowed_alike(read, cast, query, titles):
    quayside = factories.ward("Quayside")
    quayside.slug = "quayside"
    quayside.save()
    project(cast, "Square", wards=[factories.ward("Millgate")], phase="building", can_change="Too late.")
    project(cast, "Bridge", wards=[quayside], phase="building")
    project(cast, "Open", phase="consultation", can_change="Everything.")

    assert words(read(f"/projects/?{query}"), TITLES) == titles
    assert words(read(f"/projects/list/?{query}"), "//tbody//th/a") == titles


def test_choice_that_cannot_be_used_is_named(read, cast):
    page = read("/projects/?phase=nonsense")

    assert words(page, "//p[@class='govuk-error-message']") == [
        "There is no such phase, so every phase is shown."
    ]


@pytest.mark.parametrize("phase", Phase.values)
@pytest.mark.parametrize("can_change", ["", "The colour."])
def test_open_means_the_same_to_the_page_and_to_the_database(cast, phase, can_change):
    live = project(cast, "Bridge", phase=phase, can_change=can_change)
    detail = ProjectDetail.objects.get(pk=live.pk)

    found = type(live.notice).objects.filter(roadmap._IS_OPEN).exists()

    assert found is may_still_change(detail)


def test_long_column_leads_to_the_list_of_all(read, cast):
    for number in range(roadmap.PER_COLUMN + 1):
        project(cast, f"Project {number}")

    page = read("/projects/")

    assert len(words(page, TITLES)) == roadmap.PER_COLUMN
    [link] = page.xpath("//a[starts-with(normalize-space(), 'All 7 of them')]/@href")
    assert len(words(read(link), "//tbody//th/a")) == roadmap.PER_COLUMN + 1


def test_list_is_ordered_by_time_then_latest(read, cast):
    project(cast, "Tram", horizon="long_term")
    project(cast, "Bridge")
    project(cast, "Hall", horizon="one_to_three_years")

    assert words(read("/projects/list/"), "//tbody/tr/td[1]") == [
        "This year",
        "One to three years",
        "Long term",
    ]


def test_done_ones_are_listed_when_asked_for(read, cast):
    project(cast, "Library", phase="done")

    assert words(read("/projects/list/?phase=done"), "//tbody//th/a") == ["Library"]
    assert words(read("/projects/list/"), "//div[contains(@class,'cp-empty')]//h2") == ["No project fits"]


def test_empty_roadmap_says_so(read, cast):
    assert words(read("/projects/"), "//div[contains(@class,'cp-empty')]//h2") == [
        "No project is announced at the moment"
    ]


@pytest.mark.parametrize("path", ["/projects/", "/projects/list/"])
def test_page_asks_as_many_queries_for_thirty_projects_as_for_two(
    client: Client, cast, path, django_assert_max_num_queries
):
    ward = factories.ward("Quayside")
    counts = []
    for rows in (range(2), range(2, 30)):
        for number in rows:
            live = project(cast, f"Project {number}", wards=[ward])
            live.milestones.create(title="Step")
        with django_assert_max_num_queries(11) as asked:
            client.get(path)
        counts.append(len(asked))

    assert counts[0] == counts[1]


def test_home_shows_projects_too(cast):
    live = project(cast, "Bridge")

    assert queries.projects_of("this_year") == [live.notice]

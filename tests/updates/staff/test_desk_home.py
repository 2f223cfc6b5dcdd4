"""My desk: each thing stands with the person it waits for, and with nobody else."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import factories
from tests.factories import Cast
from updates.transitions import Action
from updates.workflow import perform


def queues(client, seen) -> dict[str, list[str]]:
    page = seen(client.get("/staff/"))
    sections = page.tree.xpath("//main//section[ul[contains(@class, 'cp-list')] and @aria-labelledby]")
    return {
        section.get("aria-labelledby"): [link.text_content() for link in section.xpath(".//h3//a | .//li/a")]
        for section in sections
        if section.get("aria-labelledby")
        in {
            "checks",
            "to-approve",
            "returned",
            "held",
            "to-publish",
            "waiting",
            "scheduled",
            "drafts",
            "live",
        }
    }


def test_submitted_waits_for_the_approver_and_shows_its_author_it_is_on_its_way(cast: Cast, signed_in, seen):
    factories.submitted(cast, title="Burst main")

    assert queues(signed_in(cast.approver), seen) == {"to-approve": ["Burst main"]}
    assert queues(signed_in(cast.author), seen) == {"waiting": ["Burst main"]}
    assert queues(signed_in(cast.second_author), seen) == {}
    assert queues(signed_in(cast.outsider), seen) == {}


def test_approver_who_wrote_part_is_not_asked(cast: Cast, both, signed_in, seen):
    factories.draft(cast, by=both, title="My own")

    perform(Action.SUBMIT, factories.draft(cast, by=both, title="Mine"), by=both)

    assert queues(signed_in(both), seen) == {"waiting": ["Mine"], "drafts": ["My own"]}


def test_returned_waits_for_its_authors_with_the_reason(cast: Cast, signed_in, seen):
    perform(Action.RETURN, factories.submitted(cast, title="Fair"), by=cast.approver, note="Which green?")

    page = seen(signed_in(cast.author).get("/staff/"))

    assert (queues(signed_in(cast.author), seen), page.says("Which green?")) == ({"returned": ["Fair"]}, True)


def test_urgent_edition_owes_a_check_to_approvers(cast: Cast, signed_in, seen):
    perform(Action.PUBLISH_URGENTLY, factories.draft(cast, title="No power"), by=cast.urgent_author)

    assert queues(signed_in(cast.approver), seen) == {"checks": ["No power"], "live": ["No power"]}


def test_approved_is_ready_for_writers_and_approvers_of_the_team(cast: Cast, signed_in, seen):
    factories.approved(cast, title="Bin days")

    shown = [queues(signed_in(each), seen) for each in (cast.second_author, cast.approver, cast.outsider)]

    assert shown == [{"to-publish": ["Bin days"]}, {"to-publish": ["Bin days"]}, {}]


def test_empty_desk_says_so(cast: Cast, signed_in, seen):
    assert seen(signed_in(cast.author).get("/staff/")).says("No notice waits for you")


def test_badge_counts_what_waits_for_a_decision(cast: Cast, signed_in, seen):
    factories.submitted(cast)
    factories.submitted(cast)

    page = seen(signed_in(cast.approver).get("/staff/"))

    assert page.texts("//span[contains(@class, 'count-badge')]")[0].split()[0] == "2"


def test_councillor_is_led_to_the_summary(cast: Cast, signed_in):
    response = signed_in(cast.councillor).get("/staff/")

    assert (response.status_code, response["Location"]) == (302, "/staff/summary/")


@pytest.mark.parametrize(
    "page", ["/staff/notices/", "/staff/notices/new/", "{edition}", "{edition}edit/", "{edition}approve/"]
)
def test_councillor_sees_no_drafts(cast: Cast, signed_in, address, page):
    edition = factories.draft(cast)

    response = signed_in(cast.councillor).get(page.format(edition=address(edition)))

    assert response.status_code == 403


def test_stranger_is_asked_to_sign_in(client, db):
    assert client.get("/staff/").status_code == 302


def test_desk_asks_the_same_number_of_queries_at_one_and_at_many(cast: Cast, signed_in):
    client = signed_in(cast.approver)

    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            client.get("/staff/")
        return len(captured)

    factories.submitted(cast)
    factories.published(cast)
    few = queries()
    for _more in range(6):
        factories.submitted(cast)
        factories.published(cast)

    assert queries() == few


def test_navigation_shows_each_role_its_own(cast: Cast, signed_in, seen):
    def entries(person) -> list[str]:
        return seen(signed_in(person).get("/staff/", follow=True)).texts("//nav[@aria-label='Staff']//a")

    assert [entries(cast.author), entries(cast.administrator), entries(cast.councillor)] == [
        ["My desk", "Notices", "Inbox", "Consultations", "Accounts", "Stop all posting"],
        ["My desk", "Notices", "Two people", "People", "Wards", "Audit trail"],
        ["Summary"],
    ]

"""What the checks read of milestones, decisions and the titles of documents."""

from datetime import date

import pytest

from accounts.enums import Kind
from tests import factories
from updates import link_watch, policy
from updates.checks import texts
from updates.finding import BLOCK, WARN
from updates.models import LinkCheck
from updates.templatetags.desk import place


def project(cast, **rows):
    return factories.draft(cast, Kind.PROJECT, rows=rows)


def decision(title="Go ahead", **more):
    return {"title": title, "decided_on": date(2026, 2, 3), **more}


def found(edition):
    return [(each.level, each.code, each.where) for each in policy.findings(edition) if "-" in each.where]


def test_private_details_in_a_milestone_are_found(cast):
    edition = project(cast, milestones=[{"title": "Piling"}, {"title": "Ask jan.kowalski@mail.example"}])

    assert found(edition) == [(WARN, "personal_email", "milestones-1-title")]


def test_number_with_check_digit_in_a_decision_blocks(cast):
    edition = project(cast, decisions=[decision(title="Card 4111 1111 1111 1111")])

    assert found(edition) == [(BLOCK, "personal_card", "decisions-0-title")]


def test_link_of_a_decision_is_judged(cast):
    edition = project(cast, decisions=[decision(url="https://council@203.0.113.7/minutes")])

    assert found(edition) == [(BLOCK, "disguised_link", "decisions-0-url")]


def test_link_of_a_decision_is_watched(cast):
    edition = project(cast, decisions=[decision(url="https://www.gov.uk/minutes")])

    link_watch.want(edition)

    assert list(LinkCheck.objects.values_list("url", flat=True)) == ["https://www.gov.uk/minutes"]


def test_title_of_a_document_is_read(cast):
    document = {"title": "Ask jan@mail.example", "file": "a.pdf", "sha256": "0", "size": 1, "pages": 1}
    edition = factories.draft(cast, rows={"documents": [{**document, "text": "The plan."}]})

    assert found(edition) == [(WARN, "personal_email", "documents-0-title")]


def test_typed_rows_are_read_and_other_names_are_not():
    typed = {
        "milestones-0-title": "Piling",
        "decisions-1-url": "https://www.gov.uk/",
        "decisions-0-decided_on_0": "3",
        "milestones-999-title": "No",
    }

    words = texts.of_form(Kind.PROJECT, typed, has_picture=False)

    assert {name: text for name, text in words.texts.items() if "-" in name} == {
        "milestones-0-title": "Piling"
    }
    assert words.urls == {"decisions-1-url": "https://www.gov.uk/"}


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ({"milestones": [{"title": "Ask jan@mail.example"}]}, "Milestone 1:"),
        ({"decisions": [decision(), decision(title="Ask jan@mail.example")]}, "Decision 2:"),
    ],
)
def test_approver_is_told_in_which_row_it_stands(cast, rows, words):
    edition = project(cast, **rows)

    assert [place(each, edition) for each in policy.findings(edition) if "-" in each.where] == [words]

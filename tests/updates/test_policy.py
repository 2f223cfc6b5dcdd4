"""Every text of a notice is looked at, the gravest first, and what was found says where it stands."""

import pytest

from tests import factories
from tests.factories import Cast
from updates import policy
from updates.finding import BLOCK, HINT, WARN


@pytest.mark.parametrize("name", ["venue", "access", "cost"])
def test_every_text_of_a_kind_is_looked_at(cast: Cast, name):
    edition = factories.draft(cast, "event")
    setattr(edition.event, name, "Ask Dave, 07700 900123")

    found = [(finding.code, finding.where) for finding in policy.findings(edition)]

    assert found == [("personal_phone", name)]


def test_description_of_the_picture_is_looked_at(cast: Cast):
    edition = factories.draft(cast, "general", alt_text="Dave, dave@mail.example.org")

    assert [finding.where for finding in policy.findings(edition)] == ["alt_text"]


def test_blocking_findings_stand_first_then_warnings_then_hints(cast: Cast):
    long = "This sentence " + "goes on and " * 15 + "on."
    edition = factories.draft(cast, "general", body=f"{long}\n\n07700 900123\n\nAB 12 34 56 C")

    found = policy.findings(edition)

    assert [finding.level for finding in found] == [BLOCK, WARN, HINT]
    assert policy.blocking(found) == found[:1]
    assert policy.warnings(found) == found[1:2]


def test_a_find_says_where_it_stands_and_what_is_around_it(cast: Cast):
    edition = factories.draft(cast, "general", body="Hello.\r\nRing Dave on 07700 900123 before noon.")

    [found] = policy.findings(edition)
    [place] = found.excerpts

    assert (place.before, place.found, place.after) == ("Ring Dave on ", "07700 900123", " before noon.")
    # Line breaks count as one character, as in a browser's text box.
    assert (place.start, place.length) == (20, 12)


def test_names_of_staff_streets_and_wards_are_left_alone(cast: Cast):
    factories.street(factories.ward("Anna Maria Bay"), "Thomas Cook Gyratory")
    body = "Amira Shah and Ms Shah met in Thomas Cook Gyratory, Anna Maria Bay, with Tomasz Nowak."

    [found] = policy.findings(factories.draft(cast, "general", body=body))

    assert [place.found for place in found.excerpts] == ["Tomasz Nowak"]

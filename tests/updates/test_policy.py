"""Every text of a notice is looked at, the gravest first, and what was found says where it stands."""

import pytest

from audit.models import Event
from tests import factories
from tests.factories import Cast
from updates import policy
from updates.content import content_hash
from updates.finding import BLOCK, HINT, WARN
from updates.transitions import Action
from updates.workflow import TransitionRefused, perform


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


def test_trail_keeps_which_warnings_the_reason_answered_and_never_the_words(cast: Cast):
    edition = factories.approved(cast, "general", body="Ring Dave on 07700 900123 or 07700 900124.")

    event = Event.objects.filter(action="edition.approve").get()

    assert event.detail["overruled"] == ["personal_phone in body"]
    assert event.detail["note"] == edition.approval_reason == "Read it."
    assert "900123" not in str(Event.objects.values_list("detail", flat=True))


def test_trail_says_nothing_of_warnings_where_there_were_none(cast: Cast):
    factories.approved(cast, "general")

    assert "overruled" not in Event.objects.filter(action="edition.approve").get().detail


def test_what_proves_itself_private_refuses_submission_and_urgent_publishing(cast: Cast):
    edition = factories.draft(cast, by=cast.urgent_author, body="NI number AB 12 34 56 C")

    for action in (Action.SUBMIT, Action.PUBLISH_URGENTLY):
        with pytest.raises(TransitionRefused, match="a National Insurance number"):
            perform(action, edition, by=cast.urgent_author, seen_hash=content_hash(edition))

"""Deciding: on exactly what was read, by whom it may be, with a fresh second factor, once."""

import pytest

from audit.models import Event
from tests import factories
from tests.factories import Cast
from updates import drafting
from updates.content import content_hash
from updates.enums import Status
from updates.models import Edition
from updates.transitions import Action
from updates.workflow import perform


def status(edition: Edition) -> str:
    return Edition.objects.get(pk=edition.pk).status


@pytest.fixture
def decide(cast: Cast, signed_in, address):
    """Post a decision as the approver, having read what stands now."""

    def posted(edition, decision, by=None, **fields):
        data = {"decision": decision, "seen": content_hash(edition), "has_read": "on", **fields}
        return signed_in(by or cast.approver).post(address(edition, "approve"), data)

    return posted


@pytest.mark.parametrize(
    ("decision", "landed"),
    [("approve", Status.APPROVED), ("approve_and_publish", Status.PUBLISHED), ("return", Status.RETURNED)],
)
def test_decision_is_carried_out(cast: Cast, decide, decision, landed):
    edition = factories.submitted(cast)

    response = decide(edition, decision, reason="Because.")

    assert (response.status_code, status(edition)) == (302, landed)


def test_page_carries_the_hash_of_what_it_shows(cast: Cast, signed_in, address, seen):
    edition = factories.submitted(cast)

    page = seen(signed_in(cast.approver).get(address(edition, "approve")))

    assert page.value("seen") == content_hash(edition)
    assert page.buttons == ["Approve and publish now", "Approve, publish later", "Return with a reason"]


def test_changed_content_is_refused_with_the_fresh_words_and_the_reason_kept(cast: Cast, decide, seen):
    edition = factories.submitted(cast)
    read = content_hash(edition)
    perform(Action.TAKE_BACK, edition, by=cast.author)
    drafting.save_draft(
        edition, seen_version=edition.version, by=cast.author, fields={"summary": "Quite other words."}
    )
    perform(Action.SUBMIT, edition, by=cast.author)

    page = seen(decide(edition, "approve", seen=read, reason="Looks right."))

    assert (page.status, page.problems) == (
        409,
        ["This has changed since you opened it. Read it again before you decide."],
    )
    assert (page.value("reason").strip(), page.says("Quite other words."), page.value("seen")) == (
        "Looks right.",
        True,
        content_hash(Edition.objects.get(pk=edition.pk)),
    )
    assert page.tree.xpath("//input[@name='has_read' and @checked]") == []
    assert status(edition) == Status.SUBMITTED


def test_approval_without_reading_is_refused(cast: Cast, decide, seen):
    edition = factories.submitted(cast)

    page = seen(decide(edition, "approve", has_read=""))

    assert (len(page.problems), status(edition)) == (1, Status.SUBMITTED)


def test_return_without_a_reason_is_refused(cast: Cast, decide, seen):
    edition = factories.submitted(cast)

    page = seen(decide(edition, "return", reason="  "))

    assert page.problems == ["Reason: Say what should change, so that the author can change it."]


def test_warning_without_a_reason_is_refused_and_keeps_the_page(cast: Cast, decide, seen):
    edition = factories.submitted(cast, summary="Call Dave on 07700 900123.")

    page = seen(decide(edition, "approve_and_publish"))

    assert (page.status, "Say why it may be published" in page.problems[0], status(edition)) == (
        409,
        True,
        Status.SUBMITTED,
    )


def test_contributor_sees_why_not_and_no_buttons(cast: Cast, both, signed_in, address, seen):
    edition = factories.submitted(cast)
    drafting.contributed(edition, both)

    page = seen(signed_in(both).get(address(edition, "approve")))

    assert (page.buttons, page.says("You wrote or changed part of this")) == ([], True)


def test_contributor_who_posts_all_the_same_is_refused(cast: Cast, both, decide, seen):
    edition = factories.submitted(cast)
    drafting.contributed(edition, both)

    page = seen(decide(edition, "approve", by=both))

    assert (page.status, status(edition)) == (409, Status.SUBMITTED)


def test_second_approver_is_told_who_was_first(cast: Cast, both, decide, seen):
    edition = factories.submitted(cast)
    decide(edition, "approve")

    page = seen(decide(edition, "approve", by=both))

    assert page.problems == ["Already approved, by Ben Achterberg."]


def test_double_click_on_approve_and_publish_publishes_once(cast: Cast, decide, seen):
    edition = factories.submitted(cast)
    decide(edition, "approve_and_publish")

    page = seen(decide(edition, "approve_and_publish"))

    assert (page.status, page.problems) == (409, ["This is already live, published by Ben Achterberg."])
    assert Event.objects.filter(action="edition.publish").count() == 1


def test_approving_asks_for_an_old_second_factor_again_and_returning_does_not(cast: Cast, signed_in, address):
    edition = factories.submitted(cast)
    client = signed_in(cast.approver, factor_age=16 * 60)
    data = {"seen": content_hash(edition), "has_read": "on", "reason": "Which street?"}

    asked = client.post(address(edition, "approve"), {**data, "decision": "approve"})
    assert ("reauthenticate" in asked["Location"], status(edition)) == (True, Status.SUBMITTED)

    client.post(address(edition, "approve"), {**data, "decision": "return"})
    assert status(edition) == Status.RETURNED


def test_approver_sees_what_changes_in_words(cast: Cast, signed_in, address, seen):
    newer = factories.next_edition(cast, factories.published(cast), title="Burst main mended")
    perform(Action.SUBMIT, newer, by=cast.author)

    page = seen(signed_in(cast.approver).get(address(newer, "approve")))

    assert (page.texts("//main//del")[0], page.texts("//main//ins")[:2]) == (
        "in Quay Street",
        ["The estimate has moved.", "mended"],
    )


def test_hostile_words_are_escaped_where_changes_are_shown(cast: Cast, signed_in, address, seen):
    newer = factories.next_edition(cast, factories.published(cast), title="<script>alert(1)</script>")
    perform(Action.SUBMIT, newer, by=cast.author)

    page = seen(signed_in(cast.approver).get(address(newer, "approve")))

    assert [found.get("src") for found in page.tree.xpath("//script") if not found.get("src")] == []


def test_second_check_is_made_by_another_and_once(cast: Cast, both, signed_in, address, seen):
    edition = perform(Action.PUBLISH_URGENTLY, factories.draft(cast), by=cast.urgent_author)
    data = {"seen": content_hash(edition), "has_read": "on"}

    own = seen(signed_in(cast.urgent_author).get(address(edition, "second-check")))
    done = signed_in(cast.approver).post(address(edition, "second-check"), data)
    late = seen(signed_in(both).post(address(edition, "second-check"), data))

    assert (own.buttons, done.status_code, late.problems) == (
        [],
        302,
        ["Ben Achterberg has already made the second check."],
    )
    assert Edition.objects.get(pk=edition.pk).second_check_by == cast.approver

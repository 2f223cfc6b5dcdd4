"""Ways somebody might have their own words approved by themselves, each tried and refused."""

import pytest

from accounts.enums import Role
from accounts.models import Membership, User
from tests import factories
from tests.factories import Cast
from updates import drafting
from updates.content import content_hash
from updates.transitions import Action
from updates.workflow import TransitionRefused, perform


@pytest.fixture
def urgent_both(cast: Cast) -> User:
    """Author and approver at once, who may also publish urgently."""
    person = factories.member(cast.team, Role.AUTHOR, "Una Both", urgent=True)
    Membership.objects.create(user=person, team=cast.team, role=Role.APPROVER)
    return person


def _send_on(edition, by):
    fresh = drafting.save_draft(
        edition, seen_version=edition.version, by=by, fields={"change_note": "As it was."}
    )
    return perform(Action.SUBMIT, fresh, by=by)


def test_whoever_sends_a_draft_on_cannot_approve_it(cast: Cast, both: User):
    edition = perform(Action.SUBMIT, factories.draft(cast), by=both)

    with pytest.raises(TransitionRefused, match="somebody else has to approve"):
        perform(Action.APPROVE, edition, by=both, seen_hash=content_hash(edition))


def test_writer_of_a_discarded_edition_cannot_approve_its_words_in_the_next(cast: Cast, both: User):
    first = factories.draft(cast, by=both)
    perform(Action.DISCARD, first, by=both)
    copied = _send_on(drafting.start_edition(first.notice, by=cast.author), cast.author)

    with pytest.raises(TransitionRefused, match="somebody else has to approve"):
        perform(Action.APPROVE, copied, by=both, seen_hash=content_hash(copied))


def test_writer_of_unchecked_urgent_words_cannot_approve_them_in_the_next(cast: Cast, urgent_both: User):
    first = perform(Action.PUBLISH_URGENTLY, factories.draft(cast, by=urgent_both), by=urgent_both)
    copied = _send_on(drafting.start_edition(first.notice, by=cast.author), cast.author)

    with pytest.raises(TransitionRefused, match="somebody else has to approve"):
        perform(Action.APPROVE, copied, by=urgent_both, seen_hash=content_hash(copied))


def test_writer_of_approved_words_may_approve_what_somebody_else_makes_of_them(cast: Cast, both: User):
    first = factories.draft(cast, by=both)
    first = perform(Action.SUBMIT, first, by=both)
    first = perform(Action.APPROVE, first, by=cast.approver, seen_hash=content_hash(first))
    first = perform(Action.PUBLISH, first, by=both)
    copied = _send_on(drafting.start_edition(first.notice, by=cast.author), cast.author)

    approved = perform(Action.APPROVE, copied, by=both, seen_hash=content_hash(copied))

    assert approved.approved_by == both


def test_taking_back_and_returning_wash_no_contribution_off(cast: Cast, both: User):
    edition = factories.draft(cast, by=both)
    edition = perform(Action.SUBMIT, edition, by=cast.author)
    edition = perform(Action.RETURN, edition, by=cast.approver, note="Say when.")
    edition = drafting.save_draft(
        edition, seen_version=edition.version, by=cast.author, fields={"title": "New"}
    )
    edition = perform(Action.SUBMIT, edition, by=cast.author)

    with pytest.raises(TransitionRefused, match="somebody else has to approve"):
        perform(Action.APPROVE, edition, by=both, seen_hash=content_hash(edition))

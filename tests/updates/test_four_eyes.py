"""Whatever people try, in whatever order: nothing is public that nobody else has read, but the urgent."""

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import User
from tests import factories
from tests.factories import Cast
from tests.updates import stages
from updates import drafting
from updates.content import content_hash
from updates.enums import Status
from updates.models import Edition
from updates.transitions import Action
from updates.workflow import TransitionRefused, perform

WRITE = "write"
PERSONS = ["author", "second author", "approver", "author and approver", "urgent author", "administrator"]
STEPS = st.lists(
    st.tuples(
        st.sampled_from(
            [
                WRITE,
                Action.SUBMIT,
                Action.SUBMIT,
                Action.TAKE_BACK,
                Action.RETURN,
                Action.APPROVE,
                Action.APPROVE,
                Action.PUBLISH,
                Action.PUBLISH,
                Action.PUBLISH_URGENTLY,
                Action.VOID,
            ]
        ),
        st.sampled_from(PERSONS),
    ),
    min_size=3,
    max_size=10,
)


def _step(action: str, edition: Edition, by: User) -> None:
    """Try one thing the way the pages do; a refusal changes nothing."""
    try:
        if action == WRITE:
            fresh = Edition.objects.get(pk=edition.pk)
            drafting.save_draft(
                fresh, seen_version=fresh.version, by=by, fields={"summary": f"{fresh.version}"}
            )
        else:
            perform(action, edition, by=by, note="A reason.", seen_hash=content_hash(edition))
    except (TransitionRefused, drafting.DraftClosed, drafting.PermissionDenied):
        pass


def _is_sound(edition: Edition) -> bool:
    writers = set(edition.contributions.values_list("person_id", flat=True))
    if edition.status != Status.PUBLISHED:
        return True
    approved = edition.approved_by_id is not None and edition.approved_by_id not in writers
    return edition.is_urgent or (approved and edition.approved_hash == content_hash(edition))


class _Undo(Exception):
    """Leaves the database as the next example expects it."""


@pytest.mark.django_db
@settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(kind=st.sampled_from(["outage", "general"]), steps=STEPS)
def test_no_path_leads_to_published_without_a_second_person_or_the_urgent_flag(cast: Cast, kind, steps):
    try:
        with transaction.atomic():
            people = _people(cast)
            edition = factories.draft(cast, kind)
            for action, name in steps:
                _step(action, edition, people[name])
                assert _is_sound(Edition.objects.select_related("notice").get(pk=edition.pk))
            raise _Undo
    except _Undo:
        pass


def _people(cast: Cast) -> dict[str, User]:
    return {name: person for name, person in stages.people(cast).items() if person}


def test_urgent_publisher_cannot_make_the_second_check(cast: Cast):
    approver = factories.member(cast.team, "approver", "Una Gent", urgent=True)
    edition = perform(Action.PUBLISH_URGENTLY, factories.draft(cast), by=approver)

    with pytest.raises(TransitionRefused, match="You published this"):
        perform(Action.SECOND_CHECK, edition, by=approver, seen_hash=content_hash(edition))


def test_approval_of_something_newer_than_was_read_is_refused(cast: Cast):
    edition = factories.submitted(cast)
    read = content_hash(edition)
    back = perform(Action.TAKE_BACK, edition, by=cast.author)
    drafting.save_draft(back, seen_version=back.version, by=cast.author, fields={"summary": "Other words."})
    again = perform(Action.SUBMIT, back, by=cast.author)

    with pytest.raises(TransitionRefused, match="changed since you opened it"):
        perform(Action.APPROVE, again, by=cast.approver, seen_hash=read)


def test_urgent_publish_of_something_newer_than_was_read_is_refused(cast: Cast):
    edition = factories.draft(cast)
    read = content_hash(edition)
    drafting.save_draft(edition, seen_version=edition.version, by=cast.author, fields={"summary": "New."})

    with pytest.raises(TransitionRefused, match="changed since you opened it"):
        perform(Action.PUBLISH_URGENTLY, edition, by=cast.urgent_author, seen_hash=read)


def test_approved_edition_changed_behind_the_workflow_is_not_published(cast: Cast):
    edition = factories.approved(cast)
    Edition.objects.filter(pk=edition.pk).update(summary="Slipped in.")

    with pytest.raises(TransitionRefused, match="no longer what was approved"):
        perform(Action.PUBLISH, edition, by=cast.author)


def test_warning_needs_the_approvers_written_reason(cast: Cast):
    edition = factories.submitted(cast, summary="Call 07700 900123.")

    with pytest.raises(TransitionRefused, match="Say why it may be published"):
        perform(Action.APPROVE, edition, by=cast.approver, seen_hash=content_hash(edition))

    approved = perform(
        Action.APPROVE, edition, by=cast.approver, seen_hash=content_hash(edition), note="The helpline."
    )
    assert (approved.status, approved.approval_reason) == (Status.APPROVED, "The helpline.")

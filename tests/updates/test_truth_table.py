"""The workflow as a table: every status × action × person, and nothing else is allowed."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from tests.factories import Cast
from tests.updates import stages
from updates.content import content_hash
from updates.enums import Status
from updates.models import Edition
from updates.transitions import TRANSITIONS, Action
from updates.workflow import TransitionRefused, available, perform

WRITERS = {
    "author",
    "second author",
    "urgent author",
    "author and approver",
    "author and approver who wrote some",
}
APPROVERS = {"approver", "author and approver", "author and approver who wrote some"}
WROTE_NOTHING = {"approver", "author and approver"}
EITHER = WRITERS | APPROVERS
BEAT = {"beat"}

D, S, R, A, C = Status.DRAFT, Status.SUBMITTED, Status.RETURNED, Status.APPROVED, Status.SCHEDULED
P, U, W, E = Status.PUBLISHED, Status.SUPERSEDED, Status.WITHDRAWN, Status.EXPIRED

# action → status it may start from → who may; the edition is an outage, and what is live went live urgently.
TABLE: dict[Action, dict[Status, set[str]]] = {
    Action.SUBMIT: {D: WRITERS, R: WRITERS},
    Action.TAKE_BACK: {S: WRITERS},
    Action.RETURN: {S: APPROVERS, A: APPROVERS, C: APPROVERS},
    Action.APPROVE: {S: WROTE_NOTHING},
    Action.SCHEDULE: {A: EITHER},
    Action.UNSCHEDULE: {C: EITHER},
    Action.PUBLISH: {A: EITHER},
    Action.PUBLISH_URGENTLY: {D: {"urgent author"}, R: {"urgent author"}, S: {"urgent author"}},
    Action.SECOND_CHECK: {P: WROTE_NOTHING, U: WROTE_NOTHING, W: WROTE_NOTHING, E: WROTE_NOTHING},
    Action.WITHDRAW: {P: EITHER, E: EITHER},
    Action.END: {P: EITHER},
    Action.DISCARD: {D: WRITERS, S: WRITERS, R: WRITERS, A: WRITERS, C: WRITERS},
    Action.PUBLISH_DUE: {C: BEAT},
    Action.HOLD_LATE: {C: BEAT},
    Action.VOID: {A: BEAT, C: BEAT},
    Action.EXPIRE: {P: BEAT},
}
LANDS_IN = {
    Action.SUBMIT: S,
    Action.TAKE_BACK: D,
    Action.RETURN: R,
    Action.APPROVE: A,
    Action.SCHEDULE: C,
    Action.UNSCHEDULE: A,
    Action.PUBLISH: P,
    Action.PUBLISH_URGENTLY: P,
    Action.WITHDRAW: W,
    Action.END: E,
    Action.DISCARD: Status.DISCARDED,
    Action.PUBLISH_DUE: P,
    Action.HOLD_LATE: A,
    Action.VOID: S,
    Action.EXPIRE: E,
}


class _Undo(Exception):
    """Takes a move back, so that the next one meets the same edition."""


def outcome(action: Action, edition: Edition, by: User | None, seen_hash: str) -> str | None:
    """Return the status the move leads to, or None when it is refused; nothing is kept."""
    ahead = timezone.now() + timedelta(days=2)
    landed = None
    try:
        with transaction.atomic():
            landed = perform(
                action,
                edition,
                by=by,
                note="A reason.",
                seen_hash=seen_hash,
                publish_at=ahead if action == Action.SCHEDULE else edition.publish_at,
            ).status
            raise _Undo
    except (_Undo, TransitionRefused):
        return landed


def test_table_names_every_action():
    assert set(TABLE) == set(Action) == set(TRANSITIONS)


@pytest.mark.parametrize("status", list(Status))
def test_exactly_the_table_is_allowed(status: Status, cast: Cast):
    people = stages.people(cast)
    edition = stages.edition_in(status, cast, also_by=people["author and approver who wrote some"])

    seen_hash = content_hash(edition)
    allowed = {
        (action, name): landed
        for action in Action
        for name, person in people.items()
        if (landed := outcome(action, edition, person, seen_hash)) is not None
    }

    assert allowed == {
        (action, name): LANDS_IN.get(action, status)
        for action, by_status in TABLE.items()
        for name in by_status.get(status, set())
    }


@pytest.mark.parametrize("status", list(Status))
def test_offered_buttons_are_the_allowed_moves(status: Status, cast: Cast):
    people = stages.people(cast)
    edition = stages.edition_in(status, cast, also_by=people["author and approver who wrote some"])

    offered = {
        name: {move.action for move in available(edition, person)}
        for name, person in people.items()
        if person
    }

    assert offered == {
        name: {action for action, by_status in TABLE.items() if name in by_status.get(status, set())}
        for name in offered
    }

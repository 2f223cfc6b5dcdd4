"""What the clock does: on time, too late, changed since, and across the days the clocks change."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from audit.models import Event
from tests import factories
from tests.factories import Cast
from updates import signals
from updates.due import run_due
from updates.enums import Status
from updates.models import Edition
from updates.transitions import Action
from updates.workflow import TransitionRefused, perform

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def scheduled(cast: Cast, at: datetime, kind: str = "general", **fields) -> Edition:
    return perform(Action.SCHEDULE, factories.approved(cast, kind, **fields), by=cast.author, publish_at=at)


def fresh(edition: Edition) -> Edition:
    return Edition.objects.select_related("notice").get(pk=edition.pk)


@pytest.fixture
def at_noon():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


def test_scheduled_edition_goes_live_at_its_time(cast: Cast, at_noon):
    edition = scheduled(cast, NOON + timedelta(hours=1))
    assert run_due()["published"] == 0

    at_noon.move_to(NOON + timedelta(hours=1))
    done = run_due()

    live = fresh(edition)
    assert (done["published"], live.status, live.published_at, live.published_by) == (
        1,
        Status.PUBLISHED,
        NOON + timedelta(hours=1),
        None,
    )


def test_due_run_twice_publishes_once(cast: Cast, at_noon):
    edition = scheduled(cast, NOON + timedelta(minutes=1))
    at_noon.move_to(NOON + timedelta(minutes=2))

    run_due()
    run_due()

    assert Event.objects.filter(action="edition.publish_due", target_id=str(edition.pk)).count() == 1


@pytest.mark.parametrize(("minutes", "status"), [(10, Status.PUBLISHED), (11, Status.APPROVED)])
def test_more_than_ten_minutes_late_is_held_for_a_person(cast: Cast, at_noon, minutes, status):
    edition = scheduled(cast, NOON + timedelta(hours=1))
    at_noon.move_to(NOON + timedelta(hours=1, minutes=minutes))

    run_due()

    assert fresh(edition).status == status


def test_held_edition_says_why(cast: Cast, at_noon):
    edition = scheduled(cast, NOON + timedelta(hours=1))
    at_noon.move_to(NOON + timedelta(hours=3))

    run_due()

    held = fresh(edition)
    assert (held.publish_at, "a person decides" in held.status_note) == (None, True)


def test_content_changed_since_approval_voids_it(cast: Cast, at_noon):
    edition = scheduled(cast, NOON + timedelta(hours=1))
    Edition.objects.filter(pk=edition.pk).update(summary="Slipped in.")
    at_noon.move_to(NOON + timedelta(hours=1))

    run_due()

    voided = fresh(edition)
    assert (voided.status, voided.approved_by, voided.approved_hash, voided.publish_at) == (
        Status.SUBMITTED,
        None,
        "",
        None,
    )


def test_schedule_moved_since_the_beat_looked_is_left_alone(cast: Cast, at_noon):
    seen = scheduled(cast, NOON + timedelta(hours=1))
    later = NOON + timedelta(hours=5)
    perform(Action.UNSCHEDULE, seen, by=cast.author)
    perform(Action.SCHEDULE, seen, by=cast.author, publish_at=later)

    with pytest.raises(TransitionRefused, match="time was changed"):
        perform(Action.PUBLISH_DUE, seen, by=None, publish_at=seen.publish_at)

    assert (fresh(seen).status, fresh(seen).publish_at) == (Status.SCHEDULED, later)


def test_scheduled_edition_of_a_notice_withdrawn_meanwhile_is_held(cast: Cast, at_noon):
    live = factories.published(cast, "general")
    newer = factories.next_edition(cast, live)
    perform(Action.SUBMIT, newer, by=cast.author)
    perform(Action.APPROVE, newer, by=cast.approver, seen_hash=_hash(newer))
    perform(Action.SCHEDULE, newer, by=cast.author, publish_at=NOON + timedelta(hours=1))
    perform(Action.WITHDRAW, live, by=cast.author, note="Wrong.")
    at_noon.move_to(NOON + timedelta(hours=1))

    run_due()

    assert (fresh(newer).status, "withdrawn" in fresh(newer).status_note) == (Status.APPROVED, True)


def _hash(edition: Edition) -> str:
    from updates.content import content_hash

    return content_hash(edition)


def test_one_edition_that_fails_does_not_stop_the_next(cast: Cast, at_noon, caplog):
    first = scheduled(cast, NOON + timedelta(minutes=1))
    second = scheduled(cast, NOON + timedelta(minutes=1))

    def breaks(edition: Edition, **_kwargs):
        if edition.pk == first.pk:
            raise RuntimeError("a room above has a bug")

    signals.notice_published.connect(breaks)
    try:
        at_noon.move_to(NOON + timedelta(minutes=1))
        done = run_due()
    finally:
        signals.notice_published.disconnect(breaks)

    assert (done["published"], fresh(first).status, fresh(second).status) == (
        1,
        Status.SCHEDULED,
        Status.PUBLISHED,
    )


def test_event_that_is_over_ends(cast: Cast, at_noon):
    edition = factories.published(cast, "event")
    at_noon.move_to(NOON + timedelta(days=4))

    run_due()

    assert (fresh(edition).status, fresh(edition).notice.ended_at) == (
        Status.EXPIRED,
        NOON + timedelta(days=4),
    )


def test_notice_ends_at_its_time(cast: Cast, at_noon):
    edition = factories.published(cast, "general", expires_at=NOON + timedelta(hours=1))
    at_noon.move_to(NOON + timedelta(hours=1))

    assert (run_due()["expired"], fresh(edition).status) == (1, Status.EXPIRED)


def test_second_check_not_made_becomes_overdue_once(cast: Cast, at_noon):
    edition = perform(Action.PUBLISH_URGENTLY, factories.draft(cast), by=cast.urgent_author)
    at_noon.move_to(NOON + timedelta(hours=2))

    counts = [run_due()["overdue"], run_due()["overdue"]]

    assert (counts, fresh(edition).second_check_overdue_at) == ([1, 0], NOON + timedelta(hours=2))


@pytest.mark.parametrize(
    ("local", "instant"),
    [
        ("2027-03-28T02:30+01:00", datetime(2027, 3, 28, 1, 30, tzinfo=UTC)),
        ("2026-10-25T01:30+01:00", datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
        ("2026-10-25T01:30+00:00", datetime(2026, 10, 25, 1, 30, tzinfo=UTC)),
    ],
)
def test_schedule_on_a_clock_change_day_happens_at_its_one_instant(cast: Cast, local, instant):
    with time_machine.travel(instant - timedelta(days=1), tick=False) as traveller:
        edition = scheduled(cast, datetime.fromisoformat(local))
        traveller.move_to(instant - timedelta(minutes=1))
        before = run_due()["published"]
        traveller.move_to(instant)

        assert (before, run_due()["published"], fresh(edition).status) == (0, 1, Status.PUBLISHED)


def test_schedule_in_the_past_is_refused(cast: Cast):
    edition = factories.approved(cast)

    with pytest.raises(TransitionRefused, match="still ahead"):
        perform(Action.SCHEDULE, edition, by=cast.author, publish_at=timezone.now())

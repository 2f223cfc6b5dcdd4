"""Two people at once, on PostgreSQL with two connections: one wins, one is told, nothing is done twice."""

import threading
from collections.abc import Callable

import pytest
from django.db import connection

from accounts.models import User
from audit.models import Event
from audit.verify import verify
from tests import factories
from tests.factories import Cast
from updates import drafting
from updates.content import content_hash
from updates.due import run_due
from updates.enums import Status
from updates.models import Edition
from updates.transitions import Action
from updates.workflow import TransitionRefused, perform

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def _needs_postgres(postgres_url):
    if connection.vendor != "postgresql":
        pytest.skip("two writers at once mean nothing on SQLite")


def at_once(*tasks: Callable[[], object]) -> list[object]:
    """Run the tasks in threads that start together; return each one's result or exception."""
    start = threading.Barrier(len(tasks))
    results: list[object] = [None] * len(tasks)

    def run(place: int, task: Callable[[], object]) -> None:
        try:
            start.wait(10)
            results[place] = task()
        except Exception as error:
            results[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=each) for each in enumerate(tasks)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return results


def outcomes(results: list[object]) -> list[str]:
    return sorted(type(result).__name__ for result in results)


def test_two_approvals_at_once_leave_one(cast: Cast, both: User):
    edition = factories.submitted(cast)
    read = content_hash(edition)

    results = at_once(
        *(
            lambda by=by: perform(Action.APPROVE, edition, by=by, seen_hash=read)
            for by in (cast.approver, both)
        )
    )

    refused = next(result for result in results if isinstance(result, TransitionRefused))
    first = Edition.objects.get(pk=edition.pk).approved_by
    assert (outcomes(results), str(refused)) == (
        ["Edition", "TransitionRefused"],
        f"Already approved, by {first}.",
    )


def test_publish_clicked_by_five_at_once_happens_once(cast: Cast):
    edition = factories.approved(cast)

    results = at_once(*[lambda: perform(Action.PUBLISH, edition, by=cast.author)] * 5)

    assert outcomes(results) == ["Edition"] + ["TransitionRefused"] * 4
    assert Event.objects.filter(action="edition.publish").count() == 1


def test_approve_and_take_back_at_once_leave_one_of_the_two(cast: Cast):
    edition = factories.submitted(cast)
    read = content_hash(edition)

    results = at_once(
        lambda: perform(Action.APPROVE, edition, by=cast.approver, seen_hash=read),
        lambda: perform(Action.TAKE_BACK, edition, by=cast.author),
    )

    assert outcomes(results) == ["Edition", "TransitionRefused"]
    assert Edition.objects.get(pk=edition.pk).status in {Status.APPROVED, Status.DRAFT}


def test_two_editors_at_once_one_is_told_and_loses_nothing(cast: Cast):
    edition = factories.draft(cast)

    def save(by: User) -> Edition:
        return drafting.save_draft(
            edition, seen_version=edition.version, by=by, fields={"summary": f"By {by}."}
        )

    results = at_once(lambda: save(cast.author), lambda: save(cast.second_author))

    told = next(result for result in results if isinstance(result, drafting.DraftChanged))
    saved = Edition.objects.get(pk=edition.pk)
    assert (outcomes(results), told.current.summary, saved.version) == (
        ["DraftChanged", "Edition"],
        saved.summary,
        edition.version + 1,
    )


def test_two_people_starting_the_next_edition_share_one(cast: Cast):
    live = factories.published(cast)

    results = at_once(
        *(
            lambda by=by: drafting.start_edition(live.notice, by=by)
            for by in (cast.author, cast.second_author)
        )
    )

    assert (results[0] == results[1], Edition.objects.filter(notice=live.notice).count()) == (True, 2)


def test_saving_and_submitting_at_once_never_submits_words_nobody_saw_saved(cast: Cast):
    edition = factories.draft(cast)

    results = at_once(
        lambda: drafting.save_draft(
            edition, seen_version=edition.version, by=cast.second_author, fields={"summary": "Late words."}
        ),
        lambda: perform(Action.SUBMIT, edition, by=cast.author),
    )

    saved = Edition.objects.get(pk=edition.pk)
    was_saved = not isinstance(results[0], drafting.DraftClosed)
    assert (saved.status, saved.summary == "Late words.") == (Status.SUBMITTED, was_saved)


def test_two_beats_at_once_publish_once(cast: Cast):
    from django.utils import timezone

    edition = factories.approved(cast)
    Edition.objects.filter(pk=edition.pk).update(status=Status.SCHEDULED, publish_at=timezone.now())

    at_once(run_due, run_due)

    assert Edition.objects.get(pk=edition.pk).status == Status.PUBLISHED
    assert Event.objects.filter(action="edition.publish_due").count() == 1


def test_trail_holds_after_many_moves_at_once(cast: Cast):
    editions = [factories.draft(cast) for _each in range(4)]

    results = at_once(*(lambda each=each: perform(Action.SUBMIT, each, by=cast.author) for each in editions))

    assert outcomes(results) == ["Edition"] * 4
    assert verify().is_whole

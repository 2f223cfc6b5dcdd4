"""What the beat marks on the live edition: missed promises and estimates, begun works, long restored."""

from datetime import timedelta

import pytest

from tests.factories import Cast
from tests.updates.outages.conftest import START, live_at, then
from tests.updates.public.conftest import read, words  # noqa: F401 the fixture
from updates.enums import Status
from updates.models import Edition, Notice, OutageDetail

HOUR = timedelta(hours=1)
SECOND = timedelta(seconds=1)


def detail(edition: Edition) -> OutageDetail:
    return OutageDetail.objects.get(pk=edition.pk)


@pytest.mark.parametrize(("after", "is_missed"), [(HOUR - SECOND, False), (HOUR, True)])
def test_promise_is_missed_at_its_time(cast: Cast, due_at, after, is_missed):
    live = live_at(cast, next_update_by_at=START + HOUR)

    due_at(START + after)

    assert (detail(live).update_missed_at is not None) == is_missed


def test_missed_promise_stands_on_the_page_until_the_update_comes(cast: Cast, due_at, read):  # noqa: F811
    live = live_at(cast, next_update_by_at=START + HOUR)
    address = live.notice.get_absolute_url()
    notes = "//dd[@class='cp-answers__note']"
    due_at(START + HOUR)

    assert "Sunday 22 November. We are late with it." in words(read(address), notes)
    then(cast, live, START + 2 * HOUR, next_update_by_at=START + 3 * HOUR)
    assert "Sunday 22 November. We have kept 0 of 1 so far." in words(read(address), notes)


@pytest.mark.parametrize(
    ("state", "stage", "is_missed"),
    [
        ("repairing", "local", True),
        ("repairing", "assessing", False),
        ("planned", "local", False),
        ("restored", "local", False),
    ],
)
def test_estimate_is_missed_only_where_one_was_given(cast: Cast, due_at, state, stage, is_missed):
    live = live_at(cast, state=state, estimate_to_at=START + HOUR, estimate_stage=stage)

    due_at(START + HOUR)

    assert (detail(live).estimate_missed_at is not None) == is_missed


def test_planned_works_are_said_to_have_begun_once_their_start_has_passed(cast: Cast, due_at, read):  # noqa: F811
    live = live_at(cast, state="planned", planned_from_at=START + HOUR, planned_to_at=START + 3 * HOUR)
    address, heading = live.notice.get_absolute_url(), "//h2[@id='panel-heading']"

    assert words(read(address), heading) == ["Planned"]
    due_at(START + HOUR)
    assert words(read(address), heading) == ["Planned to have started"]


@pytest.mark.parametrize(("after", "is_over"), [(48 * HOUR - SECOND, False), (48 * HOUR, True)])
def test_restored_outage_ends_after_two_days(cast: Cast, due_at, after, is_over):
    live = live_at(cast, state="restored", restored_at=START)

    due_at(START + after)

    ended = Notice.objects.get(pk=live.notice_id).ended_at
    status = Edition.objects.get(pk=live.pk).status
    assert (ended is not None, status) == (is_over, Status.EXPIRED if is_over else Status.PUBLISHED)


def test_outage_that_is_not_restored_never_ends_by_itself(cast: Cast, due_at):
    live = live_at(cast, state="monitoring")

    due_at(START + 500 * HOUR)

    assert Notice.objects.get(pk=live.notice_id).ended_at is None

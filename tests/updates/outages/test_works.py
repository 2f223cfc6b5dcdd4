"""Planned works: moved ones say so in the title and strike the old window through; done ones say how."""

from datetime import timedelta

import pytest

from tests.factories import Cast
from tests.updates.outages.conftest import START, live_at, then
from tests.updates.public.conftest import read, words  # noqa: F401 the fixture
from updates.models import Edition

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)


def planned(cast: Cast) -> Edition:
    window = {"planned_from_at": START + 3 * DAY, "planned_to_at": START + 3 * DAY + 4 * HOUR}
    return live_at(cast, state="planned", title="Water off in Mill Lane", **window)


def moved(cast: Cast, live: Edition) -> Edition:
    window = {"planned_from_at": START + 5 * DAY, "planned_to_at": START + 5 * DAY + 4 * HOUR}
    return then(cast, live, START + DAY, **window)


def headline(edition: Edition) -> str:
    return Edition.objects.get(pk=edition.pk).headline


def test_moved_works_say_so_in_the_title(cast: Cast):
    live = planned(cast)

    assert headline(live) == "Water off in Mill Lane"
    assert headline(moved(cast, live)) == "Rescheduled: Water off in Mill Lane"


def test_works_stay_moved_through_a_small_change(cast: Cast):
    later = then(cast, moved(cast, planned(cast)), START + 2 * DAY, advice="Fill a jug.")

    assert headline(later) == "Rescheduled: Water off in Mill Lane"


def test_works_that_have_begun_are_no_longer_called_moved(cast: Cast):
    begun = then(cast, moved(cast, planned(cast)), START + 5 * DAY, state="repairing")

    assert headline(begun) == "Water off in Mill Lane"


def test_old_window_is_struck_through(cast: Cast, read):  # noqa: F811
    live = moved(cast, planned(cast))
    page = read(live.notice.get_absolute_url())

    panel = words(page, "//section[@aria-labelledby='panel-heading']//del")
    timeline = words(page, "//ol[contains(@class, 'cp-timeline')]//del")
    assert panel == ["Wed 25 Nov, 2pm to 6pm"]
    assert timeline == ["was Wed 25 Nov, 2pm to 6pm"]


@pytest.mark.parametrize(
    ("over", "expected"),
    [
        (-HOUR, "60 minutes early"),
        (timedelta(minutes=14), "on time"),
        (2 * HOUR, "2 hours late"),
    ],
)
def test_done_works_say_whether_they_were_done_in_time(cast: Cast, read, over, expected):  # noqa: F811
    live = planned(cast)
    end = START + 3 * DAY + 4 * HOUR
    done = then(cast, live, end + over, state="restored", restored_at=end + over)
    page = read(done.notice.get_absolute_url())

    assert words(page, "//h2[@id='panel-heading']") == ["Works finished"]
    assert expected in words(page, "//dd[@class='cp-answers__big']")

"""The figures of the last 90 days, against histories made by hand."""

import csv
import io
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client

from tests import factories
from tests.factories import Cast
from tests.updates.outages.conftest import live_at, then
from tests.updates.public.conftest import read, words  # noqa: F401 the fixture
from updates.models import Edition, ToldUntil
from updates.outages import history
from updates.transitions import Action
from updates.workflow import perform

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)
UNTIL = date(2026, 11, 21)


@pytest.fixture(autouse=True)
def _until(db):
    ToldUntil.objects.create(day_on=UNTIL)


def outage(cast: Cast, start: datetime = NOON, hours: float = 4, *, first=None, last=None, service="water"):
    """An outage that lasted `hours`; `first` and `last` are estimates in hours after its start."""
    stage = {"estimate_stage": "area"}
    said = {"estimate_to_at": start + first * HOUR, **stage} if first is not None else {}
    live = live_at(cast, start, service=service, since_at=start, next_update_by_at=start + 2 * HOUR, **said)
    if last is not None:
        moved = {"estimate_to_at": start + last * HOUR, "estimate_stage": "revised"}
        live = then(cast, live, start + HOUR, next_update_by_at=start + 2 * HOUR, **moved)
    end = start + hours * HOUR
    return then(cast, live, end, state="restored", restored_at=end)


def told() -> history.Told:
    period = history.period()
    assert period is not None
    return history.tell(period, history.stories(period))


def test_period_is_ninety_whole_days():
    period = history.period()

    assert (period.first_on, period.last_on) == (date(2026, 8, 24), UNTIL)
    # The first day began in summer time.
    assert period.starts_at.astimezone(UTC) == datetime(2026, 8, 23, 23, tzinfo=UTC)
    assert period.ends_at.astimezone(UTC) == datetime(2026, 11, 22, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("end", "is_in"),
    [
        (datetime(2026, 8, 23, 22, 59, tzinfo=UTC), False),
        (datetime(2026, 8, 23, 23, 0, tzinfo=UTC), True),
        (datetime(2026, 11, 21, 23, 59, tzinfo=UTC), True),
        (datetime(2026, 11, 22, 0, 0, tzinfo=UTC), False),
    ],
)
def test_outage_counts_on_the_day_it_was_restored(cast: Cast, end, is_in):
    outage(cast, end - 4 * HOUR)

    assert len(told().stories) == int(is_in)


def test_figures_of_three_outages(cast: Cast):
    outage(cast, NOON, 4, first=3, last=5)
    outage(cast, NOON + DAY, 2, first=2)
    outage(cast, NOON + 2 * DAY, 9)

    found = told().all

    assert (found.number, found.median, found.longest.lasted) == (3, 4 * HOUR, 9 * HOUR)
    assert (found.first_held, found.last_held) == ((1, 2), (2, 2))
    # Of four promises, the first outage kept one of two, the second its one, the third missed its own.
    assert found.promises == (2, 4)


def test_figures_are_told_by_service(cast: Cast):
    outage(cast, NOON, 4)
    outage(cast, NOON + DAY, 6, service="roads")

    assert [(str(row.label), row.number, row.median) for row in told().services] == [
        ("Water", 1, 4 * HOUR),
        ("Roads", 1, 6 * HOUR),
    ]


def test_estimate_first_said_when_it_was_back_is_no_estimate(cast: Cast):
    live = live_at(cast, NOON, since_at=NOON)
    end = NOON + HOUR
    detail = {"restored_at": end, "estimate_to_at": end + HOUR, "estimate_stage": "local"}
    then(cast, live, end, state="restored", **detail)

    assert told().all.first_held == (0, 0)


@pytest.mark.parametrize(("over", "counts"), [(-2, (1, 0, 0)), (0, (0, 1, 0)), (2, (0, 0, 1))])
def test_planned_works_are_told_apart_from_outages(cast: Cast, over, counts):
    start, end = NOON + 3 * DAY, NOON + 3 * DAY + 4 * HOUR
    live = live_at(cast, NOON, state="planned", planned_from_at=start, planned_to_at=end)
    done = end + over * HOUR
    then(cast, live, done, state="restored", restored_at=done)

    found = told()
    assert found.all.number == 0
    assert (found.works.early, found.works.on_time, found.works.late) == counts


def test_withdrawn_outage_says_nothing(cast: Cast):
    last = outage(cast)
    perform(Action.WITHDRAW, Edition.objects.get(pk=last.pk), by=cast.author, note="A mistake.")

    assert told().stories == []


def test_weeks_end_with_the_period_and_hold_every_outage(cast: Cast):
    for end in (datetime(2026, 11, 21, 20, tzinfo=UTC), datetime(2026, 11, 14, 20, tzinfo=UTC)):
        outage(cast, end - HOUR, 1)
    period = history.period()

    weeks = history.weeks(period, history.stories(period))

    assert (weeks[0][0], weeks[-2], weeks[-1]) == (
        date(2026, 8, 24),
        (date(2026, 11, 8), 1),
        (date(2026, 11, 15), 1),
    )
    assert (len(weeks), sum(number for _start, number in weeks)) == (13, 2)


def test_page_shows_the_figures_and_leads_to_each_notice(cast: Cast, read):  # noqa: F811
    last = outage(cast, NOON, 4, first=3, last=5)

    page = read("/outages/history/")

    assert words(page, "//p[@class='cp-metric__number']") == ["1", "4 hours", "0 of 1", "1 of 2"]
    assert last.notice.get_absolute_url() in page.xpath("//main//a/@href")
    assert len(page.xpath("//*[local-name()='svg'][@class='cp-chart']")) == 1


@pytest.mark.parametrize("has_run", [True, False])
def test_empty_history_says_so(read, has_run):  # noqa: F811
    if not has_run:
        ToldUntil.objects.all().delete()

    assert words(read("/outages/history/"), "//div[@class='cp-empty']/h2") == ["Nothing to tell yet"]


def test_file_holds_the_same_and_runs_no_formula(cast: Cast, client: Client):
    start = NOON
    live = live_at(cast, start, title="=SUM(A1) is off", since_at=start)
    then(cast, live, start + HOUR, state="restored", restored_at=start + HOUR)

    answer = client.get("/outages/history.csv")

    [row] = csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")))
    assert (row["title"], row["minutes"], row["first_estimate_held"]) == ("'=SUM(A1) is off", "60", "")


def test_page_asks_as_many_queries_for_many_as_for_one(cast: Cast, client: Client, django_assert_num_queries):
    outage(cast)
    with django_assert_num_queries(5):
        client.get("/outages/history/")
    for number in range(6):
        outage(cast, NOON + number * DAY)
    with django_assert_num_queries(5):
        client.get("/outages/history/")


def test_beat_moves_the_last_day_on_after_midnight_by_the_councils_clock(due_at):
    for at, day in [
        (datetime(2026, 11, 23, 0, 0, tzinfo=UTC), date(2026, 11, 22)),
        # Half past eleven in UTC is past midnight in summer.
        (datetime(2027, 7, 1, 23, 30, tzinfo=UTC), date(2027, 7, 1)),
        # A clock that was put back does not take days away.
        (datetime(2026, 1, 1, tzinfo=UTC), date(2027, 7, 1)),
    ]:
        due_at(at)
        assert ToldUntil.objects.get().day_on == day


def test_only_outages_are_told(cast: Cast):
    factories.published(cast, "general")

    assert told().stories == []

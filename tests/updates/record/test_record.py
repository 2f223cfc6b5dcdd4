"""The public record: hand-made histories with known figures, and the same counted again another way."""

import csv
import io
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from accounts.enums import Kind
from look.months import Month
from social.models import Delivery
from social.record import lines_of
from tests import factories
from tests.factories import Cast
from tests.social.connected import connect
from tests.updates.public.conftest import update, words
from updates.content import content_hash
from updates.models import Edition, OutageDetail
from updates.record import cases, measures, months
from updates.record.cases import Case
from updates.record.measures import MEASURES
from updates.record.months import Period
from updates.record.words import middle, nine_in_ten, percent, took
from updates.transitions import Action
from updates.workflow import perform

START = datetime(2026, 10, 5, 9, 0, tzinfo=UTC)
OCTOBER = Period((Month(2026, 10),))
_OF = {measure.key: measure for measure in MEASURES}


def at(minutes: float) -> time_machine.travel:
    return time_machine.travel(START + timedelta(minutes=minutes), tick=False)


def summed(key: str, period: Period = OCTOBER) -> measures.Summary:
    measure = _OF[key]
    return measures.summary(measure, measure.find(period.starts_at, period.ends_at))


def live_after(cast: Cast, minutes: float, begin: float = 0) -> Edition:
    """Publish a notice `minutes` after it was approved."""
    with at(begin):
        approved = factories.approved(cast, Kind.GENERAL)
    with at(begin + minutes):
        return perform(Action.PUBLISH, approved, by=cast.author)


def test_time_to_live_is_counted_from_approval(cast):
    for minutes in (1, 2, 3, 10, 60):
        live_after(cast, minutes)

    said = summed("live")

    assert (said.words, said.number, said.value) == ("3 minutes", 5, 180.0)
    assert said.note == "Half took no longer. Nine in ten took no longer than 60 minutes."


def test_scheduled_notice_counts_from_its_time(cast):
    with at(0):
        approved = factories.approved(cast, Kind.GENERAL)
        planned = START + timedelta(hours=10)
        perform(Action.SCHEDULE, approved, by=cast.author, publish_at=planned)
    with at(602):
        waiting = Edition.objects.select_related("notice__team").get(pk=approved.pk)
        perform(Action.PUBLISH_DUE, waiting, by=None, publish_at=planned)

    [case] = cases.to_live(OCTOBER.starts_at, OCTOBER.ends_at)

    assert case.took == timedelta(minutes=2)


def test_urgent_publication_stands_among_the_second_checks_only(cast):
    with at(0):
        urgent(cast)

    assert (summed("live").number, len(cases.second_checks(OCTOBER.starts_at, OCTOBER.ends_at))) == (0, 1)


def urgent(cast: Cast) -> Edition:
    return perform(Action.PUBLISH_URGENTLY, factories.draft(cast), by=cast.urgent_author)


def checked(cast: Cast, edition: Edition) -> None:
    perform(Action.SECOND_CHECK, edition, by=cast.approver, seen_hash=content_hash(edition))


@pytest.mark.parametrize(
    ("after", "overdue", "held"),
    [(30, False, True), (120, False, True), (121, True, False), (None, True, False), (None, False, None)],
)
def test_second_check_is_in_time_or_not_or_still_open(cast, after, overdue, held):
    with at(0):
        edition = urgent(cast)
    if after is not None:
        with at(after):
            checked(cast, edition)
    if overdue:
        Edition.objects.filter(pk=edition.pk).update(second_check_overdue_at=START + timedelta(hours=2))

    [case] = cases.second_checks(OCTOBER.starts_at, OCTOBER.ends_at)

    assert (case.held, case.took) == (held, None if after is None else timedelta(minutes=after))


def promising(cast: Cast, due: float) -> Edition:
    """Publish an outage now that promises an update at `due` minutes."""
    live = factories.published(cast)
    OutageDetail.objects.filter(pk=live.pk).update(next_update_by_at=START + timedelta(minutes=due))
    return live


def _newer(cast: Cast, live: Edition) -> None:
    update(cast, live, change_note="News.")


def _newer_restored(cast: Cast, live: Edition) -> None:
    now = datetime.now(UTC)
    update(cast, live, {"service": "water", "state": "restored", "restored_at": now}, change_note="Back.")


def _ended(cast: Cast, live: Edition) -> None:
    perform(Action.END, live, by=cast.author)


def _withdrawn(cast: Cast, live: Edition) -> None:
    perform(Action.WITHDRAW, live, by=cast.author, note="Wrong street.")


@pytest.mark.parametrize("happens", [_newer, _newer_restored, _ended, _withdrawn])
@pytest.mark.parametrize(("when", "held"), [(59, True), (60, True), (61, False)])
def test_promise_is_kept_by_whatever_was_said_in_time(cast, happens, when, held):
    with at(0):
        live = promising(cast, 60)
    with at(when):
        happens(cast, live)

    first = cases.promises(OCTOBER.starts_at, OCTOBER.ends_at)[0]

    assert (first.held, first.at) == (held, START + timedelta(minutes=60))


@pytest.mark.parametrize(("is_marked", "held"), [(True, False), (False, None)])
def test_promise_nobody_answered_is_missed_once_the_beat_has_marked_it(cast, is_marked, held):
    with at(0):
        live = promising(cast, 60)
    if is_marked:
        OutageDetail.objects.filter(pk=live.pk).update(update_missed_at=START + timedelta(minutes=60))

    [case] = cases.promises(OCTOBER.starts_at, OCTOBER.ends_at)

    assert case.held is held


def test_promise_counts_in_the_month_it_fell_due(cast):
    with at(0):
        promising(cast, 60 * 24 * 27)

    november = Month(2026, 11)
    assert cases.promises(OCTOBER.starts_at, OCTOBER.ends_at) == []
    assert len(cases.promises(november.starts_at, november.moved(1).starts_at)) == 1


def test_draft_promises_nothing(cast):
    with at(0):
        draft = factories.draft(cast)
    OutageDetail.objects.filter(pk=draft.pk).update(next_update_by_at=START)

    assert cases.promises(OCTOBER.starts_at, OCTOBER.ends_at) == []


@pytest.mark.parametrize(("restored", "held"), [(119, True), (120, True), (150, False)])
def test_estimate_held_when_it_was_back_by_the_last_time_given(cast, restored, held):
    begun = {"service": "water", "state": "repairing", "since_at": START}
    with at(0):
        live = factories.published(cast)
    with at(10):
        said = {**begun, "estimate_to_at": START + timedelta(minutes=120), "estimate_stage": "local"}
        live = update(cast, live, said, change_note="We know now.")
    with at(restored):
        back = {"state": "restored", "restored_at": START + timedelta(minutes=restored)}
        update(cast, live, {**said, **back}, change_note="Back.")

    [case] = cases.estimates(OCTOBER.starts_at, OCTOBER.ends_at)

    assert (case.held, case.took) == (held, timedelta(minutes=restored))


def test_corrections_are_counted_with_how_long_it_stood_wrong(cast):
    for hours in (1, 2, 3, 4, 5):
        with at(0):
            live = factories.published(cast, Kind.GENERAL, title="The tip opens at nine")
        with at(60 * hours):
            update(cast, live, is_correction=True, title="The tip opens at ten")

    said = summed("corrections")

    assert (said.words, said.number) == ("5 corrections", 5)
    assert said.note == "Half of the wrong words stood no longer than 3 hours."


@pytest.mark.parametrize(
    ("held", "words_said", "note", "number"),
    [
        ([], "Too few to say", "", 0),
        ([True] * 4, "Too few to say", "4 of 4", 4),
        ([True] * 4 + [False], "80%", "4 of 5", 5),
        ([True] * 4 + [None] * 9, "Too few to say", "4 of 4", 4),
        ([True] * 299 + [False], "99%", "299 of 300", 300),
        ([False] * 5, "0%", "0 of 5", 5),
    ],
)
def test_share_says_nothing_of_too_few_and_never_rounds_up(held, words_said, note, number):
    found = [Case(START, None, held=each) for each in held]  # type: ignore[arg-type]

    said = measures.summary(_OF["promises"], found)

    assert (said.words, said.note, said.number) == (words_said, note, number)


def test_middle_and_nine_in_ten():
    lengths = [timedelta(minutes=minutes) for minutes in range(1, 11)]

    assert (middle(lengths), nine_in_ten(lengths)) == (timedelta(minutes=5.5), timedelta(minutes=9))
    assert (middle(lengths[:4]), nine_in_ten(lengths[:4]), percent(4, 4)) == (None, None, None)
    assert [took(timedelta(seconds=each)) for each in (0, 1, 90, 120, 7200)] == [
        "0 seconds",
        "1 second",
        "90 seconds",
        "2 minutes",
        "2 hours",
    ]


@pytest.mark.parametrize(
    ("moment", "key"),
    [
        (datetime(2026, 6, 30, 23, 30, tzinfo=UTC), "2026-07"),
        (datetime(2026, 11, 30, 23, 30, tzinfo=UTC), "2026-11"),
        (datetime(2026, 12, 31, 23, 59, 59, tzinfo=UTC), "2026-12"),
    ],
)
def test_month_is_the_councils(moment, key):
    assert Month.of(moment).key == key


def test_months_follow_each_other_without_a_gap():
    period = months.year_to(Month(2026, 3))

    assert [month.key for month in period.months][:3] == ["2025-04", "2025-05", "2025-06"]
    assert all(one.moved(1) == two for one, two in zip(period.months, period.months[1:], strict=False))
    assert period.months[0].starts_at == datetime(2025, 3, 31, 23, 0, tzinfo=UTC)


@pytest.fixture
def history(cast: Cast) -> None:
    """September: one notice. October: five at once; two urgent, one checked late; two promises, one kept."""
    with time_machine.travel(datetime(2026, 9, 15, 12, 0, tzinfo=UTC), tick=False):
        factories.published(cast, Kind.GENERAL, title="In September")
    for minutes in (1, 2, 3, 4, 5):
        live_after(cast, minutes)
    with at(0):
        first, second, kept, missed = urgent(cast), urgent(cast), promising(cast, 60), promising(cast, 30)
    with at(40):
        checked(cast, first)
        update(cast, kept, change_note="News.")
        update(cast, missed, change_note="News.")
    with at(300):
        checked(cast, second)


def test_page_shows_the_figures_of_the_history(read, history):
    page = read("/record/")

    row = words(page, "//tbody/tr[th//a[@href='/record/2026-10/']]/*")
    # Five waited 1 to 5 minutes; the two outages and their two updates were published at once.
    assert row == [
        "October 2026",
        "60 seconds",
        "Too few to say (1 of 2)",
        "–",
        "–",
        "Too few to say (1 of 2)",
    ]
    assert words(page, "//tbody/tr[1]/th") == ["October 2026"]
    assert len(page.xpath("//section[@aria-labelledby='months']//tbody/tr")) == 12


def test_page_equals_a_recount_from_the_rows(history):
    """Count without the record's code: plain loops over everything that was published."""
    editions = [each for each in Edition.objects.select_related("outage") if each.published_at]
    waits = [e.published_at - e.approved_at for e in editions if e.approved_at and e.published_at.month == 10]
    promised = [e for e in editions if hasattr(e, "outage") and e.outage.next_update_by_at]
    kept = 0
    for edition in promised:
        later = [e for e in editions if e.notice_id == edition.notice_id and e.number > edition.number]
        kept += bool(later) and min(e.published_at for e in later) <= edition.outage.next_update_by_at
    late = sum(e.second_check_at > e.second_check_due_at for e in editions if e.is_urgent)

    found = cases.promises(OCTOBER.starts_at, OCTOBER.ends_at)
    checks = cases.second_checks(OCTOBER.starts_at, OCTOBER.ends_at)
    assert sorted(c.took for c in cases.to_live(OCTOBER.starts_at, OCTOBER.ends_at)) == sorted(waits)
    # An update carries the promise over, so each of the two was made twice; the second is still open.
    assert sum(case.held is True for case in found) == kept
    assert [case.held for case in checks].count(False) == late


def test_month_lists_its_cases_with_their_notices(read, history):
    page = read("/record/2026-10/")

    rows = words(page, "//section[@aria-labelledby='checks']//tbody/tr")
    assert [row.split()[-1] for row in rows] == ["no", "yes"]
    [_earlier] = page.xpath("//a[@href='/record/2026-09/']")
    assert read("/record/2026-09/").xpath("//a[contains(., 'In September')]")


def test_month_nobody_published_in_before_or_after_is_not_found(client: Client, history):
    # In one test: the history takes longer to make than all of these to ask.
    months = ["2026-08", "2026-11", "2026-13", "2026-00", "0000-01", "9999-12"]
    addresses = [f"/record/{month}/{rest}" for month in months for rest in ("", "cases.csv")]

    assert {url: client.get(url).status_code for url in addresses} == dict.fromkeys(addresses, 404)


def test_csv_holds_every_month_and_every_case(client: Client, history):
    by_month = list(csv.DictReader(io.StringIO(client.get("/record/months.csv").content.decode("utf-8-sig"))))
    by_case = list(
        csv.DictReader(io.StringIO(client.get("/record/2026-10/cases.csv").content.decode("utf-8-sig")))
    )

    figures = {(row["Month"], row["Measure"]): row["Figure"] for row in by_month}
    assert figures["2026-10", "From approval to live"] == "60 seconds"
    assert [row["Held"] for row in by_case if row["Measure"] == "Second checks in time"] == ["Yes", "No"]
    assert sum(row["Measure"] == "From approval to live" for row in by_case) == 9


def test_empty_portal_has_an_honest_record(read, client: Client, db):
    assert (
        "Nothing has been published yet" in words(read("/record/"), "//div[contains(@class,'cp-empty')]")[0]
    )
    assert client.get("/record/months.csv").status_code == 200


def test_now_counts_what_is_owed(cast):
    with at(0):
        urgent(cast)
        late = urgent(cast)
        missed = promising(cast, 10)
    Edition.objects.filter(pk=late.pk).update(second_check_overdue_at=START)
    OutageDetail.objects.filter(pk=missed.pk).update(update_missed_at=START, estimate_missed_at=START)

    assert cases.now() == cases.Now(2, 1, 1, 1)


def test_page_asks_the_same_however_many_cases(client: Client, cast, history, django_assert_max_num_queries):
    counts = []
    for _round in range(2):
        with at(400):
            for _number in range(4):
                checked(cast, urgent(cast))
                update(cast, promising(cast, 500), is_correction=True, title="Other")
        for path in ("/record/", "/record/2026-10/"):
            with django_assert_max_num_queries(26) as asked:
                client.get(path)
            counts.append(len(asked))

    assert counts[:2] == counts[2:]


def sent(cast: Cast, seconds: float, status: str = "sent") -> Any:
    with at(0):
        live = factories.published(cast, Kind.GENERAL)
    row = live.deliveries.get()
    Delivery.objects.filter(pk=row.pk).update(
        status=status,
        remote_id="1" if status == "sent" else "",
        last_error="" if status == "sent" else "Refused.",
        sent_at=live.published_at + timedelta(seconds=seconds) if status == "sent" else None,
    )


def test_channels_tell_how_long_posts_took_and_which_failed(cast, read):
    connect("sandbox", base_url="", handle="riverbank", secret="", teams=[cast.team], by=cast.lead)
    for seconds in (2, 4, 6, 8, 600):
        sent(cast, seconds)
    sent(cast, 0, status="failed")

    [line] = lines_of(OCTOBER)

    assert (line.sent, line.middle, line.most, line.failed) == (5, "6 seconds", "10 minutes", 1)
    assert words(read("/record/2026-10/"), "//section[@aria-labelledby='channels']//tbody/tr/*")[1:] == [
        "5",
        "6 seconds",
        "10 minutes",
        "1",
    ]


def test_few_posts_say_nothing(cast):
    connect("sandbox", base_url="", handle="riverbank", secret="", teams=[cast.team], by=cast.lead)
    sent(cast, 2)

    assert [(line.sent, line.middle) for line in lines_of(OCTOBER)] == [(1, "Too few to say")]

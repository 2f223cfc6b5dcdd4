"""Which message is sent when, and what it refers to."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from accounts.enums import Kind
from tests import factories
from tests.factories import Cast
from tests.updates.public.conftest import update
from updates.content import content_hash
from updates.due import run_due
from updates.enums import AlertType, OutageState, Urgency
from updates.models import Alert, Edition
from updates.transitions import Action
from updates.workflow import perform

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 23, 7, 40, 12, 345678, tzinfo=UTC)


@pytest.fixture
def clock():
    """Stop the clock; a test moves it."""
    with time_machine.travel(MONDAY, tick=False) as traveller:
        yield traveller


def sent(live: Edition) -> list[tuple[str, str]]:
    """Return identifier (without the reference) and type of every message of the notice, oldest first."""
    alerts = Alert.objects.filter(notice=live.notice).order_by("pk")
    return [(alert.identifier.removeprefix(live.notice.reference), alert.message_type) for alert in alerts]


def current(live: Edition) -> list[str]:
    return [
        a.identifier.removeprefix(live.notice.reference) for a in live.notice.alerts.filter(is_current=True)
    ]


def restored(cast: Cast, live: Edition) -> Edition:
    return update(cast, live, {**factories.OUTAGE, "state": OutageState.RESTORED})


def test_outage_is_an_alert_and_its_next_edition_an_update(cast: Cast, clock) -> None:
    live = factories.published(cast)
    clock.shift(60)
    update(cast, live)

    first, second = Alert.objects.order_by("pk")

    assert sent(live) == [("-1", AlertType.ALERT), ("-2", AlertType.UPDATE)]
    assert first.references == ""
    assert second.references == (
        f"hello@riverbank.example,{live.notice.reference}-1,2026-11-23T07:40:12+00:00"
    )
    assert current(live) == ["-2"]


def test_update_refers_to_every_message_that_still_holds(cast: Cast, clock) -> None:
    live = factories.published(cast)
    clock.shift(timedelta(hours=20))
    update(cast, live)
    clock.shift(timedelta(hours=20))
    update(cast, live)
    clock.shift(60)
    update(cast, live)

    named = [alert.references.split(" ") for alert in Alert.objects.order_by("pk")]
    numbers = [[each.split(",")[1][-1] for each in references if each] for references in named]

    assert numbers == [[], ["1"], ["2"], ["2", "3"]]


def test_edition_after_everything_has_expired_is_a_new_alert(cast: Cast, clock) -> None:
    live = factories.published(cast)
    clock.shift(timedelta(hours=25))
    update(cast, live)

    assert sent(live) == [("-1", AlertType.ALERT), ("-2", AlertType.ALERT)]


def test_minor_edition_sends_nothing(cast: Cast) -> None:
    live = factories.published(cast)
    update(cast, live, is_minor=True)

    assert sent(live) == [("-1", AlertType.ALERT)]


@pytest.mark.parametrize("kind", [Kind.EVENT, Kind.PROJECT, Kind.GENERAL])
def test_what_is_neither_outage_nor_emergency_is_no_alert(cast: Cast, kind: str) -> None:
    assert sent(factories.published(cast, kind, urgency=Urgency.IMPORTANT)) == []


def test_emergency_of_any_kind_is_an_alert_until_it_is_none(cast: Cast) -> None:
    live = factories.published(cast, Kind.GENERAL, urgency=Urgency.EMERGENCY)
    update(cast, live, urgency=Urgency.NORMAL)
    update(cast, live, summary="More about it, in calm.")

    assert sent(live) == [("-1", AlertType.ALERT), ("-2", AlertType.UPDATE)]
    assert list(live.notice.alerts.order_by("pk").values_list("is_all_clear", flat=True)) == [False, True]


def test_minor_edition_that_makes_an_emergency_is_an_alert(cast: Cast) -> None:
    live = factories.published(cast, Kind.GENERAL)
    update(cast, live, urgency=Urgency.EMERGENCY, is_minor=True)

    assert sent(live) == [("-2", AlertType.ALERT)]


def test_restored_outage_is_all_clear_and_its_end_adds_nothing(cast: Cast) -> None:
    live = restored(cast, factories.published(cast))
    perform(Action.END, live, by=cast.author)

    assert sent(live) == [("-1", AlertType.ALERT), ("-2", AlertType.UPDATE)]
    assert current(live) == ["-2"]


def test_outage_first_told_when_it_was_over_is_no_alert(cast: Cast) -> None:
    live = factories.draft(cast)
    live.outage.state = OutageState.RESTORED
    live.outage.save()
    perform(Action.SUBMIT, live, by=cast.author)
    perform(Action.APPROVE, live, by=cast.approver, seen_hash=content_hash(live), note="Read it.")
    perform(Action.PUBLISH, live, by=cast.author)

    assert sent(live) == []


def test_all_clear_holds_as_long_as_what_it_clears(cast: Cast, clock) -> None:
    ends = MONDAY + timedelta(days=3)
    live = update(cast, factories.published(cast), {**factories.OUTAGE, "estimate_to_at": ends})
    restored(cast, live)

    assert list(Alert.objects.order_by("pk").values_list("expires_at", flat=True))[1:] == [ends, ends]


def test_withdrawn_notice_is_cancelled_once(cast: Cast) -> None:
    live = factories.published(cast)
    perform(Action.END, live, by=cast.author)
    perform(Action.WITHDRAW, live, by=cast.author, note="It was the other street.")

    assert sent(live) == [("-1", AlertType.ALERT), ("-1-cancel", AlertType.CANCEL)]
    assert current(live) == ["-1-cancel"]


def test_withdrawal_after_an_all_clear_is_told(cast: Cast) -> None:
    live = restored(cast, factories.published(cast))
    perform(Action.WITHDRAW, live, by=cast.author, note="It was the other street.")

    assert sent(live)[-1] == ("-2-cancel", AlertType.CANCEL)


def test_edition_after_an_end_takes_the_chain_up_again(cast: Cast) -> None:
    live = factories.published(cast)
    perform(Action.END, live, by=cast.author)
    update(cast, live)
    alert = Alert.objects.order_by("pk").last()

    assert sent(live)[1:] == [("-1-cancel", AlertType.CANCEL), ("-2", AlertType.UPDATE)]
    assert alert and len(alert.references.split(" ")) == 2


def test_notice_that_ends_at_its_time_needs_no_cancel(cast: Cast, clock) -> None:
    live = factories.published(cast, expires_at=MONDAY + timedelta(hours=2))
    clock.shift(timedelta(hours=2, seconds=30))
    done = run_due()

    assert (done["expired"], done["alerts"]) == (1, 1)
    assert sent(live) == [("-1", AlertType.ALERT)]
    assert current(live) == []

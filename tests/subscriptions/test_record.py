"""The mail's line in the public record: hand-made mailings with known figures."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client

from look.months import Month
from outbox.enums import Status
from subscriptions.models import Batch
from subscriptions.record import line_of
from tests import factories
from tests.subscriptions.conftest import subscriber
from updates.record.months import Period

START = datetime(2026, 10, 5, 9, 0, tzinfo=UTC)
OCTOBER = Period((Month(2026, 10),))


@pytest.fixture
def reader(db):
    return subscriber()


def mailed(cast, seconds: float, status: str = Status.SENT) -> None:
    """Publish a notice whose one batch was sent `seconds` after it went live."""
    with time_machine.travel(START, tick=False):
        edition = factories.published(cast)
    remote = {"remote_id": "batch"} if status == Status.SENT else {"last_error": "No."}
    sent_at = START + timedelta(seconds=seconds) if status == Status.SENT else None
    Batch.objects.filter(mailing__edition=edition).update(status=status, sent_at=sent_at, **remote)


def test_time_from_live_to_the_last_mail_is_told(cast, reader):
    for seconds in (3, 4, 5, 60, 600):
        mailed(cast, seconds)
    mailed(cast, 0, Status.FAILED)

    line = line_of(OCTOBER)

    assert line is not None
    assert (line.sent, line.middle, line.most, line.failed) == (5, "5 seconds", "10 minutes", 1)
    assert "From live to e-mail" in Client().get("/record/2026-10/").content.decode()


def test_notice_whose_mail_is_still_waiting_does_not_count(cast, reader):
    with time_machine.travel(START, tick=False):
        factories.published(cast)

    line = line_of(OCTOBER)

    assert line is not None
    assert (line.sent, line.middle, line.failed) == (0, "Too few to say", 0)


def test_month_in_which_nobody_was_mailed_has_no_line(cast):
    with time_machine.travel(START, tick=False):
        factories.published(cast)

    assert line_of(OCTOBER) is None
    assert "From live to e-mail" not in Client().get("/record/2026-10/").content.decode()

"""The watch over the watch: silence is said, says why, and ends by itself."""

from datetime import timedelta

import pytest
from django.utils import timezone

from social.enums import IncidentKind, Outcome
from social.models import Incident, Watch
from social.watch import silence
from tests.outbox.rows import account
from tests.social.watch.seeing import is_locked, kinds, watched

pytestmark = pytest.mark.django_db


def seen(minutes, **more):
    Watch.objects.update(seen_at=timezone.now() - timedelta(minutes=minutes), **more)


@pytest.mark.parametrize(("minutes", "opened"), [(14, 0), (16, 1)])
def test_an_account_unseen_for_a_quarter_of_an_hour_is_an_incident(mine, minutes, opened):
    seen(minutes, last_error="The server could not be reached.")

    assert silence.check() == opened
    assert kinds() == [IncidentKind.SILENCE] * opened
    assert not is_locked(mine)


def test_silence_says_why_and_is_told_once(mine):
    seen(20, last_error="The server could not be reached.")

    assert [silence.check(), silence.check()] == [1, 0]
    assert Incident.objects.get().summary.endswith("The server could not be reached.")


def test_silence_that_ended_closes_its_incident(mine):
    seen(20)
    silence.check()
    seen(0)

    silence.check()

    found = Incident.objects.get()
    assert (found.outcome, found.closed_by) == (Outcome.REPAIRED, None)


def test_an_account_that_was_ours_for_long_and_is_watched_from_now_on_is_not_silent(mine):
    Watch.objects.update(since_at=timezone.now() - timedelta(days=9), began_at=timezone.now())

    assert silence.check() == 0


def test_an_account_nobody_ever_saw_is_silent_after_a_quarter_of_an_hour(mine):
    assert silence.check() == 1
    assert Incident.objects.get().summary.endswith("Nobody looked.")


def test_the_watch_stands_still_when_no_account_is_seen(mine):
    other = account()
    watched(other)
    assert (silence.is_standing_still(), silence.last_look()) == (True, None)
    Watch.objects.filter(account=other).update(seen_at=timezone.now())

    assert not silence.is_standing_still()
    assert silence.last_look() is not None


def test_nothing_to_watch_is_not_standing_still(db):
    assert not silence.is_standing_still()

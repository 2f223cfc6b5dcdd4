"""When accounts are looked at, how far back, by how many, and what a failed look means."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.utils import timezone

from outbox.errors import AccountBroken, Blocked, NotSent
from social import account_care
from social.enums import IncidentKind
from social.models import Account, Incident, Watch
from social.publishers.base import Health, Profile
from social.publishers.sandbox import Sandbox
from social.sandbox import network
from social.watch import looking
from tests.outbox.rows import account
from tests.social.watch.seeing import is_locked, kinds, look, watched

pytestmark = pytest.mark.django_db


class Changeable(Sandbox):
    """The practice network with a profile, other keys and faults of our choice."""

    def __init__(self):
        self.shown = Profile("riverbank", "Riverbank", "News", "https://riverbank.example/", "p1")
        self.passwords: tuple[str, ...] = ("portal",)
        self.faults: dict[str, Exception] = {}
        self.asked: list[object] = []

    def timeline(self, credentials, since):
        self._fail("timeline")
        self.asked.append(since)
        return super().timeline(credentials, since)

    def profile(self, credentials):
        self._fail("profile")
        self.asked.append("profile")
        return self.shown

    def check(self, credentials):
        self._fail("check")
        return Health("riverbank", "", self.limits, app_passwords=self.passwords)

    def _fail(self, name):
        if name in self.faults:
            raise self.faults[name]


@pytest.fixture
def platform(monkeypatch):
    """The practice network, changeable, under the eyes of the watch."""
    made = Changeable()
    monkeypatch.setattr(looking, "publisher_for", lambda _channel: made)
    return made


def test_a_new_account_is_watched_from_its_confirmation_on(db):
    confirmed = timezone.now() - timedelta(days=3)
    mine, _unconfirmed = account(confirmed_at=confirmed), account(confirmed_at=None)

    assert looking.due() == looking.due() == [mine.pk]
    assert Watch.objects.get().since_at == confirmed


def test_of_two_workers_one_looks(mine):
    taken = looking._take(mine.pk)

    assert taken is not None
    assert (looking.look_at(mine.pk), looking.due()) == (None, [])


def test_the_lease_of_a_worker_that_died_runs_out(mine):
    Watch.objects.update(looking_until=timezone.now() - timedelta(seconds=1))

    assert looking.due() == [mine.pk]
    assert looking.look_at(mine.pk) == []


def test_the_next_look_comes_when_the_platform_is_due_again(mine):
    looking.look_at(mine.pk)

    wait = Watch.objects.get().next_look_at - timezone.now()
    assert wait.total_seconds() == pytest.approx(Sandbox.watch_every, abs=2)


def test_a_stopped_account_is_watched_on(mine):
    network.say(mine.remote_account_id, "One")
    look(mine)
    network.say(mine.remote_account_id, "Two")
    look(mine)

    assert kinds() == [IncidentKind.UNKNOWN_POST] * 2


@pytest.mark.parametrize(
    ("field", "stops"),
    [("handle", True), ("name", True), ("link", True), ("about", False), ("picture", False)],
)
def test_each_part_of_the_profile_is_compared_with_the_look_before(mine, platform, field, stops):
    look(mine)
    platform.shown = Profile(**{**vars(platform.shown), field: "other"})

    look(mine)
    look(mine)

    assert list(Incident.objects.values_list("kind", "subject")) == [(IncidentKind.PROFILE, field)]
    assert is_locked(mine) is stops


def test_the_first_look_is_what_later_ones_are_compared_with(mine, platform):
    look(mine)

    assert kinds() == []
    assert Watch.objects.get().app_passwords == ["portal"]


def test_a_new_app_password_stops_the_account_and_a_lost_one_is_nothing(mine, platform):
    look(mine)
    platform.passwords = ("thief",)

    look(mine)
    look(mine)

    found = list(Incident.objects.values_list("kind", "subject"))
    assert (found, is_locked(mine)) == ([(IncidentKind.APP_PASSWORD, "thief")], True)


@pytest.mark.parametrize("fault", [NotSent("Away."), ValueError("a fault of ours")])
def test_what_was_found_is_acted_on_whatever_fails_after_it(mine, platform, fault):
    network.say(mine.remote_account_id, "Free money!")
    platform.faults["profile"] = fault

    look(mine)

    assert (kinds(), is_locked(mine)) == ([IncidentKind.UNKNOWN_POST], True)
    assert Watch.objects.get().failures == 1


def test_a_finding_that_could_not_be_written_down_is_found_again(mine, platform, monkeypatch):
    look(mine)
    platform.shown = Profile("thief")

    def breaks(*_given):
        raise ValueError("the database went away")

    with monkeypatch.context() as patch:
        patch.setattr(looking, "open_one", breaks)
        look(mine)
    look(mine)

    assert set(kinds()) == {IncidentKind.PROFILE}


def test_looks_that_fail_come_later_each_time_but_never_late(mine, platform):
    platform.faults["timeline"] = NotSent("Away.")
    waits = []
    for _try in range(8):
        look(mine)
        waits.append(round((Watch.objects.get().next_look_at - timezone.now()).total_seconds() / 10))

    assert waits == [3, 6, 12, 24, 30, 30, 30, 30]
    assert kinds() == []


def test_a_platform_that_asks_us_to_wait_for_a_year_is_asked_again_soon(mine, platform):
    platform.faults["timeline"] = NotSent("Wait.", retry_at=timezone.now() + timedelta(days=365))

    look(mine)

    assert Watch.objects.get().next_look_at - timezone.now() <= looking.LONGEST_ASKED


def test_after_a_gap_the_look_reaches_back_over_it(mine, platform):
    ago = timezone.now() - timedelta(hours=5)
    Watch.objects.update(since_at=ago - timedelta(days=1), seen_at=ago, deep_seen_at=timezone.now())

    looking.look_at(mine.pk)

    assert platform.asked[0] < ago


def test_a_platform_that_charges_is_read_far_back_once_a_day(mine, platform, monkeypatch):
    monkeypatch.setattr(looking, "_is_dear", lambda _publisher: True)
    Watch.objects.update(since_at=timezone.now() - timedelta(days=30))
    reaches = []
    for _look in range(2):
        now = timezone.now()
        Watch.objects.update(next_look_at=now)
        looking.look_at(mine.pk)
        reaches.append(now - next(at for at in reversed(platform.asked) if at != "profile"))
    platform_asked = platform.asked.count("profile")

    assert [round(reach.total_seconds() / 60) for reach in reaches] == [7 * 24 * 60, 10]
    assert platform_asked == 1


@pytest.mark.parametrize(
    ("error", "kind"),
    [(Blocked("Suspended."), IncidentKind.BLOCKED), (AccountBroken("Refused."), IncidentKind.LOST_ACCESS)],
)
def test_lost_access_is_one_incident_by_whichever_call_it_was_noticed(mine, platform, error, kind):
    platform.faults["timeline"] = error
    look(mine)
    account_care.note(mine, SimpleNamespace(error=error))

    assert kinds() == [kind]
    assert is_locked(mine) is (kind == IncidentKind.BLOCKED)


def test_access_given_back_by_us_is_no_loss(mine, platform):
    Account.objects.update(sealed_secrets=b"")
    mine.refresh_from_db()
    platform.faults["timeline"] = AccountBroken("Refused.")

    look(mine)
    account_care.note(mine, SimpleNamespace(error=AccountBroken("Refused.")))

    assert kinds() == []


def test_only_official_accounts_are_watched(db):
    gone = account(disconnected_at=timezone.now())
    watched(gone)

    assert looking.due() == []

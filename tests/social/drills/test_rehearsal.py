"""A drill: the real steps write their times, one person may break it off, nothing leaves the building."""

import socket

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from outbox.enums import Status
from social import locks
from social.drills import rehearsal, report
from social.drills.rehearsal import DrillRefused
from social.enums import IncidentKind, Outcome
from social.models import Account, Drill, Incident, SandboxPost
from social.stopping import proposals, release, warnings
from tests.accounts.signing_in import sign_in
from tests.outbox.rows import account, fresh, row
from tests.social.stopping.two_people import release_by

pytestmark = pytest.mark.django_db


@pytest.fixture
def mine(cast):
    """A practice account of the cast's team."""
    made = account(handle="riverbank-practice", remote_account_id="riverbank-practice")
    made.teams.add(cast.team)
    return made


def noticed(drill):
    """Open the incident the watch would open, and lock."""
    found = Incident.objects.create(
        account=drill.account,
        kind=IncidentKind.UNKNOWN_POST,
        subject=drill.remote_id,
        summary="A post we did not make.",
        is_drill=True,
        has_stopped=True,
    )
    rehearsal.noticed(drill, found)
    locks.lock(drill.account, by=None, reason="A post we did not make.")
    return found


def close(incident, by):
    Incident.objects.filter(pk=incident.pk).update(
        closed_at=timezone.now(), closed_by=by, outcome=Outcome.HIJACK
    )


@pytest.mark.parametrize("channel", ["bluesky", "mastodon", "facebook", "x", "webhook"])
def test_a_real_account_is_never_drilled(cast, channel):
    with pytest.raises(DrillRefused, match="practice network only"):
        rehearsal.start(account(channel), by=cast.lead)

    assert not Drill.objects.exists()


def test_a_stopped_account_is_not_drilled(cast, mine):
    locks.hold(mine, by=cast.lead, reason="Wait.")

    with pytest.raises(DrillRefused):
        rehearsal.start(mine, by=cast.lead)


def test_one_drill_at_a_time(cast, mine):
    rehearsal.start(mine, by=cast.lead)

    with pytest.raises(DrillRefused, match="going on"):
        rehearsal.start(mine, by=cast.lead)

    assert SandboxPost.objects.count() == 1


def test_the_rogue_post_says_that_it_is_a_drill(cast, mine):
    rehearsal.start(mine, by=cast.lead)

    assert SandboxPost.objects.get().text.startswith("DRILL, please ignore.")


def test_every_step_writes_its_time_and_the_report_counts_the_seconds(cast, mine):
    drill = rehearsal.start(mine, by=cast.lead)
    close(noticed(drill), cast.lead)
    warnings.tell(mine, "Do not trust it.", by=cast.author)
    release_by(Account.objects.get(pk=mine.pk), asked_by=cast.lead, agreed_by=cast.administrator)
    drill.refresh_from_db()
    assert report.next_step(drill) == "End the drill and note what you learnt."
    rehearsal.end(drill, by=cast.lead, note="The phone was flat.")

    drill.refresh_from_db()
    taken = report.steps_of(drill)
    assert [step.at for step in taken] == sorted(step.at for step in taken)
    assert sum(step.seconds for step in taken) == pytest.approx(report.total_seconds(drill))
    assert report.last() == report.last(mine) == drill
    assert report.last_of_each([mine]) == {mine.pk: drill}
    assert not SandboxPost.objects.on_show().exists()
    assert drill.note == "The phone was flat."


def test_a_drill_does_not_end_before_the_account_is_let_go(cast, mine):
    drill = rehearsal.start(mine, by=cast.lead)
    noticed(drill)

    with pytest.raises(DrillRefused, match="not let go yet"):
        rehearsal.end(drill, by=cast.lead, note="")


def test_breaking_off_cleans_up_and_counts_for_nothing(cast, mine):
    drill = rehearsal.start(mine, by=cast.lead)
    found, waiting = noticed(drill), row(account=mine)
    with pytest.raises(proposals.ProposalRefused):
        release.ask_for_release(Account.objects.get(pk=mine.pk), by=cast.lead, note="Too early.")

    rehearsal.break_off(drill, by=cast.lead, note="A real outage.")

    found.refresh_from_db()
    assert Account.objects.get(pk=mine.pk).may_send
    assert (found.outcome, found.closed_by) == (Outcome.OURS, cast.lead)
    assert fresh(waiting).status == Status.HELD
    assert not SandboxPost.objects.on_show().exists()
    assert report.last() is None
    with pytest.raises(DrillRefused, match="over already"):
        rehearsal.break_off(drill, by=cast.lead, note="Again.")


def test_outside_a_drill_one_person_lets_nothing_go(cast, mine):
    drill = rehearsal.start(mine, by=cast.lead)
    rehearsal.break_off(drill, by=cast.lead, note="")
    locks.lock(mine, by=cast.lead, reason="This time it is real.")

    with pytest.raises(DrillRefused):
        rehearsal.break_off(drill, by=cast.lead, note="")

    assert Account.objects.get(pk=mine.pk).locked_at


def test_nothing_leaves_the_building(client, cast, mine, monkeypatch, settings):
    settings.SOCIAL_MAY_REMOVE_ROGUE_POSTS = True
    left = []
    connect = socket.socket.connect

    def noted(self, address):
        if self.family != socket.AF_UNIX:
            left.append(address)
        return connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", noted)
    drill = rehearsal.start(mine, by=cast.lead)
    found = noticed(drill)
    sign_in(client, cast.lead)
    client.post(reverse("social:lock", args=[mine.pk]))
    client.post(reverse("social:warn", args=[mine.pk]))
    close(found, cast.lead)
    client.post(reverse("social:ask_release", args=[mine.pk]), {"note": "Drill."})
    public = client.get(reverse("updates:home")).content.decode()
    asked = mine.proposals.get()
    sign_in(client, cast.administrator)
    client.post(reverse("social:agree", args=[asked.pk]))
    sign_in(client, cast.lead)
    client.post(reverse("social:drill_end", args=[drill.pk]), {"note": "Well done."})

    drill.refresh_from_db()
    assert (drill.was_broken_off, drill.ended_at is None) == (False, False)
    assert (left, mail.outbox) == ([], [])
    assert "may not be under our control" not in public
    mine.refresh_from_db()
    assert (mine.public_warning, mine.may_send) == ("", True)

"""A drill: the real steps write their times, and one person may break it off."""

import pytest

from outbox.enums import Status
from social import locks
from social.drills import rehearsal, report
from social.drills.rehearsal import DrillRefused
from social.enums import IncidentKind, Outcome
from social.models import Account, Drill, SandboxPost
from social.stopping import proposals, release, warnings
from social.watch import incidents
from social.watch.incidents import Finding
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
    """Open the incident the watch opens, and stop the account."""
    return incidents.open_one(
        drill.account,
        Finding(IncidentKind.UNKNOWN_POST, "A post we did not make.", drill.remote_id, stops=True),
    )


def close(incident, by):
    incidents.close(incident, by=by, outcome=Outcome.HIJACK, note="It was the drill.")


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

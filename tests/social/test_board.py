"""The channel board: what stands beside each account, what is warned about, and how it is narrowed."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from outbox.enums import Status
from social import standing
from social.board import rows_of
from social.board_filter import NEEDS_LOOK, BoardFilter
from social.enums import Channel, IncidentKind
from social.models import Account, Drill, Incident, Watch
from tests.accounts.signing_in import sign_in
from tests.outbox.rows import account, row

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


def ago(**time):
    return NOW - timedelta(**time)


@pytest.fixture(autouse=True)
def noon(time_machine):
    """Stop the clock at noon."""
    time_machine.move_to(NOW, tick=False)


def well(**more):
    """An account nothing is wrong with."""
    made = account(**({"connected_at": ago(days=90), "proven_at": ago(days=1)} | more))
    Watch.objects.create(account=made, seen_at=ago(minutes=1))
    return made


def shown(made):
    [found] = rows_of(list(Account.objects.filter(pk=made.pk)))
    return found


@pytest.mark.parametrize(
    ("ends_in", "tone"),
    [(None, ""), (15, ""), (14, "warn"), (1, "outage"), (-1, "outage")],
)
def test_access_warns_as_its_end_comes_near(ends_in, tone):
    ends_at = None if ends_in is None else NOW + timedelta(days=ends_in)

    assert standing.access(Account(access_ends_at=ends_at), NOW).tone == tone


@pytest.mark.parametrize(
    ("seen_at", "tone"), [(ago(minutes=14), ""), (ago(minutes=16), "outage"), (None, "")]
)
def test_a_blind_watch_is_said(seen_at, tone):
    assert standing.watched(Watch(seen_at=seen_at), is_readable=True, now=NOW).tone == tone


@pytest.mark.parametrize(
    ("proven_at", "connected_at", "tone"),
    [
        (ago(days=30), ago(days=90), ""),
        (ago(days=32), ago(days=90), "warn"),
        (None, ago(days=1), ""),
        (None, ago(days=32), "warn"),
    ],
)
def test_proof_of_life_is_due_every_month(proven_at, connected_at, tone):
    made = Account(proven_at=proven_at, connected_at=connected_at)

    assert standing.proof_of_life(made, NOW).tone == tone


def test_figures_stand_beside_their_account(cast):
    made, other = well(monthly_cap="10"), well()
    row(Status.SENT, account=made, sent_at=NOW, price="0.200")
    Incident.objects.create(account=made, kind=IncidentKind.UNKNOWN_POST, summary="Not ours.")
    drill = Drill.objects.create(account=made, started_by=cast.lead)

    found = shown(made)
    assert (found.posts_today, str(found.spent), found.incidents, found.last_drill) == (1, "0.200", 1, drill)
    assert (shown(other).spent, shown(other).incidents, shown(other).last_drill) == (0, 0, None)


@pytest.mark.parametrize(
    ("trouble", "state"),
    [
        ({}, "connected"),
        ({"confirmed_at": None}, "waiting"),
        ({"broken_at": NOW, "last_error": "Why."}, "broken"),
        ({"locked_at": NOW, "locked_reason": "Why.", "stop_level": "lock"}, "locked"),
    ],
)
def test_whoever_is_stopped_needs_a_look(trouble, state):
    found = shown(well(**trouble))

    assert (found.state, found.needs_look) == (state, bool(trouble))


def test_the_board_is_narrowed_and_trouble_stands_first():
    quiet, held, elsewhere = well(handle="a"), well(handle="b"), well(handle="c", channel=Channel.MASTODON)
    row(Status.HELD, account=held)
    rows = rows_of([quiet, held, elsewhere])

    def narrowed(**chosen):
        return [found.account for found in BoardFilter(chosen).narrow(rows)]

    assert narrowed() == [held, quiet, elsewhere]
    assert narrowed(state=NEEDS_LOOK) == [held]
    assert narrowed(channel="mastodon") == [elsewhere]
    assert narrowed(state="nonsense") == [held, quiet, elsewhere]


def test_the_page_says_what_is_known_and_offers_all_when_nothing_fits(client, cast):
    made = well(confirmed_by=cast.administrator, access_ends_at=NOW + timedelta(days=7))
    made.teams.add(cast.team)
    Incident.objects.create(account=made, kind=IncidentKind.PROFILE, summary="Another name.")
    sign_in(client, cast.lead)

    page = client.get(reverse("social:accounts")).content.decode()
    assert "1 open incident" in page
    assert "ends soon" in page
    assert cast.administrator.get_full_name() in page
    assert "No account fits" in client.get(reverse("social:accounts"), {"channel": "x"}).content.decode()

"""Connecting, locking and checking accounts, and the event each leaves."""

import pytest
from django.utils import timezone

from audit.models import Event
from outbox.enums import HoldReason, Status
from outbox.errors import AccountBroken, NotSent
from social import account_care, connecting, locks
from social.enums import Step
from social.models import Account
from social.stopping import proposals
from tests.outbox.rows import account, fresh, row
from tests.real.process import free_port

pytestmark = pytest.mark.django_db


def agreed_to(made, by):
    """Let a second person confirm an account."""
    return proposals.agree(proposals.open_about(made)[Step.CONNECT], by=by)


def actions():
    return list(Event.objects.filter(action__startswith="account.").values_list("action", flat=True))


def test_connect_keeps_the_account_and_says_so(cast):
    made = connecting.connect(
        "sandbox", base_url="", handle="@riverbank", secret="", teams=[cast.team], by=cast.lead
    )

    assert (made.handle, made.connected_by, list(made.teams.all())) == ("riverbank", cast.lead, [cast.team])
    assert not made.may_send
    assert actions() == ["account.connected"]


def test_connect_again_is_the_same_account_well_again(cast):
    given = {"base_url": "", "handle": "riverbank", "secret": "", "teams": [cast.team], "by": cast.lead}
    first = connecting.connect("sandbox", **given)
    connecting.disconnect(first, by=cast.lead)

    second = connecting.connect("sandbox", **given)
    agreed_to(second, by=cast.administrator)

    second.refresh_from_db()
    assert second.pk == first.pk
    assert second.may_send


def test_connect_to_a_server_that_is_away_stores_nothing(cast):
    with pytest.raises(NotSent):
        connecting.connect(
            "mastodon",
            base_url=f"http://127.0.0.1:{free_port()}",
            handle="x",
            secret="t",
            teams=[],
            by=cast.lead,
        )
    assert Account.objects.count() == 0


def test_connect_with_a_wrong_token_stores_nothing(cast, mastodon):
    with pytest.raises(AccountBroken):
        connecting.connect(
            "mastodon", base_url=mastodon.base_url, handle="", secret="wrong", teams=[], by=cast.lead
        )
    assert Account.objects.count() == 0


def test_connect_learns_the_servers_limits(cast, mastodon):
    made = connecting.connect(
        "mastodon", base_url=f"{mastodon.base_url}/", handle="", secret=mastodon.token, teams=[], by=cast.lead
    )

    assert (made.max_characters, made.url_weight) == (500, 23)
    assert made.base_url == mastodon.base_url


def test_disconnect_forgets_the_secrets_and_holds_what_waits(cast):
    made = row()

    connecting.disconnect(made.account, by=cast.lead)

    assert bytes(Account.objects.get().sealed_secrets) == b""
    assert (fresh(made).status, fresh(made).hold_reason) == (Status.HELD, HoldReason.ACCOUNT)
    assert actions() == ["account.disconnected"]


def test_a_lock_leaves_one_event(cast):
    mine = account()

    assert locks.lock(mine, by=cast.lead, reason="Strange posts.")
    assert not locks.lock(mine, by=cast.lead, reason="Again.")

    assert not Account.objects.get().may_send
    assert actions() == ["account.locked"]


def test_lock_all_stops_every_account(cast):
    account(), account(), account(disconnected_at=timezone.now())

    assert locks.lock_all(by=cast.lead, reason="Drill.") == 2
    assert Account.objects.may_send().count() == 0


def test_check_of_a_broken_account_that_is_well_again():
    mine = account(broken_at=timezone.now(), last_error="Revoked.")

    assert account_care.check(mine.pk) is None

    mine.refresh_from_db()
    assert (mine.broken_at, mine.last_error) == (None, "")
    assert mine.checked_at is not None


def test_check_of_an_account_whose_server_is_away_does_not_break_it():
    mine = account("mastodon", base_url=f"http://127.0.0.1:{free_port()}")

    # Without stored credentials it is broken; with them, only unreachable.
    from social.credentials import seal

    Account.objects.filter(pk=mine.pk).update(sealed_secrets=seal({"token": "t"}))

    assert isinstance(account_care.check(mine.pk), NotSent)
    mine.refresh_from_db()
    assert (mine.broken_at, mine.last_error) == (None, "The server could not be reached (ConnectError).")


def test_check_with_a_revoked_token_breaks_the_account(mastodon):
    from social.credentials import seal

    mine = account("mastodon", base_url=mastodon.base_url, sealed_secrets=seal({"token": "revoked"}))

    assert isinstance(account_care.check(mine.pk), AccountBroken)
    mine.refresh_from_db()
    assert mine.broken_at is not None

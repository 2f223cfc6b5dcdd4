"""What a hostile server, a careless lead or an unlucky order of events might do to posts and accounts."""

import threading
import time

import pytest
from django.db import connection, transaction
from django.utils import timezone

from audit.recorder import record
from outbox import addresses, settle
from outbox.enums import HoldReason, Status
from outbox.errors import AccountBroken, SendError
from social import account_care, connecting, decisions, delivery, http, sweeping
from social.connect.forms import ConnectForm
from social.models import Account, Delivery, SandboxPost
from social.publishers.mastodon import _receipt
from tests import factories
from tests.outbox.rows import account, fresh, row
from updates.content import content_hash
from updates.due import run_due
from updates.enums import Status as EditionStatus
from updates.models import Edition
from updates.transitions import Action
from updates.workflow import perform

pytestmark = pytest.mark.django_db


@pytest.fixture
def one_account(cast) -> Account:
    made = account()
    made.teams.add(cast.team)
    return made


def _overtaken(cast) -> Delivery:
    """Return the row of a first edition whose fate nobody knew when the second went live."""
    live = factories.published(cast)
    first = Delivery.objects.get(edition=live)
    Delivery.objects.filter(pk=first.pk).update(
        status=Status.UNKNOWN, attempts=1, last_error="Gone silent.", claimed_at=timezone.now(), absences=1
    )
    newer = factories.next_edition(cast, live)
    perform(Action.PUBLISH_URGENTLY, newer, by=cast.urgent_author)
    return fresh(first)


def test_old_news_found_unsent_after_the_new_is_never_sent(cast, one_account):
    first = _overtaken(cast)

    settle.settle(first, lambda: None, repeat_is_safe=True)
    delivery.deliver_one(first.pk)
    sweeping.collect()
    delivery.deliver_one(first.pk)

    assert (fresh(first).status, SandboxPost.objects.count()) == (Status.CANCELLED, 0)


def test_old_news_a_person_says_is_not_there_is_not_sent_after_the_new(cast, one_account):
    first = _overtaken(cast)

    decisions.settle_as_not_sent(first, by=cast.lead)
    delivery.deliver_one(first.pk)

    assert SandboxPost.objects.count() == 0


def test_newest_news_is_sent_whatever_became_of_the_old(cast, one_account):
    _overtaken(cast)
    newest = Delivery.objects.order_by("-edition__number").first()

    delivery.deliver_one(newest.pk)

    assert fresh(newest).status == Status.SENT


@pytest.mark.parametrize(
    "address",
    ["::ffff:10.0.0.1", "64:ff9b::a00:1", "2002:a00:1::", "2002:7f00:1::1", "fe80::1%eth0", "fd00::1",
     "100.64.0.1", "169.254.169.254", "::"],
)  # fmt: skip
def test_private_address_in_any_dress_is_refused(address: str):
    assert not addresses.is_permitted(address, loopback_allowed=False)


@pytest.mark.parametrize(
    "url", ["https://0x7f000001/", "https://127.1/", "https://[::1]/", "https://2130706433/"]
)
def test_private_address_in_any_spelling_is_refused(settings, url: str):
    settings.SOCIAL_ALLOW_PRIVATE_ADDRESSES = False

    with pytest.raises(SendError):
        http.call("GET", url)


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "//evil.example/", 7])
def test_link_a_server_gives_is_kept_only_if_it_leads_to_a_web_page(url):
    assert _receipt({"id": "1", "url": url}).remote_url == ""


def test_password_in_a_servers_address_is_not_kept():
    typed = {"base_url": "https://me:s3cret@Mastodon.example:443/about", "handle": "a", "secret": "b"}
    form = ConnectForm(typed, channel="mastodon")

    form.is_valid()

    assert form.cleaned_data["base_url"] == "https://mastodon.example"


def test_port_that_cannot_be_is_refused_in_words():
    form = ConnectForm(
        {"base_url": "https://a.example:99999", "handle": "a", "secret": "b"}, channel="mastodon"
    )

    assert form.errors["base_url"] == ["There is no such port. Check the server's address."]


def test_same_identity_by_another_address_is_the_same_account(cast, pds):
    did, password = pds.make_account("twice")
    port = pds.base_url.rpartition(":")[2]

    for host in ("127.0.0.1", "localhost"):
        connecting.connect(
            "bluesky",
            base_url=f"http://{host}:{port}",
            handle=did,
            secret=password,
            teams=[cast.team],
            by=cast.lead,
        )

    assert Account.objects.count() == 1


def test_account_of_the_same_number_on_another_server_is_another(cast):
    for server in ("https://one.example", "https://two.example"):
        account("mastodon", base_url=server, remote_account_id="1")

    assert Account.objects.count() == 2


@pytest.fixture
def two_connections(postgres_url):
    if connection.vendor != "postgresql":
        pytest.skip("two writers at once mean nothing on SQLite")


def _meanwhile(task) -> tuple[threading.Thread, list[Exception]]:
    """Start `task` in another connection and wait until it waits for a lock (or is done)."""
    errors: list[Exception] = []

    def run():
        try:
            task()
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    until = time.monotonic() + 5
    while thread.is_alive() and time.monotonic() < until and not _somebody_waits():
        time.sleep(0.02)
    return thread, errors


def _somebody_waits() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity"
            " WHERE wait_event_type = 'Lock' AND datname = current_database()"
        )
        return bool(cursor.fetchone()[0])


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_giving_up_a_post_while_its_account_is_let_go_waits_and_does_not_break(cast, two_connections):
    made = row(Status.HELD, hold_reason=HoldReason.LATE)

    with transaction.atomic():
        record("account.disconnected", actor=cast.lead, target=made.account)
        thread, errors = _meanwhile(lambda: decisions.give_up(made, by=cast.lead))
        Delivery.objects.filter(account=made.account).update(last_error="The account was disconnected.")
    thread.join(10)

    assert (errors, fresh(made).status) == ([], Status.CANCELLED)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_publishing_while_the_beat_marks_the_old_check_overdue_does_not_break(cast, two_connections):
    live = perform(Action.PUBLISH_URGENTLY, factories.draft(cast), by=cast.urgent_author)
    newer = perform(Action.SUBMIT, factories.next_edition(cast, live), by=cast.author)
    Edition.objects.filter(pk=live.pk).update(second_check_due_at=timezone.now())

    with transaction.atomic():
        perform(Action.APPROVE, newer, by=cast.approver, seen_hash=content_hash(newer), note="Read.")
        thread, errors = _meanwhile(run_due)
        perform(Action.PUBLISH, newer, by=cast.author)
    thread.join(10)

    old = Edition.objects.get(pk=live.pk)
    assert (errors, old.status, old.second_check_overdue_at is None) == ([], EditionStatus.SUPERSEDED, False)


def test_broken_account_never_tells_the_token(cast, one_account):
    error = AccountBroken("The server does not accept the access token any more.")

    account_care.note(one_account, delivery.engine.Outcome(error=error))

    assert Account.objects.get(pk=one_account.pk).broken_at is not None


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("action", [Action.PUBLISH, Action.PUBLISH_URGENTLY])
def test_account_given_to_the_team_in_the_last_moment_gets_no_post(cast, two_connections, action):
    made = account()
    is_urgent = action == Action.PUBLISH_URGENTLY
    edition = factories.draft(cast) if is_urgent else factories.approved(cast)
    by, read = (cast.urgent_author, content_hash(edition)) if is_urgent else (cast.author, "")

    with transaction.atomic():
        made.teams.add(cast.team)
        record("account.teams_changed", actor=cast.lead, target=made)
        thread, errors = _meanwhile(lambda: perform(action, edition, by=by, seen_hash=read))
    thread.join(10)

    assert ([type(error).__name__ for error in errors], Delivery.objects.count()) == (
        ["TransitionRefused"],
        0,
    )

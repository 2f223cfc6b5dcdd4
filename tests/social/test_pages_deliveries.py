"""What became of each post, on the pages of staff and residents; decisions by POST for those who may."""

import pytest
from django.urls import reverse

from accounts import permissions
from outbox.enums import HoldReason, Status
from social import blocks, locks
from social.delivery import deliver_one, remove_one
from social.models import Delivery, SandboxPost
from tests import factories
from tests.accounts.signing_in import sign_in
from tests.outbox.rows import account, fresh
from updates import slots
from updates.content import content_hash
from updates.transitions import Action
from updates.workflow import perform

pytestmark = pytest.mark.django_db


@pytest.fixture
def accounts(cast):
    """Two accounts of the cast's team."""
    made = [account(handle="one", remote_account_id="one"), account(handle="two", remote_account_id="two")]
    for each in made:
        each.teams.add(cast.team)
    return made


@pytest.fixture
def live(cast, accounts):
    """A live edition; the first account has its post, the second waits."""
    edition = factories.published(cast)
    deliver_one(edition.deliveries.get(account=accounts[0]).pk)
    return edition


def second(edition, accounts, **state):
    rows = edition.deliveries.filter(account=accounts[1])
    rows.update(**state)
    return rows.get()


def act(client, name, delivery, **data):
    return client.post(reverse(f"social:{name}", args=[delivery.pk]), data)


def unclear(edition, accounts):
    return second(
        edition, accounts, status=Status.HELD, hold_reason=HoldReason.UNCLEAR, last_error="Nobody knows."
    )


def test_the_notice_says_what_became_of_every_post(client, cast, live, accounts):
    second(live, accounts, status=Status.FAILED, last_error="The server refused it: <i>no</i>.")
    sign_in(client, cast.author)

    shown = client.get(reverse("desk:edition", args=[live.notice.reference, 1])).content.decode()

    assert "1 of 2 published" in shown
    assert SandboxPost.objects.get().remote_id in shown
    assert "The server refused it: &lt;i&gt;no&lt;/i&gt;." in shown
    assert "The portal has stopped trying." in shown


def test_the_notice_asks_once_however_many_posts(live, accounts, django_assert_num_queries):
    with django_assert_num_queries(1):
        shown = blocks.staff_notice({}, live.notice)
    assert shown.count("/staff/deliveries/") == 2


def test_every_officer_reads_a_delivery_and_only_some_decide(client, cast, live, accounts):
    held = unclear(live, accounts)
    address = reverse("social:delivery", args=[held.pk])
    decides = {}
    for who in ("author", "approver", "lead", "moderator", "administrator", "outsider"):
        sign_in(client, getattr(cast, who))
        answer = client.get(address)
        decides[who] = (answer.status_code, "What you can do" in answer.content.decode())

    assert decides == {
        "author": (200, True),
        "approver": (200, True),
        "lead": (200, True),
        "moderator": (200, False),
        "administrator": (200, False),
        "outsider": (200, False),
    }


@pytest.mark.parametrize("who", ["moderator", "administrator", "councillor", "outsider"])
def test_others_may_not_decide(client, cast, live, accounts, who):
    held = unclear(live, accounts)
    sign_in(client, getattr(cast, who))

    assert act(client, "not_there", held).status_code == 403
    assert fresh(held).status == Status.HELD


def test_a_decision_is_a_post(client, cast, live, accounts):
    held = unclear(live, accounts)
    sign_in(client, cast.lead)

    assert client.get(reverse("social:not_there", args=[held.pk])).status_code == 405


@pytest.mark.parametrize("who", ["author", "approver", "lead"])
def test_retry_sends_it_once(client, cast, live, accounts, who):
    failed = second(live, accounts, status=Status.FAILED, last_error="No.")
    sign_in(client, getattr(cast, who))

    act(client, "retry", failed)
    deliver_one(failed.pk)

    assert fresh(failed).status == Status.SENT
    assert SandboxPost.objects.filter(handle="two").count() == 1


def test_retry_is_not_offered_for_a_stopped_account(client, cast, live, accounts):
    failed = second(live, accounts, status=Status.FAILED, last_error="No.")
    locks.lock(accounts[1], by=cast.lead, reason="Drill.")
    sign_in(client, cast.lead)

    shown = client.get(reverse("social:delivery", args=[failed.pk])).content.decode()
    answer = act(client, "retry", failed)

    assert "Send it now" not in shown
    assert answer.status_code == 409
    assert "Nothing can be sent to this account at the moment." in answer.content.decode()


def test_giving_up_keeps_the_note(client, cast, live, accounts):
    failed = second(live, accounts, status=Status.FAILED, last_error="No.")
    sign_in(client, cast.author)

    act(client, "give_up", failed, note="Too late now.")

    assert (fresh(failed).status, fresh(failed).last_error) == (
        Status.CANCELLED,
        "Given up by Amira Shah. Too late now.",
    )


def test_a_link_settles_that_it_is_there(client, cast, live, accounts):
    held = unclear(live, accounts)
    made = SandboxPost.objects.create(handle="two", remote_id="abc123", key="k", text="T")
    sign_in(client, cast.author)

    act(client, "it_is_there", held, link="https://riverbank.example/sandbox/two/abc123/")

    assert (fresh(held).status, fresh(held).remote_id) == (Status.SENT, made.remote_id)
    assert fresh(held).remote_url == "https://riverbank.example/sandbox/two/abc123/"


@pytest.mark.parametrize(
    ("link", "status", "sentence"),
    [
        ("", 400, "Paste the post’s address."),
        ("https://elsewhere.example/post/1", 409, "This is not a link to a post of this account."),
    ],
)
def test_a_link_that_proves_nothing_is_refused(client, cast, live, accounts, link, status, sentence):
    held = unclear(live, accounts)
    sign_in(client, cast.author)

    answer = act(client, "it_is_there", held, link=link)

    assert (answer.status_code, sentence in answer.content.decode()) == (status, True)
    assert fresh(held).status == Status.HELD


def test_not_there_sends_it_again(client, cast, live, accounts):
    held = unclear(live, accounts)
    sign_in(client, cast.author)

    act(client, "not_there", held)

    assert fresh(held).status == Status.RETRY


def test_a_second_press_says_what_it_is_now(client, cast, live, accounts):
    held = unclear(live, accounts)
    sign_in(client, cast.author)
    act(client, "not_there", held)

    answer = act(client, "not_there", held)

    assert answer.status_code == 409
    assert "the post is now “Will try again”" in answer.content.decode()


def test_removed_by_hand_after_withdrawal(client, cast, live, accounts):
    perform(Action.WITHDRAW, live, by=cast.approver, note="It was wrong.")
    stuck = live.deliveries.get(account=accounts[0])
    sign_in(client, cast.author)

    act(client, "remove_again", stuck)
    act(client, "removed_by_hand", stuck)

    assert fresh(stuck).status == Status.REMOVED


def test_an_unknown_delivery_is_not_found(client, cast):
    sign_in(client, cast.lead)

    assert client.get(reverse("social:delivery", args=[999_999])).status_code == 404


# --- The desk ----------------------------------------------------------------------------------


def on_the_desk(person):
    return blocks.desk({"user": person}, None)


def test_the_desk_shows_what_needs_the_persons_teams(cast, live, accounts):
    assert on_the_desk(cast.author) == ""
    unclear(live, accounts)

    assert "Nobody knows." in on_the_desk(cast.author)
    assert "Nobody knows." in on_the_desk(cast.lead)
    assert on_the_desk(cast.outsider) == ""
    assert on_the_desk(cast.moderator) == ""


def test_the_desk_shows_a_stopped_account(cast, accounts):
    locks.lock(accounts[0], by=cast.lead, reason="Hacked")

    assert "Hacked. Nothing will be sent." in on_the_desk(cast.author)
    assert on_the_desk(cast.outsider) == ""


def test_the_desk_costs_the_same_for_many(cast, accounts, django_assert_num_queries):
    def cost():
        permissions.roles_of(cast.lead)
        with django_assert_num_queries(2):
            return on_the_desk(cast.lead)

    for _each in range(2):
        unclear(factories.published(cast), accounts)
    cost()
    for _each in range(5):
        unclear(factories.published(cast), accounts)
    assert cost().count("Nobody knows.") == 7


# --- Residents ---------------------------------------------------------------------------------


def genuine(notice):
    notice.refresh_from_db()
    return slots.render("notice_aside", {}, notice)


def test_residents_see_the_only_posts_we_made(live, accounts, django_assert_num_queries):
    post = SandboxPost.objects.get()

    with django_assert_num_queries(1):
        shown = blocks.notice_aside({}, live.notice)

    assert f'href="https://riverbank.example/sandbox/one/{post.remote_id}/"' in shown
    assert "· one" in shown
    assert "· two" not in shown


def test_residents_are_warned_of_a_stopped_account(cast, live, accounts):
    locks.lock(accounts[0], by=cast.lead, reason="A secret reason.")

    shown = genuine(live.notice)

    assert "We have stopped this account for now." in shown
    assert "A secret reason." not in shown


def test_residents_see_the_latest_post_of_each_account(cast, live, accounts):
    newer = factories.next_edition(cast, live)
    perform(Action.SUBMIT, newer, by=cast.author)
    perform(Action.APPROVE, newer, by=cast.approver, seen_hash=content_hash(newer))
    perform(Action.PUBLISH, newer, by=cast.author)
    deliver_one(newer.deliveries.get(account=accounts[0]).pk)

    shown = genuine(live.notice)

    latest = SandboxPost.objects.order_by("pk").last()
    assert shown.count("/sandbox/one/") == 1
    assert latest.remote_id in shown


def test_residents_read_that_posts_were_removed(cast, live, accounts):
    perform(Action.WITHDRAW, live, by=cast.approver, note="It was wrong.")
    assert "we are taking down what we posted" in genuine(live.notice)

    remove_one(live.deliveries.get(account=accounts[0]).pk)
    assert "we have removed what we posted" in genuine(live.notice)


def test_residents_read_that_there_is_no_post(cast):
    assert "We have made no posts about this" in genuine(factories.published(cast).notice)


# --- The practice network ----------------------------------------------------------------------


def test_the_practice_network_shows_the_post_a_delivery_links_to(client, live, accounts):
    sent = Delivery.objects.get(account=accounts[0])
    path = sent.remote_url.removeprefix("https://riverbank.example")

    answer = client.get(path)

    shown = answer.content.decode()
    assert live.title in shown
    assert "This is a practice network, not a real platform." in shown
    assert '<meta name="robots" content="noindex">' in shown
    assert not answer.cookies


def test_a_practice_account_shows_its_posts_escaped_and_paged(client, accounts):
    for number in range(25):
        SandboxPost.objects.create(handle="one", remote_id=f"r{number}", key=f"k{number}", text="<script>x")

    shown = client.get("/sandbox/one/").content.decode()

    assert shown.count("&lt;script&gt;x") == 20
    assert "<script>x" not in shown
    assert "page=2" in shown
    assert client.get("/sandbox/one/?page=2").content.decode().count("&lt;script&gt;x") == 5


def test_a_removed_post_and_a_strange_account_are_gone(client, live, accounts):
    path = Delivery.objects.get(account=accounts[0]).remote_url.removeprefix("https://riverbank.example")
    perform(Action.WITHDRAW, live, by=live.author, note="It was wrong.")
    remove_one(Delivery.objects.get(account=accounts[0]).pk)

    assert client.get(path).status_code == 404
    assert client.get("/sandbox/nobody/").status_code == 404
    assert client.get("/sandbox/%00/").status_code == 404


def test_without_the_practice_network_its_pages_are_not_there(client, cast, accounts, settings):
    settings.SANDBOX_NETWORK = False
    edition = factories.published(cast)
    sent = edition.deliveries.get(account=accounts[0])
    deliver_one(sent.pk)

    assert (fresh(sent).status, fresh(sent).remote_url) == (Status.SENT, "")
    assert client.get("/sandbox/one/").status_code == 404

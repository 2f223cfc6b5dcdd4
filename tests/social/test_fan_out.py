"""From publishing to rows: which accounts, which bytes, and what withdrawing and a new edition do to them."""

import pytest
from django.utils import timezone

from outbox.enums import Status
from social import planning
from social.channel_part import ChannelPart
from social.models import Account, Delivery, Wording
from tests import factories
from tests.outbox.rows import account
from updates.content import content_hash
from updates.finding import BLOCK
from updates.policy import findings
from updates.transitions import Action
from updates.workflow import TransitionRefused, perform

pytestmark = pytest.mark.django_db


@pytest.fixture
def two_accounts(cast):
    """Two accounts of the cast's team, and one of somebody else's."""
    mine = [account(handle="one"), account(handle="two")]
    for each in mine:
        each.teams.add(cast.team)
    account(handle="theirs").teams.add(factories.team("Elsewhere"))
    return mine


def rows():
    return list(Delivery.objects.order_by("account__handle", "pk"))


def test_publishing_writes_one_row_per_account_of_the_team(cast, two_accounts):
    edition = factories.published(cast)

    assert [(row.account, row.edition, row.status) for row in rows()] == [
        (mine, edition, Status.QUEUED) for mine in two_accounts
    ]


def test_the_frozen_post_is_the_approved_one_with_its_moment(cast, two_accounts):
    edition = factories.approved(cast)
    planned = {plan.account.pk: plan.posts[0].to_json() for plan in planning.planned_posts(edition)}

    perform(Action.PUBLISH, edition, by=cast.author)

    for row in rows():
        assert row.payload | {"created_at": ""} == planned[row.account_id]
        assert row.payload["created_at"].endswith("Z")


def test_keys_are_never_used_twice(cast, two_accounts):
    factories.published(cast)
    factories.published(cast)

    assert len({row.key for row in rows()}) == 4


def test_an_account_left_out_gets_no_row(cast, two_accounts):
    edition = factories.draft(cast)
    Wording.objects.create(edition=edition, account=two_accounts[0], is_included=False)
    publish(cast, edition)

    assert [row.account for row in rows()] == [two_accounts[1]]


def test_staffs_own_words_are_sent(cast, two_accounts):
    edition = factories.draft(cast)
    Wording.objects.create(edition=edition, account=two_accounts[0], text="Boil your water.")
    publish(cast, edition)

    assert rows()[0].payload["text"] == f"Boil your water.\n\n{edition.notice.short_url}"


def test_a_minor_edition_reaches_no_account(cast, two_accounts):
    live = factories.published(cast)
    publish(cast, factories.next_edition(cast, live, is_minor=True))

    assert {row.edition for row in rows()} == {live}


def test_a_disconnected_account_gets_no_row(cast, two_accounts):
    Account.objects.filter(pk=two_accounts[0].pk).update(disconnected_at=timezone.now())
    factories.published(cast)

    assert [row.account for row in rows()] == [two_accounts[1]]


def test_withdrawing_cancels_what_waits_and_marks_what_was_sent(cast, two_accounts):
    edition = factories.published(cast)
    Delivery.objects.filter(account=two_accounts[0]).update(status=Status.SENT, remote_id="there")

    perform(Action.WITHDRAW, edition, by=cast.approver, note="Wrong street.")

    assert [row.status for row in rows()] == [Status.REMOVING, Status.CANCELLED]


def test_a_new_edition_overtakes_what_has_not_left(cast, two_accounts):
    live = factories.published(cast)
    Delivery.objects.filter(account=two_accounts[0]).update(status=Status.SENT, remote_id="there")

    publish(cast, factories.next_edition(cast, live))

    assert [(row.edition.number, row.status) for row in rows()] == [
        (1, Status.SENT),
        (2, Status.QUEUED),
        (1, Status.CANCELLED),
        (2, Status.QUEUED),
    ]


def test_approval_covers_the_wording(cast, two_accounts):
    edition = factories.approved(cast)
    Wording.objects.create(edition=edition, account=two_accounts[0], text="Something else.")

    with pytest.raises(TransitionRefused):
        perform(Action.PUBLISH, edition, by=cast.author)
    assert rows() == []


def test_approval_covers_a_new_account(cast, two_accounts):
    edition = factories.approved(cast)
    before = content_hash(edition)
    account(handle="three").teams.add(cast.team)

    assert content_hash(edition) != before


def test_a_text_that_does_not_fit_blocks(cast, two_accounts):
    edition = factories.draft(cast)
    Wording.objects.create(edition=edition, account=two_accounts[0], text="w" * 500)

    [found] = [finding for finding in findings(edition) if finding.code == "social_post"]

    assert (found.level, found.where) == (BLOCK, f"account-{two_accounts[0].pk}")
    assert found.message.startswith("Practice network: one: The text is too long by ")


def test_the_next_edition_keeps_who_is_left_out_but_not_the_old_words(cast, two_accounts):
    edition = factories.draft(cast)
    Wording.objects.create(edition=edition, account=two_accounts[0], text="Old words.")
    Wording.objects.create(edition=edition, account=two_accounts[1], is_included=False)
    new = factories.draft(cast)

    ChannelPart().copy(edition, new)

    assert [(w.account, w.text, w.is_included) for w in new.wordings.all()] == [(two_accounts[1], "", False)]


def publish(cast, edition):
    """Take a draft all the way."""
    edition = perform(Action.SUBMIT, edition, by=edition.author)
    edition = perform(
        Action.APPROVE, edition, by=cast.approver, seen_hash=content_hash(edition), note="Read it."
    )
    return perform(Action.PUBLISH, edition, by=cast.author)

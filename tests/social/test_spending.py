"""What posts cost: by calendar month in the council's time, answers among them, and never past the cap."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.utils import timezone

from outbox.enums import Status
from social import spending
from social.models import Account
from tests import factories
from tests.outbox.rows import account, row
from updates.enums import Status as EditionStatus
from updates.policy import findings
from updates.transitions import Action
from updates.workflow import perform

pytestmark = pytest.mark.django_db
DIME = Decimal("0.100")


@pytest.fixture
def paid(cast):
    """An account with a cap of one dollar."""
    made = account(handle="paid")
    Account.objects.filter(pk=made.pk).update(monthly_cap=Decimal(1))
    return Account.objects.get(pk=made.pk)


def cost(account, status, price=DIME, **more):
    """Keep a row that cost something."""
    column = "sent_at" if status in (Status.SENT, Status.REMOVED) else "claimed_at"
    return row(status, **{"account": account, "price": price, column: timezone.now()} | more)


def test_spent_counts_what_was_and_what_may_have_been_made(cast, paid):
    for status in (Status.SENT, Status.REMOVED, Status.UNKNOWN, Status.SENDING):
        cost(paid, status)
    for status in (Status.QUEUED, Status.HELD, Status.FAILED, Status.CANCELLED):
        cost(paid, status)
    cost(account(handle="other"), Status.SENT)

    assert spending.spent(paid) == Decimal("0.400")
    assert spending.spent_by_account()[paid.pk] == Decimal("0.400")


def test_left_keeps_back_what_waits_to_leave(cast, paid):
    for status in (Status.SENT, Status.QUEUED, Status.HELD, Status.FAILED):
        cost(paid, status)

    assert spending.left(paid) == Decimal("0.700")


def test_there_is_nothing_left_to_know_without_a_cap(cast):
    assert spending.left(account(handle="free")) is None


@pytest.mark.parametrize(
    ("sent_at", "month", "counted"),
    [
        # Midnight in London in July is 23:00 UTC of the day before.
        (datetime(2026, 6, 30, 23, 30, tzinfo=UTC), datetime(2026, 7, 15, tzinfo=UTC), True),
        (datetime(2026, 6, 30, 22, 30, tzinfo=UTC), datetime(2026, 7, 15, tzinfo=UTC), False),
        (datetime(2026, 12, 31, 23, 30, tzinfo=UTC), datetime(2026, 12, 1, tzinfo=UTC), True),
        (datetime(2027, 1, 1, 0, 0, tzinfo=UTC), datetime(2026, 12, 1, tzinfo=UTC), False),
    ],
)
def test_a_month_is_the_councils_calendar_month(cast, paid, sent_at, month, counted):
    cost(paid, Status.SENT, sent_at=sent_at)

    assert spending.spent(paid, month) == (DIME if counted else 0)


@pytest.mark.parametrize(("price", "passes"), [("0.600", False), ("0.601", True), ("0", False)])
def test_passes_cap_counts_up_to_the_last_tenth_of_a_cent(cast, paid, price, passes):
    cost(paid, Status.SENT, price=Decimal("0.400"))

    assert spending.passes_cap(paid, Decimal(price)) is passes


def test_a_post_that_would_pass_the_cap_is_said(cast, paid):
    cost(paid, Status.SENT, price=Decimal("0.900"))

    assert spending.problems(paid, Decimal("0.100")) == []
    assert spending.problems(paid, Decimal("0.200")) == [
        "It would cost $0.20, and $0.10 is left of this month’s $1.00. "
        "Leave the account out, or ask a communications lead to raise the cap."
    ]


def test_the_price_is_said_beside_what_was_spent(cast, paid):
    cost(paid, Status.SENT, price=Decimal("0.015"))

    assert spending.sentence(paid, Decimal("0.2")) == (
        "Practice network will charge about $0.20. Spent this month: $0.015 of $1.00."
    )


def test_what_is_free_asks_nothing(cast, paid, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert spending.sentence(paid, Decimal(0)) == ""
        assert spending.problems(paid, Decimal(0)) == []
        assert not spending.passes_cap(paid, Decimal(0))


@pytest.fixture
def nearly_spent(cast):
    """An account on X, open to the cast's team, with less left than a post with a link costs."""
    made = account("x", handle="riverbank", base_url="https://api.x.com", monthly_cap=Decimal(1))
    made.teams.add(cast.team)
    cost(made, Status.SENT, price=Decimal("0.900"))
    return made


def blocked(edition):
    return [found.message for found in findings(edition) if found.code == "social_post"]


def test_a_draft_whose_post_would_pass_the_cap_is_refused(cast, nearly_spent):
    [message] = blocked(factories.draft(cast))

    assert message.startswith("X: riverbank: It would cost $0.20, and $0.10 is left of this month’s $1.00.")


def test_money_that_ran_out_after_the_approval_stops_no_notice(cast, nearly_spent):
    Account.objects.update(monthly_cap=None)
    edition = factories.approved(cast)
    Account.objects.update(monthly_cap=Decimal(1))

    assert blocked(edition) == []
    assert perform(Action.PUBLISH, edition, by=cast.author).status == EditionStatus.PUBLISHED


def test_without_the_link_the_post_is_cheap_enough(cast, nearly_spent):
    Account.objects.update(includes_link=False)

    assert blocked(factories.draft(cast)) == []


def test_posts_and_answers_are_one_query(cast, paid, django_assert_num_queries):
    with django_assert_num_queries(1):
        spending.left(paid)

"""What staff see of the mails before and after approval, and what residents are offered."""

import pytest

from subscriptions import blocks
from subscriptions.models import Batch
from tests import factories
from tests.accounts.signing_in import sign_in
from updates.transitions import Action
from updates.workflow import perform

from .conftest import deliver, publish_next, subscriber

pytestmark = pytest.mark.django_db


def test_approver_reads_how_many_are_told(client, cast):
    for number in range(3):
        subscriber(f"r{number}@mail.example")
    edition = factories.submitted(cast)
    sign_in(client, cast.approver)
    page = client.get(f"/staff/notices/{edition.notice.reference}/{edition.number}/approve/")

    assert "Goes to <strong>3 subscribers</strong> at once" in page.content.decode()


def test_minor_edition_says_that_it_goes_to_nobody(cast):
    edition = factories.draft(cast, is_minor=True)

    assert "Goes to nobody" in blocks.approve_main({}, edition)


def test_desk_counts_what_was_sent_what_waits_and_what_was_refused(cast, mail_server):
    subscriber("a@mail.example")
    subscriber("nobody@mail.example")
    live = factories.published(cast)
    deliver()
    subscriber("busy@mail.example")
    publish_next(cast, live)
    first = blocks.staff_notice({}, live.notice)
    deliver()
    Batch.objects.filter(status="retry").update(status="failed")
    second = blocks.staff_notice({}, live.notice)

    assert [" ".join(text.split()) for text in _counts(first)] == [
        "Edition 2: 0 sent · 2 waiting",
        "Edition 1: 1 sent · 1 refused by their mail server",
    ]
    assert _counts(second)[0] == "Edition 2: 1 sent · 1 not sent"


def _counts(html: str) -> list[str]:
    from django.utils.html import strip_tags

    rows = html.split("<li>")[1:]
    return [" ".join(strip_tags(row.split('<span class="cp-muted">')[0]).split()) for row in rows]


def test_desk_says_nothing_where_nobody_was_written_to(cast):
    assert blocks.staff_notice({}, factories.published(cast).notice) == ""


def test_counts_cost_the_same_for_many_mailings(cast, django_assert_num_queries):
    subscriber()
    live = factories.published(cast)
    for _number in range(4):
        live = publish_next(cast, live)
    with django_assert_num_queries(3):
        blocks.staff_notice({}, live.notice)


@pytest.mark.parametrize(
    ("kind", "words"), [("outage", "Follow this outage"), ("project", "Follow this project")]
)
def test_residents_page_offers_to_follow(client, cast, kind, words):
    notice = factories.published(cast, kind).notice
    page = client.get(notice.get_absolute_url()).content.decode()

    assert words in page
    assert f"/subscribe/?notice={notice.reference}" in page


def test_notice_that_is_over_offers_nothing_to_follow(client, cast):
    live = factories.published(cast)
    perform(Action.END, live, by=cast.approver)
    page = client.get(live.notice.get_absolute_url()).content.decode()

    assert "/subscribe/?notice=" not in page

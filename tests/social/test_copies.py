"""The sentences about every copy: how it was made and what was changed since."""

import pytest
from django.utils import timezone

from outbox.enums import Status
from social.copies import copies, count_published
from social.enums import Act
from tests.outbox.rows import account, edition, row
from updates.models import Edition

pytestmark = pytest.mark.django_db


@pytest.fixture
def first():
    """The copy of a first edition, standing."""
    return row(Status.SENT, account=account(), edition=edition())


def later(first, status=Status.SENT, *, is_correction=False, **more):
    number = Edition.objects.filter(notice=first.edition.notice).count() + 1
    following = Edition.objects.create(
        notice=first.edition.notice,
        number=number,
        title="T",
        summary="S",
        author=first.edition.author,
        status="discarded",
        is_correction=is_correction,
    )
    return row(status, account=first.account, edition=following, **more)


def test_a_plain_post_says_nothing(first):
    assert [(each.manner, each.since) for each in copies([first])] == [("", "")]


@pytest.mark.parametrize(
    ("status", "act", "since"),
    [
        (Status.SENT, Act.REPLY, "It stays as it is; edition 2 answers it."),
        (Status.FAILED, Act.REPLY, "It stays as it is."),
        (Status.SENT, Act.EDIT, "Edition 2 has put its words in the place of these."),
        (Status.FAILED, Act.EDIT, "It still says this: the edit for edition 2 is not done."),
        (Status.SENT, Act.POST, "It stays as it is."),
    ],
)
def test_an_older_copy_says_what_a_later_edition_did_to_it(first, status, act, since):
    second = later(first, status, act=act, about=first)

    assert copies([second, first])[1].since == since


@pytest.mark.parametrize(
    ("is_correction", "manner"),
    [
        (True, "Posted again; the earlier post is removed."),
        (False, "A post of its own: the platform did not take it as an answer."),
    ],
)
def test_a_post_about_an_earlier_one_says_why_it_stands_alone(first, is_correction, manner):
    second = later(first, is_correction=is_correction, about=first)

    assert copies([second, first])[0].manner == manner


@pytest.mark.parametrize("is_withdrawn", [True, False])
def test_a_removed_copy_says_why(first, is_withdrawn):
    first.status = Status.REMOVED
    first.edition.notice.withdrawn_at = timezone.now() if is_withdrawn else None
    said = {True: "Taken down with the notice.", False: "Taken down for a correction."}

    assert copies([first])[0].since == said[is_withdrawn]


def test_published_counts_accounts_whose_whole_thread_stands(first):
    row(Status.FAILED, account=first.account, edition=first.edition, part=2)
    whole = row(Status.SENT, account=account(), edition=first.edition)

    rows = list(type(whole).objects.filter(edition=first.edition))
    assert count_published(rows) == (1, 2)

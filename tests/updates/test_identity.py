"""What never changes once a notice is public, and what follows its editions."""

import pytest
from django.db import IntegrityError, transaction

from tests import factories
from tests.factories import Cast
from updates import drafting
from updates.enums import Status
from updates.models import Edition, Notice
from updates.transitions import Action
from updates.workflow import TransitionRefused, perform


def test_edition_without_a_title_goes_by_its_reference(cast: Cast):
    edition = drafting.start_notice(team=cast.team, kind="outage", by=cast.author)

    assert str(edition) == f"{edition.notice.reference} (1)"


def test_second_edition_leaves_address_and_first_publication_alone(cast: Cast):
    first = factories.published(cast)
    before = Notice.objects.get(pk=first.notice_id)
    newer = factories.next_edition(cast, first, title="Burst main mended")
    perform(Action.PUBLISH_URGENTLY, newer, by=cast.urgent_author)

    after = Notice.objects.get(pk=first.notice_id)

    assert (after.reference, after.slug, after.first_published_at, after.live_edition_id) == (
        before.reference,
        before.slug,
        before.first_published_at,
        newer.pk,
    )


def test_minor_edition_does_not_count_as_news(cast: Cast):
    first = factories.published(cast)
    newer = factories.next_edition(cast, first, is_minor=True)
    perform(Action.PUBLISH_URGENTLY, newer, by=cast.urgent_author)

    assert Notice.objects.get(pk=first.notice_id).updated_at == first.notice.updated_at


def test_new_live_edition_supersedes_the_old(cast: Cast):
    first = factories.published(cast)
    newer = factories.next_edition(cast, first)
    perform(Action.PUBLISH_URGENTLY, newer, by=cast.urgent_author)

    statuses = list(Edition.objects.order_by("number").values_list("status", flat=True))

    assert statuses == [Status.SUPERSEDED, Status.PUBLISHED]


def test_new_edition_of_an_ended_notice_opens_it_again(cast: Cast):
    first = perform(Action.END, factories.published(cast), by=cast.author)
    newer = factories.next_edition(cast, first)
    perform(Action.PUBLISH_URGENTLY, newer, by=cast.urgent_author)

    assert Notice.objects.get(pk=first.notice_id).ended_at is None


def test_next_edition_carries_words_places_and_detail_over(cast: Cast):
    first = factories.published(cast)
    first.wards.set([factories.ward("Quayside")])
    newer = drafting.start_edition(first.notice, by=cast.second_author)

    assert (newer.title, newer.number, newer.outage.advice, [ward.name for ward in newer.wards.all()]) == (
        first.title,
        2,
        "Boil it first.",
        ["Quayside"],
    )
    assert (newer.change_note, newer.author, first.outage.edition_id) == ("", cast.second_author, first.pk)


def test_second_start_returns_the_edition_already_open(cast: Cast):
    first = factories.published(cast)
    one = drafting.start_edition(first.notice, by=cast.author)

    assert drafting.start_edition(first.notice, by=cast.second_author) == one


def test_withdrawn_notice_takes_no_new_edition(cast: Cast):
    gone = perform(Action.WITHDRAW, factories.published(cast), by=cast.author, note="Wrong street.")

    with pytest.raises(drafting.DraftClosed, match="withdrawn"):
        drafting.start_edition(gone.notice, by=cast.author)


def test_edition_open_while_the_notice_is_withdrawn_cannot_be_sent_on(cast: Cast):
    first = factories.published(cast)
    newer = factories.next_edition(cast, first)
    perform(Action.WITHDRAW, first, by=cast.author, note="Wrong street.")

    with pytest.raises(TransitionRefused, match="withdrawn"):
        perform(Action.SUBMIT, newer, by=cast.author)


def test_kind_without_its_details_is_not_sent_for_approval(cast: Cast):
    started = drafting.start_notice(team=cast.team, kind="event", by=cast.author)
    words = {"title": "A fair", "summary": "On the green.", "is_borough_wide": True}
    edition = drafting.save_draft(started, seen_version=1, by=cast.author, fields=words)

    with pytest.raises(TransitionRefused, match="details of this kind"):
        perform(Action.SUBMIT, edition, by=cast.author)


@pytest.mark.parametrize(
    "changed",
    [
        {"status": "published"},
        {"status": "scheduled"},
        {"status": "approved"},
        {"is_urgent": True},
        {"published_at": "2026-11-22T10:00Z"},
    ],
)
def test_database_refuses_what_the_workflow_would_never_write(cast: Cast, changed):
    edition = factories.draft(cast)

    with pytest.raises(IntegrityError), transaction.atomic():
        Edition.objects.filter(pk=edition.pk).update(**changed)


def test_database_refuses_the_author_as_approver(cast: Cast):
    edition = factories.submitted(cast)

    with pytest.raises(IntegrityError), transaction.atomic():
        Edition.objects.filter(pk=edition.pk).update(approved_by=cast.author, approved_hash="x" * 64)


def test_database_refuses_a_second_open_edition(cast: Cast):
    edition = factories.draft(cast)

    with pytest.raises(IntegrityError), transaction.atomic():
        Edition.objects.create(notice=edition.notice, number=2, author=cast.author)


@pytest.mark.parametrize("title", ["Feedback", "ask", "Questions"])
def test_address_never_takes_the_place_of_another_page(cast: Cast, title: str):
    edition = factories.draft(cast, title=title)

    assert edition.notice.slug == f"{title.lower()}-notice"


def test_reference_somebody_has_is_drawn_again(cast: Cast, monkeypatch: pytest.MonkeyPatch):
    taken = factories.draft(cast).notice.reference
    draws = iter([*taken, *taken, *"Z2Z2Z"])
    monkeypatch.setattr("updates.models.notice.secrets.choice", lambda alphabet: next(draws))

    started = drafting.start_notice(team=cast.team, kind="general", by=cast.author)

    assert started.notice.reference == "Z2Z2Z"

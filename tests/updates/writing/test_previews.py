"""Preview links: who makes them, what they open, and everything that ends them alike."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from accounts.enums import Role
from audit.models import Event
from tests import factories
from tests.factories import Cast
from updates import drafting
from updates.models import Edition, PreviewLink
from updates.transitions import Action
from updates.workflow import perform
from updates.writing import previews

PURPOSE = "the contractor’s site office"


@pytest.fixture
def made(cast: Cast) -> tuple[Edition, PreviewLink, str]:
    """A draft, and a link to it with its token."""
    draft = factories.draft(cast)
    return draft, *previews.make_link(draft, by=cast.author, purpose=PURPOSE, days=3)


def _open(token: str):
    return Client().get(f"/preview/{token}/")


def test_link_shows_the_edition_as_it_stands_now(cast: Cast, made):
    draft, _link, token = made
    before = _open(token).content.decode()
    drafting.save_draft(draft, seen_version=draft.version, by=cast.author, fields={"title": "Main mended"})

    after = _open(token).content.decode()

    assert ("Burst main in Quay Street" in before, "Main mended" in before) == (True, False)
    assert ("Main mended" in after, "Preview: not published" in after) == (True, True)


def test_answer_is_kept_by_nobody_and_tells_no_other_server(made):
    answer = _open(made[2])

    assert answer.cookies == {}
    assert (answer["X-Robots-Tag"], answer["Referrer-Policy"]) == (
        "noindex, nofollow, noarchive",
        "no-referrer",
    )
    assert set(answer["Cache-Control"].split(", ")) == {"no-store", "private"}


def test_token_stands_nowhere_in_the_database_nor_in_the_trail(made):
    _draft, link, token = made

    assert token not in str(PreviewLink.objects.values().get())
    assert not [event for event in Event.objects.all() if token in str(event.detail)]
    assert len(link.token_hash) == 64


def test_openings_are_counted_but_not_a_mere_look_at_the_head(made):
    _draft, link, token = made
    _open(token)
    _open(token)
    Client().head(f"/preview/{token}/")

    link.refresh_from_db()
    assert link.openings == 2


def _expired(draft, link, cast):
    PreviewLink.objects.update(expires_at=timezone.now() - timedelta(seconds=1))


def _revoked(draft, link, cast):
    previews.revoke(link, by=cast.approver)


def _discarded(draft, link, cast):
    perform(Action.DISCARD, draft, by=cast.author)


def _published(draft, link, cast):
    perform(Action.PUBLISH_URGENTLY, draft, by=cast.urgent_author)


def _unknown(draft, link, cast):
    link.delete()


@pytest.mark.parametrize(
    "end", [_expired, _revoked, _discarded, _published, _unknown], ids=lambda end: end.__name__
)
def test_every_link_that_does_not_work_gets_the_same_answer(cast: Cast, made, end):
    draft, link, token = made
    end(draft, link, cast)

    answer, never = _open(token), _open("never-made")

    assert (answer.status_code, answer.content, dict(answer.headers)) == (
        404,
        never.content,
        dict(never.headers),
    )
    assert "This preview link does not work" in answer.content.decode()


def test_link_works_to_its_last_minute(made):
    _draft, link, token = made
    with time_machine.travel(link.expires_at - timedelta(seconds=2), tick=False):
        inside = _open(token).status_code
    with time_machine.travel(link.expires_at, tick=False):
        outside = _open(token).status_code

    assert (inside, outside) == (200, 404)


def test_making_and_revoking_are_in_the_trail_once(cast: Cast, made):
    _draft, link, _token = made
    previews.revoke(link, by=cast.approver)
    previews.revoke(link, by=cast.approver)

    told = Event.objects.filter(action__startswith="preview.").order_by("sequence")
    assert [(event.action, event.actor_id) for event in told] == [
        ("preview.make", cast.author.pk),
        ("preview.revoke", cast.approver.pk),
    ]


def test_only_those_who_took_part_and_approvers_share(cast: Cast, made):
    draft, link, _token = made
    names = [
        "author",
        "second_author",
        "approver",
        "moderator",
        "lead",
        "councillor",
        "administrator",
        "outsider",
    ]
    may = {name for name in names if previews.may_share(getattr(cast, name), draft)}

    assert may == {"author", "approver"}
    with pytest.raises(PermissionDenied):
        previews.make_link(draft, by=cast.second_author, purpose=PURPOSE, days=3)
    with pytest.raises(PermissionDenied):
        previews.revoke(link, by=cast.outsider)


def test_writer_who_left_the_team_no_longer_shares(cast: Cast, made):
    former = factories.member(cast.team, Role.AUTHOR, "Gone Away")
    drafting.contributed(made[0], former)
    former.memberships.all().delete()

    assert not previews.may_share(former, made[0])


@pytest.mark.parametrize("days", [0, 15, -1])
def test_link_lasts_one_to_fourteen_days(cast: Cast, made, days):
    with pytest.raises(previews.LinkRefused, match="1 to 14"):
        previews.make_link(made[0], by=cast.author, purpose=PURPOSE, days=days)


def test_published_edition_gets_no_link(cast: Cast):
    with pytest.raises(previews.LinkRefused, match="nothing to preview"):
        previews.make_link(factories.published(cast), by=cast.author, purpose=PURPOSE, days=3)


def test_there_is_an_end_to_links(cast: Cast, made):
    for _number in range(previews.MOST_LINKS - 1):
        previews.make_link(made[0], by=cast.author, purpose=PURPOSE, days=3)

    with pytest.raises(previews.LinkRefused, match="Revoke some first"):
        previews.make_link(made[0], by=cast.author, purpose=PURPOSE, days=3)


def test_draft_without_its_details_says_so(cast: Cast):
    draft = drafting.start_notice(team=cast.team, kind="event", by=cast.author)
    _link, token = previews.make_link(draft, by=cast.author, purpose=PURPOSE, days=1)

    answer = _open(token)

    assert (answer.status_code, "There is not enough to show yet" in answer.content.decode()) == (200, True)


def test_page_makes_a_link_shows_it_once_and_revokes_it(cast: Cast, signed_in):
    draft, client = factories.draft(cast), signed_in(cast.author)
    page = f"/staff/notices/{draft.notice.reference}/{draft.number}/preview-links/"

    answer = client.post(page, {"purpose": PURPOSE, "days": "3"})
    link = draft.preview_links.get()
    address = answer.context["address"]

    assert _open(address.rstrip("/").rpartition("/")[2]).status_code == 200
    assert address not in client.get(page).content.decode()
    client.post(f"{page}{link.pk}/revoke/")
    assert _open(address.rstrip("/").rpartition("/")[2]).status_code == 404


@pytest.mark.parametrize(
    ("days", "sentence"),
    [("0", "greater than or equal to 1"), ("99", "less than or equal to 14"), ("x", "whole number")],
)
def test_bad_days_are_explained_and_the_purpose_stays(cast: Cast, signed_in, days, sentence):
    draft = factories.draft(cast)
    page = f"/staff/notices/{draft.notice.reference}/{draft.number}/preview-links/"

    said = signed_in(cast.author).post(page, {"purpose": PURPOSE, "days": days}).content.decode()

    assert (sentence in said, PURPOSE in said, draft.preview_links.count()) == (True, True, 0)

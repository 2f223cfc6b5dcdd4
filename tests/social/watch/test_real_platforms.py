"""Somebody else posts, edits, deletes and changes on the real servers; the next look notices."""

from datetime import timedelta

import pytest
from django.utils import timezone

from social.enums import IncidentKind, Step
from social.models import Account, Delivery, Incident, Watch
from social.watch import looking
from tests.real import facebook_web
from tests.social.stopping.two_people import take
from tests.social.watch import places
from tests.social.watch.seeing import is_locked, kinds, look, watched

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture(scope="module")
def graph():
    """Facebook's stand-in."""
    with facebook_web.server() as facebook:
        yield facebook


@pytest.fixture(
    params=[
        ("practice", ""),
        ("bluesky", "pds"),
        ("mastodon", "mastodon"),
        ("x", "x_api"),
        ("facebook", "graph"),
    ],
    ids=lambda each: each[0],
)
def place(request, db):
    """An account under watch on each platform in turn."""
    name, server = request.param
    made = getattr(places, name)(request.getfixturevalue(server) if server else None)
    watched(made.account)
    return made


@pytest.fixture
def bluesky(pds):
    """An account under watch on the PDS."""
    made = places.bluesky(pds)
    watched(made.account)
    return made


def test_only_what_we_did_not_post_is_an_incident(place):
    mine = place.post()
    look(place.account)
    assert kinds() == []

    theirs = place.say("Win a prize: send your bank details!")
    look(place.account)
    look(place.account)

    found = Incident.objects.get()
    assert (found.kind, found.subject, found.has_stopped) == (IncidentKind.UNKNOWN_POST, theirs, True)
    assert "Win a prize" in found.evidence.get().text
    assert is_locked(place.account)
    assert Delivery.objects.get(pk=mine.pk).seen_at is not None


def test_words_somebody_changed_are_an_incident_once(place):
    mine = place.post()
    look(place.account)

    place.revise(mine.remote_id, "Win a prize!")
    look(place.account)
    look(place.account)

    found = Incident.objects.get()
    assert (found.kind, found.subject) == (IncidentKind.EDITED_POST, mine.remote_id)
    assert "Win a prize!" in found.evidence.first().text
    assert is_locked(place.account)


def test_a_record_deleted_by_hand_on_bluesky(bluesky, pds):
    mine = bluesky.post()
    Delivery.objects.update(sent_at=timezone.now() - timedelta(minutes=5))
    look(bluesky.account)

    pds.delete(bluesky.account.remote_account_id, mine.remote_id)
    look(bluesky.account)
    look(bluesky.account)

    assert list(Incident.objects.values_list("kind", "subject")) == [
        (IncidentKind.REMOVED_POST, mine.remote_id)
    ]


def test_a_new_app_password_and_a_new_name_on_bluesky(bluesky, pds):
    did = bluesky.account.remote_account_id
    look(bluesky.account)

    pds.make_app_password(did, "thief")
    profile = {"$type": "app.bsky.actor.profile", "displayName": "Free Prizes"}
    pds.put(did, profile, "self", "app.bsky.actor.profile")
    look(bluesky.account)

    found = set(Incident.objects.values_list("kind", "subject"))
    assert found == {(IncidentKind.APP_PASSWORD, "thief"), (IncidentKind.PROFILE, "name")}
    assert is_locked(bluesky.account)


def test_a_record_on_bluesky_dated_back_does_not_hide(bluesky, pds):
    look(bluesky.account)
    did = bluesky.account.remote_account_id
    uri = bluesky.say("Win a prize!")
    old = pds.record(uri)["value"] | {"createdAt": "2020-01-01T00:00:00Z"}
    pds.put(did, old, uri.rpartition("/")[2])

    look(bluesky.account)

    assert kinds() == [IncidentKind.UNKNOWN_POST]


def test_an_account_whose_access_was_given_back_is_watched_on(cast, bluesky):
    mine = bluesky.account
    take(Step.REVOKE, mine, asked_by=cast.lead, agreed_by=cast.administrator)
    Watch.objects.update(next_look_at=timezone.now())
    assert bytes(Account.objects.get(pk=mine.pk).sealed_secrets) == b""
    assert looking.due() == [mine.pk]

    bluesky.say("The stolen copy still works for two hours.")
    look(mine)

    assert kinds() == [IncidentKind.UNKNOWN_POST]
    assert Watch.objects.get().failures == 0

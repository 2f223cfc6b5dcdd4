"""Bluesky read back from the reference server: what an attacker does there, and what residents write.

Notifications come from the app's own service, which cannot be had: a stand-in (tests/real/app_view.py)
answers in its place, through the real server.
"""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
from django.utils import timezone

from outbox.errors import AccountBroken, NotSent, Rejected
from social.publishers.base import Post, Receipt, Thread
from social.publishers.bluesky_reading import seen, tid_moment
from social.publishers.registry import publisher_for
from tests.real.process import free_port
from tests.social.posts import composed, key, signed_in

BLUESKY = publisher_for("bluesky")
COLLECTION = "app.bsky.feed.post"
_handles = count(1)


@pytest.fixture
def account(pds):
    """An account of ours by an app password: (did, credentials)."""
    did, _password = pds.make_account(f"read{next(_handles)}")
    return did, signed_in(BLUESKY, pds.base_url, did, pds.make_app_password(did, "Portal"))


def rogue(text="Free money", **more):
    now = datetime.now(UTC).isoformat()
    return {"$type": COLLECTION, "text": text, "createdAt": now} | more


def timeline(credentials):
    return BLUESKY.timeline(credentials, timezone.now() - timedelta(minutes=5))


def test_a_post_with_an_old_date_does_not_hide(pds, account):
    did, credentials = account
    post = composed(BLUESKY)
    BLUESKY.publish(post, credentials, key=key())
    late_key = "4" + BLUESKY.publish(composed(BLUESKY), credentials, key=key()).remote_id[-12:]
    pds.put(did, rogue(createdAt="2019-01-01T00:00:00Z"), late_key)

    assert [each.text for each in timeline(credentials)][-1] == "Free money"


def test_a_repost_is_something_the_account_says(pds, account):
    did, credentials = account
    theirs = pds.record(pds.say(did, "To repeat", to=did))
    subject = {"uri": theirs["uri"], "cid": theirs["cid"]}
    now = datetime.now(UTC).isoformat()
    record = {"$type": "app.bsky.feed.repost", "subject": subject, "createdAt": now}
    rkey = theirs["uri"].rpartition("/")[2]
    uri = pds.put(did, record, rkey, "app.bsky.feed.repost")

    [repost, _post] = sorted(timeline(credentials), key=lambda each: each.remote_id, reverse=True)
    BLUESKY.remove(Receipt(repost.remote_id), credentials)

    assert (repost.remote_id, repost.text) == (uri, theirs["uri"])
    assert BLUESKY.look(Receipt(uri), credentials) is None


def test_a_changed_record_has_another_fingerprint(pds, account):
    did, credentials = account
    made = BLUESKY.publish(composed(BLUESKY), credentials, key=key())
    before = BLUESKY.look(made, credentials)

    pds.put(did, rogue("Something else"), made.remote_id.rpartition("/")[2])

    after = BLUESKY.look(made, credentials)
    assert (after.text, after.fingerprint == before.fingerprint) == ("Something else", False)


def test_links_an_app_shows_shortened_are_written_out():
    facet = {
        "index": {"byteStart": 5, "byteEnd": 12},
        "features": [{"$type": "app.bsky.richtext.facet#link", "uri": "https://bad.example/whole"}],
    }
    value = {"text": "Säe bad.ex… now", "facets": [facet, {"index": 3}, "x"], "createdAt": "nonsense"}

    shown = seen({"uri": f"at://did:plc:x/{COLLECTION}/3lbcdefghij22", "cid": "c", "value": value})

    assert shown.links == ("https://bad.example/whole",)
    assert "https://bad.example/whole" in shown.text


def test_the_profile_says_everything_a_hijacker_might_change(pds, account):
    did, credentials = account
    bare = BLUESKY.profile(credentials)
    words = {"displayName": "Riverbank Council", "description": "Official."}
    pds.put(did, {"$type": "app.bsky.actor.profile"} | words, "self", "app.bsky.actor.profile")

    profile = BLUESKY.profile(credentials)

    assert (bare.handle, bare.name, bare.about) == (credentials.handle, "", "")
    assert (profile.name, profile.about) == ("Riverbank Council", "Official.")


def test_who_else_may_act_for_the_account_is_named(pds, account):
    did, credentials = account
    before = BLUESKY.check(credentials).app_passwords

    pds.make_app_password(did, "Somebody")

    assert (before, set(BLUESKY.check(credentials).app_passwords)) == (("Portal",), {"Portal", "Somebody"})


def test_revoke_takes_our_app_password_away(pds, account):
    did, credentials = account

    BLUESKY.revoke(credentials)

    with pytest.raises(AccountBroken):
        BLUESKY.sign_in(credentials.base_url, did, credentials.secrets["password"])


def test_a_token_in_a_thiefs_hand_lives_on_after_revoking(pds, account):
    """Why the watch goes on for two hours after a revocation."""
    _did, credentials = account
    BLUESKY.revoke(credentials)

    BLUESKY.publish(composed(BLUESKY), credentials, key=key())

    assert len(timeline(credentials)) == 1


def test_revoke_says_what_is_left_when_nobody_knows_which_password_is_ours(pds, account):
    did, credentials = account
    pds.make_app_password(did, "Somebody")

    with pytest.raises(Rejected, match="Delete it in the account's settings"):
        BLUESKY.revoke(credentials)
    assert len(BLUESKY.check(credentials).app_passwords) == 2


def test_an_answer_to_a_resident_names_the_whole_conversation(pds, account):
    did, credentials = account
    other, _password = pds.make_account(f"reader{next(_handles)}")
    ours = BLUESKY.publish(composed(BLUESKY), credentials, key=key())
    theirs = pds.say(other, "Is it safe?", to=did, parent=ours.remote_id)

    made = BLUESKY.publish(composed(BLUESKY), credentials, key=key(), thread=Thread(Receipt(theirs), ours))

    reply = pds.record(made.remote_id)["value"]["reply"]
    assert (reply["root"]["uri"], reply["parent"]["uri"]) == (ours.remote_id, theirs)


def test_a_repeat_after_the_answered_post_changed_is_the_same_post(pds, account):
    did, credentials = account
    ours = BLUESKY.publish(composed(BLUESKY), credentials, key=key())
    post, same = composed(BLUESKY), key()
    made = BLUESKY.publish(post, credentials, key=same, thread=Thread(ours, ours))
    pds.put(did, rogue("Changed"), ours.remote_id.rpartition("/")[2])

    assert BLUESKY.publish(post, credentials, key=same, thread=Thread(ours, ours)) == made


def test_a_parent_that_cannot_be_read_sends_nothing(account):
    _did, credentials = account
    ours = BLUESKY.publish(composed(BLUESKY), credentials, key=key())
    away = replace(credentials, base_url=f"http://localhost:{free_port()}")

    with pytest.raises(NotSent):
        BLUESKY.publish(composed(BLUESKY), away, key=key(), thread=Thread(ours, ours))


def test_a_mention_belongs_to_no_conversation_of_ours(pds, account):
    did, credentials = account
    other, _password = pds.make_account(f"reader{next(_handles)}")
    theirs = pds.say(other, "Look at this", to=did)
    deeper = pds.say(other, "And this", to=did, parent=theirs)

    replies = BLUESKY.replies(credentials, timezone.now() - timedelta(minutes=5))

    assert [(each.remote_id, each.parent_id, each.root_id) for each in replies] == [
        (deeper, theirs, ""),
        (theirs, "", ""),
    ]


def test_more_replies_than_one_page_all_arrive(pds, account):
    did, credentials = account
    other, _password = pds.make_account(f"reader{next(_handles)}")
    first = pds.say(other, "Why?", to=did)
    box = pds.notifications_of(did)
    box += [box[0] | {"uri": f"{first}{number}"} for number in range(250)]

    replies = BLUESKY.replies(credentials, timezone.now() - timedelta(minutes=5))

    assert len({each.remote_id for each in replies}) == 251


@pytest.mark.parametrize("rkey", ["", "self", "zzzzzzzzzzzzz", "notice-2026-1"])
def test_a_key_of_another_kind_claims_no_time(rkey):
    assert tid_moment(rkey) is None or tid_moment(rkey).year > 2000


def test_a_post_is_matched_with_its_pictures_words(pds, account):
    _did, credentials = account
    post = composed(BLUESKY)
    made = BLUESKY.publish(post, credentials, key=key())
    shown = BLUESKY.look(made, credentials)

    with_picture = Post.from_json(post.to_json() | {"images": [{"name": "a", "alt": "b", "sha256": "c"}]})

    assert (BLUESKY.matches(shown, post), BLUESKY.matches(shown, with_picture)) == (True, False)

"""Mastodon read back: what everybody sees of an account, and what people write to it."""

import json
from dataclasses import replace
from datetime import timedelta

import httpx
import pytest
from django.utils import timezone

from outbox.errors import NotSent
from social.publishers import mastodon_replies
from social.publishers.base import Credentials, Receipt
from social.publishers.mastodon_reading import plain, seen
from social.publishers.registry import publisher_for
from tests.social.posts import composed, key, signed_in
from tests.social.test_http import saying, server

MASTODON = publisher_for("mastodon")
MOMENT = "2026-11-22T06:40:00.000Z"


@pytest.fixture
def credentials(mastodon):
    return signed_in(MASTODON, mastodon.base_url, "", mastodon.token)


def just_now():
    return timezone.now() - timedelta(minutes=5)


def status(content="<p>Water is back</p>", **more):
    return {"id": "1", "url": "https://m.example/@c/1", "content": content, "created_at": MOMENT, **more}


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("<p>One</p><p>Two<br />Three</p>", "One\n\nTwo\nThree"),
        ("<p>Fish &amp; chips &lt;b&gt;</p>", "Fish & chips <b>"),
        (
            '<p><a href="https://riverbank.example/n/N7K3Q/"><span class="invisible">https://</span>'
            '<span class="ellipsis">riverbank.example</span><span class="invisible">/n/N7K3Q/</span></a></p>',
            "https://riverbank.example/n/N7K3Q/",
        ),
        ("plain", "plain"),
        ("", ""),
    ],
)
def test_plain_words_of_a_status(content, words):
    assert plain(content) == words


def test_links_are_those_a_reader_follows_not_names_and_hashtags():
    content = (
        '<p><a href="https://m.example/@x" class="u-url mention">@x</a>'
        '<a class="mention hashtag" href="https://m.example/tags/y">#y</a>'
        '<a href="https://bad.example/?a=1&amp;b=2">good.example</a><a href="javascript:x">z</a></p>'
    )

    assert seen(status(content)).links == ("https://bad.example/?a=1&b=2",)


def test_the_program_that_posted_is_named_where_the_server_says_it():
    assert seen(status(application={"name": "Somebody's phone"})).made_with == "Somebody's phone"
    assert seen(status(application=None)).made_with == ""


@pytest.mark.parametrize(
    "change",
    [
        {"content": "<p>Water is off</p>"},
        {"content": '<p><a href="https://bad.example/">Water is back</a></p>'},
        {"edited_at": MOMENT},
        {"spoiler_text": "Beware"},
        {"sensitive": True},
        {"media_attachments": [{"id": "7", "description": "A street"}]},
    ],
)
def test_the_fingerprint_changes_with_what_people_see(change):
    assert seen(status(**change)).fingerprint != seen(status()).fingerprint


def test_the_fingerprint_stays_when_the_server_writes_the_same_words_otherwise():
    same = seen(status('<p class="new">Water is back</p>', favourites_count=7))

    assert same.fingerprint == seen(status()).fingerprint


def test_a_boost_is_something_the_account_says(mastodon, credentials):
    token = mastodon.make_account("booster")
    theirs = mastodon.say(token, "Free money")
    mine = {"Authorization": f"Bearer {mastodon.token}"}
    url = f"{mastodon.base_url}/api/v1/statuses/{theirs}/reblog"
    httpx.post(url, headers=mine).raise_for_status()

    [boost] = MASTODON.timeline(credentials, just_now())
    MASTODON.remove(Receipt(boost.remote_id), credentials)

    assert (boost.text, boost.remote_id == theirs) == ("Free money", False)
    assert MASTODON.timeline(credentials, just_now()) == []


def test_a_boost_of_our_own_words_is_not_our_post():
    post = composed(MASTODON)
    said = status(f"<p>{post.text}</p>")

    assert MASTODON.matches(seen(said), post)
    assert not MASTODON.matches(seen(status("", reblog=said)), post)


def test_more_than_one_page_of_posts_is_read(mastodon, credentials):
    for number in range(45):
        mastodon.say(mastodon.token, f"Notice {number}")

    assert len(MASTODON.timeline(credentials, just_now())) == 45


def test_a_server_that_shows_posts_to_members_only_is_read_with_our_token(mastodon, credentials):
    MASTODON.publish(composed(MASTODON), credentials, key=key())
    path = f"/api/v1/accounts/{credentials.remote_account_id}/statuses"
    mastodon.fault("status", method="GET", path=path, status=401, body={"error": "Members only"})

    assert len(MASTODON.timeline(credentials, just_now())) == 1


def test_the_profile_says_everything_a_hijacker_might_change(mastodon, credentials):
    mine = {"Authorization": f"Bearer {mastodon.token}"}
    form = {
        "display_name": "Free Money",
        "note": "Click!",
        "fields_attributes[0][name]": "Web",
        "fields_attributes[0][value]": "https://bad.example",
    }
    url = f"{mastodon.base_url}/api/v1/accounts/update_credentials"
    httpx.patch(url, data=form, headers=mine).raise_for_status()

    profile = MASTODON.profile(credentials)

    assert (profile.handle, profile.name) == (credentials.handle, "Free Money")
    assert profile.about == "Click!\nWeb: https://bad.example"
    assert profile.picture != ""


def test_a_server_whose_clock_is_behind_still_shows_us_our_post(mastodon, credentials):
    ahead = (timezone.now() + timedelta(minutes=8)).isoformat().replace("+00:00", "Z")
    post = replace(composed(MASTODON), created_at=ahead)
    made = MASTODON.publish(post, credentials, key=key())

    assert MASTODON.find(post, credentials, key=key()) == made


def test_an_account_posting_too_much_to_look_through_is_an_error_not_an_absence(
    mastodon, credentials, settings
):
    page = [status(content=f"<p>{number}</p>", id=str(number)) for number in range(40)]
    page = [each | {"created_at": timezone.now().isoformat()} for each in page]
    with server(saying(200, body=json.dumps(page).encode())) as (url, _heads):
        mine = Credentials(url, "c", "1", {"token": "t"})
        with pytest.raises(NotSent):
            MASTODON.find(composed(MASTODON), mine, key=key())
        # The watch has seen more than enough by then.
        assert len(MASTODON.timeline(mine, just_now())) == 600


# --- What people write -----------------------------------------------------------------------------


def test_a_mention_belongs_to_no_conversation_of_ours(mastodon, credentials):
    token = mastodon.make_account("mentioner")
    first = mastodon.say(token, "Nice weather")
    second = mastodon.say(token, f"@{credentials.handle} look", first)

    [mention] = MASTODON.replies(credentials, just_now())

    assert (mention.remote_id, mention.parent_id, mention.root_id) == (second, first, "")


def test_an_answer_to_an_answer_deep_down_finds_our_post(mastodon, credentials):
    ours = MASTODON.publish(composed(MASTODON), credentials, key=key())
    token = mastodon.make_account("deep")
    above = ours.remote_id
    for number in range(5):
        above = mastodon.say(token, f"Answer {number}", above)
    last = mastodon.say(token, f"@{credentials.handle} still there?", above)

    [reply] = MASTODON.replies(credentials, just_now())

    assert (reply.remote_id, reply.parent_id, reply.root_id) == (last, above, ours.remote_id)


def test_ten_thousand_answers_arrive_within_what_servers_allow():
    me = {"id": "9", "acct": "council"}
    now = timezone.now().isoformat()
    asked: list[str] = []

    def answer(connection_head):
        path = connection_head.split(b" ")[1].decode()
        asked.append(path)
        if "/statuses/" in path:
            return status(account=me, id="100000")
        top = int(httpx.URL(path).params.get("max_id", "10000"))
        numbers = range(top - 1, max(top - 81, -1), -1)
        return [
            {
                "id": str(number),
                "type": "mention",
                "created_at": now,
                "status": status(
                    f"<p>Answer {number}</p>",
                    id=f"s{number}",
                    in_reply_to_id="100000",
                    account={"id": "1", "acct": "resident"},
                ),
            }
            for number in numbers
        ]

    def behave(connection):
        body = json.dumps(answer(heads[-1])).encode()
        saying(200, body=body)(connection)

    with server(behave) as (url, heads):
        replies = MASTODON.replies(Credentials(url, "council", "9", {"token": "t"}), just_now())

    assert len({each.remote_id for each in replies}) == 10_000
    assert {each.root_id for each in replies} == {"100000"}
    assert len(asked) < 300


def test_broken_mentions_are_passed_over():
    broken = [{"id": "1", "type": "mention", "created_at": MOMENT, "status": None}]
    with server(saying(200, body=json.dumps(broken).encode())) as (url, _heads):
        mine = Credentials(url, "c", "1", {"token": "t"})
        assert mastodon_replies.replies(mine, just_now()) == []

"""Reading X back: what an attacker and a resident leave there, and what X makes of words and links."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from outbox.errors import Blocked, NotSent
from outbox.receipt import Receipt
from social.publishers import x_media
from social.publishers.base import Thread
from social.publishers.registry import publisher_for
from tests.real.x_document import request
from tests.real.x_refusals import Fault
from tests.social.posts import composed, content, dated, key, picture_bytes, stored_picture

pytestmark = pytest.mark.django_db
X = publisher_for("x")
SUSPENDED = (
    b'{"errors": [{"title": "Forbidden", "detail": "User has been suspended: [council].", '
    b'"type": "https://api.twitter.com/2/problems/resource-not-found", "value": "council"}]}'
)


def since():
    return timezone.now() - timedelta(minutes=5)


def me(x_api, x_account):
    return x_api.users[x_account.credentials.remote_account_id]


def sent(x_account, wording="", **more):
    [post] = X.compose(content(**more), wording, X.limits)
    post = dated(post)
    return post, X.publish(post, x_account.credentials, key=key())


@pytest.mark.parametrize(
    "words",
    [
        "Fish & chips <today> at council.gov.uk",
        "Read https://riverbank.example/a and https://riverbank.example/b/?x=1&y=2.",
        "Cafe\u0301 open “as usual” – £5",
        "Two\n\nparagraphs",
    ],
)
def test_words_come_back_as_they_were_written(x_account, words):
    post, made = sent(x_account, words)

    seen = X.look(made, x_account.credentials)

    assert X.matches(seen, post)
    assert "t.co" not in seen.text
    assert post.link in seen.links


def test_other_words_or_another_link_do_not_match(x_account):
    post, made = sent(x_account)
    seen = X.look(made, x_account.credentials)

    assert not X.matches(seen, replace(post, text=post.text.replace("Burst", "Mended")))
    assert not X.matches(seen, replace(post, text=post.text.replace("N7K3Q", "N7K3R")))


def test_a_picture_goes_in_pieces_with_its_description_and_is_counted(x_account, x_api, monkeypatch):
    monkeypatch.setattr(x_media, "CHUNK", 500)
    image = stored_picture(picture_bytes("PNG", size=(900, 700)), alt="A flooded street.")
    post, made = sent(x_account, image=image)
    seen = X.look(made, x_account.credentials)
    media = x_api.media[x_api.posts[made.remote_id].media[0]]

    assert media["alt"] == "A flooded street."
    assert len(media["data"]) == media["total_bytes"] > 2 * x_media.CHUNK
    assert X.matches(seen, post)
    assert not X.matches(seen, replace(post, images=()))
    assert "photo" not in seen.text


def test_a_picture_without_its_description_is_not_posted(x_account, x_api):
    x_api.faults.append(Fault("/media/metadata"))

    with pytest.raises(NotSent):
        sent(x_account, image=stored_picture(picture_bytes()))
    assert x_account.shown() == []


def test_a_quotation_of_ours_is_not_ours(x_account, x_api):
    post, made = sent(x_account)
    quoted = x_api.say(me(x_api, x_account), post.text)
    x_api.posts[quoted].quoted = made.remote_id

    seen = X.look(Receipt(quoted), x_account.credentials)

    assert not X.matches(seen, post)


def test_an_edited_post_stays_the_post_it_was_and_shows_the_edit(x_account, x_api):
    post, made = sent(x_account)
    before = X.look(made, x_account.credentials)
    x_api.revise(made.remote_id, "Send money to this address")

    after = X.look(made, x_account.credentials)
    [in_timeline] = X.timeline(x_account.credentials, since())

    assert after.remote_id == in_timeline.remote_id == made.remote_id
    assert after.text == "Send money to this address"
    assert before.fingerprint != after.fingerprint == in_timeline.fingerprint
    assert not X.matches(after, post)
    X.remove(made, x_account.credentials)
    assert X.timeline(x_account.credentials, since()) == []


def test_a_flood_is_read_page_by_page(x_account, x_api):
    for number in range(250):
        x_api.say(me(x_api, x_account), f"Rogue {number}")

    seen = X.timeline(x_account.credentials, since())

    assert [each.text for each in seen] == [f"Rogue {number}" for number in reversed(range(250))]


def test_a_timeline_that_is_withheld_is_no_empty_timeline(x_account, x_api):
    path = f"/users/{x_account.credentials.remote_account_id}/tweets"
    x_api.faults.append(Fault(path, "GET", raw=SUSPENDED))
    with pytest.raises(Blocked):
        X.timeline(x_account.credentials, since())

    x_api.faults.append(Fault(path, "GET", raw=b'{"errors": [{"title": "Oops"}]}'))
    with pytest.raises(NotSent):
        X.timeline(x_account.credentials, since())


def test_the_profile_is_told_with_its_links_written_out(x_account, x_api):
    user = me(x_api, x_account)
    user.description, user.url = "News of Riverbank", "https://riverbank.example/"

    profile = X.profile(x_account.credentials)

    assert (profile.about, profile.link) == ("News of Riverbank", "https://riverbank.example/")
    assert profile.picture.endswith(".png")


# --- Conversations ----------------------------------------------------------------------------------


def test_a_mention_in_somebody_elses_conversation_belongs_to_none_of_ours(x_account, x_api):
    other = x_api.make_account("neighbour")
    theirs = x_api.say(other, "The bridge is closed")
    x_account.says_as_other("What is this?", theirs)
    x_api.say(other, f"@{x_account.credentials.handle} look", theirs)

    [reply] = X.replies(x_account.credentials, since())

    assert (reply.parent_id, reply.root_id) == (theirs, "")


def test_a_mention_out_of_the_blue_begins_nothing_of_ours(x_account):
    x_account.says_as_other("Is the pool open?")

    [reply] = X.replies(x_account.credentials, since())

    assert (reply.parent_id, reply.root_id) == ("", "")


def test_an_answer_of_ours_to_a_resident_is_known_again(x_account):
    _post, ours = sent(x_account)
    asked = x_account.says_as_other("Until when?", ours.remote_id)
    answer = dated(replace(composed(X), text="Until six o’clock."))

    made = X.publish(answer, x_account.credentials, key=key(), thread=Thread(Receipt(asked), ours))
    seen = X.look(made, x_account.credentials)

    assert seen.text.startswith("@resident")
    assert X.matches(seen, answer)


def test_a_flood_of_replies_is_cut_off_and_no_error(x_account, x_api):
    _post, ours = sent(x_account)
    other = x_api.make_account("resident")
    for number in range(1200):
        x_api.say(other, f"Answer {number}", ours.remote_id)

    replies = X.replies(x_account.credentials, since())

    assert len(replies) == 1000
    assert replies[0].text.endswith("Answer 1199")
    assert {reply.root_id for reply in replies} == {ours.remote_id}


# --- Links and prices -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("link", "found"),
    [
        ("https://x.com/council/status/1346889436626259968", "1346889436626259968"),
        ("https://twitter.com/council/status/1346889436626259968?s=20", "1346889436626259968"),
        ("https://x.com/i/web/status/1346889436626259968/photo/1", "1346889436626259968"),
        ("https://x.com.evil.example/council/status/1", None),
        ("https://x.com/council", None),
        ("javascript://x.com/council/status/1", None),
        ("https://[x.com/a/status/1", None),
    ],
)
def test_the_id_is_read_off_a_link(link, found):
    receipt = X.receipt_from_link(link, "https://api.x.com", "1")

    assert (receipt.remote_id if receipt else None) == found


def test_a_post_costs_more_with_a_link_and_with_pictures():
    [linked] = X.compose(content(), "", X.limits)
    bare = replace(linked, text="Water is back.", link="")
    pictured = replace(bare, images=(stored_picture(picture_bytes()),))

    prices = [X.price(post) for post in (linked, bare, pictured)]

    assert prices == [Decimal("0.200"), Decimal("0.015"), Decimal("0.020")]


def test_the_council_may_set_other_prices(settings):
    settings.X_PRICES = {"post": Decimal(1), "post_with_link": Decimal(2), "picture": Decimal(0)}

    assert X.price(composed(X)) == Decimal(2)


@pytest.mark.parametrize(
    "body", [b'{"txt": "A"}', b'{"text": "A", "media": {"media_ids": ["a"]}}', b'{"text": "A", "reply": {}}']
)
def test_the_document_knows_what_x_would_not_take(x_api, body):
    call = request("POST", "/2/tweets", {}, {}, body)

    [problem] = x_api.document.problems(call, 201, b'{"data": {"id": "1", "text": "A"}}', "application/json")
    assert "RequestBody" in problem


def test_the_document_knows_what_x_would_not_say(x_api):
    call = request("POST", "/2/tweets", {}, {}, b'{"text": "A"}')

    [problem] = x_api.document.problems(call, 201, b'{"data": {"id": 1, "text": "A"}}', "application/json")
    assert "InvalidData" in problem


def test_the_document_knew_all_calls_but_those_of_access_and_pictures(x_account, x_api):
    sent(x_account, image=stored_picture(picture_bytes()))
    X.replies(x_account.credentials, since())

    assert x_api.problems == []
    assert x_api.document.checked > 0
    assert {name.split("/")[2] for name in x_api.document.strange} <= {"oauth2", "media"}

"""What every publisher promises, asked of each registered one before its real server."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from outbox.errors import AccountBroken, NotSent, Rejected
from outbox.receipt import Receipt
from social.enums import Channel
from social.publishers.base import Thread
from social.publishers.registry import PUBLISHERS, publisher_for
from tests.real.process import free_port
from tests.social.posts import composed, key, picture_bytes, stored_picture


def published(platform, *, thread=None):
    """Publish a fresh post and return it with its receipt."""
    post = composed(platform.publisher)
    return post, platform.publisher.publish(post, platform.credentials, key=key(), thread=thread)


def just_now():
    return timezone.now() - timedelta(minutes=5)


def timeline(platform):
    return platform.publisher.timeline(platform.credentials, just_now())


def test_every_channel_has_a_publisher_of_its_own():
    assert {channel: publisher_for(channel).channel for channel in Channel} == {c: c for c in Channel}
    assert len({type(publisher) for publisher in PUBLISHERS.values()}) == len(Channel)


def test_publish_shows_exactly_the_post(platform):
    post = composed(platform.publisher)

    receipt = platform.publisher.publish(post, platform.credentials, key=key())

    assert platform.shown() == [post.text]
    assert receipt.remote_id != ""


def test_publish_twice_with_one_key_shows_one_post_where_a_repeat_is_called_safe(keyed):
    post, same = composed(keyed.publisher), key()

    first = keyed.publisher.publish(post, keyed.credentials, key=same)
    second = keyed.publisher.publish(post, keyed.credentials, key=same)

    assert first == second
    assert keyed.shown() == [post.text]


def test_find_knows_the_post_by_the_same_receipt(watched):
    post, same = composed(watched.publisher), key()
    made = watched.publisher.publish(post, watched.credentials, key=same)

    assert watched.publisher.find(post, watched.credentials, key=same) == made


def test_find_does_not_take_another_post_for_it(platform):
    wanted = composed(platform.publisher)
    platform.publisher.publish(composed(platform.publisher), platform.credentials, key=key())

    assert platform.publisher.find(wanted, platform.credentials, key=key()) is None


def test_find_does_not_take_another_edition_with_the_same_link_for_it(platform):
    first = composed(platform.publisher)
    second = replace(first, text=first.text.replace("Burst", "Mended"))
    platform.publisher.publish(first, platform.credentials, key=key())

    assert platform.publisher.find(second, platform.credentials, key=key()) is None


def test_find_of_nothing_at_all(platform):
    assert platform.publisher.find(composed(platform.publisher), platform.credentials, key=key()) is None


def test_remove_takes_it_down_and_a_second_time_does_no_harm(platform):
    post, same = composed(platform.publisher), key()
    receipt = platform.publisher.publish(post, platform.credentials, key=same)

    platform.publisher.remove(receipt, platform.credentials)
    platform.publisher.remove(receipt, platform.credentials)

    assert platform.shown() == []
    assert platform.publisher.find(post, platform.credentials, key=same) is None


def test_check_says_who_we_are(platform):
    assert platform.publisher.check(platform.credentials).handle == platform.credentials.handle


def test_a_link_a_person_found_leads_to_the_same_receipt(watched):
    _post, made = published(watched)
    mine = watched.credentials
    link = watched.link_of(made)

    found = watched.publisher.receipt_from_link(link, mine.base_url, mine.remote_account_id)

    assert found.remote_id == made.remote_id


@pytest.mark.parametrize("link", ["", "nonsense", "https://elsewhere.example/@x/1", "javascript:alert(1)"])
def test_a_link_to_elsewhere_is_no_receipt(platform, link):
    mine = platform.credentials

    assert platform.publisher.receipt_from_link(link, mine.base_url, mine.remote_account_id) is None


def test_a_picture_goes_along_with_its_description(platform):
    image = stored_picture(picture_bytes(gps=True))

    receipt = platform.publisher.publish(
        composed(platform.publisher, image=image), platform.credentials, key=key()
    )

    assert isinstance(receipt, Receipt)


def test_a_picture_that_changed_after_approval_is_refused(remote):
    image = replace(stored_picture(picture_bytes()), sha256="0" * 64)

    with pytest.raises(Rejected):
        remote.publisher.publish(composed(remote.publisher, image=image), remote.credentials, key=key())
    assert remote.shown() == []


def test_revoked_credentials_need_a_person(remote):
    with pytest.raises(AccountBroken):
        remote.publisher.publish(composed(remote.publisher), remote.revoked(), key=key())
    with pytest.raises(AccountBroken):
        remote.publisher.check(remote.revoked())


def test_a_server_that_is_away_has_not_been_sent_anything(remote):
    away = replace(remote.credentials, base_url=f"http://127.0.0.1:{free_port()}")

    with pytest.raises(NotSent):
        remote.publisher.publish(composed(remote.publisher), away, key=key())


def test_a_post_has_a_price_and_it_may_be_nothing(platform):
    price = platform.publisher.price(composed(platform.publisher))

    assert isinstance(price, Decimal)
    assert price >= 0


# --- Reading back ----------------------------------------------------------------------------------


def test_the_timeline_shows_the_posts_as_they_were_sent_newest_first(watched):
    first, first_made = published(watched)
    second, second_made = published(watched)

    seen = timeline(watched)

    assert [each.remote_id for each in seen] == [second_made.remote_id, first_made.remote_id]
    assert [
        watched.publisher.matches(each, post) for each, post in zip(seen, (second, first), strict=True)
    ] == [
        True,
        True,
    ]
    assert not watched.publisher.matches(seen[0], first)
    assert first.link in seen[1].text


def test_the_timeline_says_when_and_keeps_the_evidence(watched):
    before = timezone.now()
    published(watched)

    [seen] = timeline(watched)

    assert abs(seen.posted_at - before) < timedelta(minutes=1)
    assert seen.raw != {}


def test_the_timeline_leaves_out_what_is_older(watched):
    published(watched)

    later = timezone.now() + timedelta(minutes=5)

    assert watched.publisher.timeline(watched.credentials, later) == []


def test_reading_back_needs_no_access_of_ours(public):
    post, made = published(public)
    blind = public.revoked()

    [seen] = public.publisher.timeline(blind, just_now())

    assert public.publisher.matches(seen, post)
    assert public.publisher.look(made, blind) == seen
    assert public.publisher.profile(blind).handle == public.credentials.handle


def test_look_finds_the_post_until_it_is_taken_down(watched):
    post, made = published(watched)

    seen = watched.publisher.look(made, watched.credentials)
    watched.publisher.remove(made, watched.credentials)

    assert seen.remote_id == made.remote_id
    assert watched.publisher.matches(seen, post)
    assert watched.publisher.look(made, watched.credentials) is None
    assert timeline(watched) == []


def test_the_fingerprint_stays_while_nothing_changes(watched):
    _post, made = published(watched)

    first = watched.publisher.look(made, watched.credentials)
    [second] = timeline(watched)

    assert first.fingerprint == second.fingerprint != ""


def test_the_profile_says_whose_account_it_is(watched):
    assert watched.publisher.profile(watched.credentials).handle == watched.credentials.handle


# --- Changing --------------------------------------------------------------------------------------


def test_edit_changes_the_words_and_keeps_the_receipt(editable):
    _post, made = published(editable)
    corrected = composed(editable.publisher)

    editable.publisher.edit(made, corrected, editable.credentials)
    editable.publisher.edit(made, corrected, editable.credentials)

    assert editable.shown() == [corrected.text]


def test_an_edited_post_has_another_fingerprint(editable_in_sight):
    platform = editable_in_sight
    post, made = published(platform)
    corrected = composed(platform.publisher)
    before = platform.publisher.look(made, platform.credentials)

    platform.publisher.edit(made, corrected, platform.credentials)

    after = platform.publisher.look(made, platform.credentials)
    assert after.fingerprint != before.fingerprint
    assert after.remote_id == made.remote_id
    assert platform.publisher.matches(after, corrected)
    assert not platform.publisher.matches(after, post)


def test_editing_a_post_that_is_gone_is_refused(editable_in_sight):
    platform = editable_in_sight
    _post, made = published(platform)
    platform.publisher.remove(made, platform.credentials)

    with pytest.raises(Rejected):
        platform.publisher.edit(made, composed(platform.publisher), platform.credentials)
    assert platform.shown() == []


def test_a_platform_without_edits_refuses_them(fixed):
    post, made = published(fixed)

    with pytest.raises(Rejected):
        fixed.publisher.edit(made, composed(fixed.publisher), fixed.credentials)
    assert fixed.shown() == [post.text]


# --- Conversations ---------------------------------------------------------------------------------


def test_an_answer_to_our_own_post_is_shown_too(answering):
    first, root = published(answering)
    second, made = published(answering, thread=Thread(root, root))

    assert sorted(answering.shown()) == sorted([first.text, second.text])
    assert answering.publisher.look(made, answering.credentials).remote_id == made.remote_id
    assert answering.publisher.replies(answering.credentials, just_now()) == []


def test_an_answer_to_a_post_that_is_gone_is_refused(answering):
    _post, root = published(answering)
    answering.publisher.remove(root, answering.credentials)

    with pytest.raises(Rejected):
        published(answering, thread=Thread(root, root))
    assert answering.shown() == []


def test_what_somebody_answers_comes_with_what_it_answers(answering):
    _post, ours = published(answering)

    theirs = answering.says_as_other("Is it safe to drink?", ours.remote_id)

    [reply] = answering.publisher.replies(answering.credentials, just_now())
    assert (reply.remote_id, reply.parent_id, reply.root_id) == (theirs, ours.remote_id, ours.remote_id)
    assert reply.text.endswith("Is it safe to drink?")
    assert reply.author_handle not in {"", answering.credentials.handle}


def test_an_answer_to_somebodys_answer_belongs_to_the_same_conversation(answering):
    _post, ours = published(answering)
    first = answering.says_as_other("Is it safe to drink?", ours.remote_id)

    published(answering, thread=Thread(Receipt(first), ours))
    second = answering.says_as_other("And for babies?", first)

    replies = answering.publisher.replies(answering.credentials, just_now())
    assert [(each.remote_id, each.parent_id, each.root_id) for each in replies] == [
        (second, first, ours.remote_id),
        (first, ours.remote_id, ours.remote_id),
    ]


def test_what_was_said_before_is_not_told_again(answering):
    _post, ours = published(answering)
    answering.says_as_other("Is it safe to drink?", ours.remote_id)

    later = timezone.now() + timedelta(minutes=5)

    assert answering.publisher.replies(answering.credentials, later) == []

"""What every publisher promises, asked of each registered one before its real server."""

from dataclasses import replace
from datetime import timedelta

import pytest

from outbox.errors import AccountBroken, NotSent, Rejected
from outbox.receipt import Receipt
from social.enums import Channel
from social.publishers.registry import PUBLISHERS, publisher_for
from tests.real.process import free_port
from tests.social.posts import composed, key, picture_bytes, stored_picture


def test_every_channel_has_a_publisher_of_its_own():
    assert {channel: publisher_for(channel).channel for channel in Channel} == {c: c for c in Channel}
    assert len({type(publisher) for publisher in PUBLISHERS.values()}) == len(Channel)


def test_publish_shows_exactly_the_post(platform):
    post = composed(platform.publisher)

    receipt = platform.publisher.publish(post, platform.credentials, key=key())

    assert platform.shown() == [post.text]
    assert receipt.remote_id != ""


def test_publish_twice_with_one_key_shows_one_post(platform):
    post, same = composed(platform.publisher), key()

    first = platform.publisher.publish(post, platform.credentials, key=same)
    second = platform.publisher.publish(post, platform.credentials, key=same)

    assert first == second
    assert platform.shown() == [post.text]
    assert platform.publisher.repeat_is_safe(timedelta(minutes=1))


def test_find_knows_the_post_by_the_same_receipt(platform):
    post, same = composed(platform.publisher), key()
    made = platform.publisher.publish(post, platform.credentials, key=same)

    assert platform.publisher.find(post, platform.credentials, key=same) == made


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


def test_a_link_a_person_found_leads_to_the_same_receipt(platform):
    made = platform.publisher.publish(composed(platform.publisher), platform.credentials, key=key())
    mine = platform.credentials
    link = platform.link_of(made)

    found = platform.publisher.receipt_from_link(link, mine.base_url, mine.remote_account_id)

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


def test_a_picture_that_changed_after_approval_is_refused(platform):
    if not platform.publisher.needs_server:
        pytest.skip("the practice network shows our own file")
    image = replace(stored_picture(picture_bytes()), sha256="0" * 64)

    with pytest.raises(Rejected):
        platform.publisher.publish(composed(platform.publisher, image=image), platform.credentials, key=key())
    assert platform.shown() == []


def test_revoked_credentials_need_a_person(platform):
    if not platform.publisher.needs_secret:
        pytest.skip("this network asks for no secret")

    with pytest.raises(AccountBroken):
        platform.publisher.publish(composed(platform.publisher), platform.revoked(), key=key())
    with pytest.raises(AccountBroken):
        platform.publisher.check(platform.revoked())


def test_a_server_that_is_away_has_not_been_sent_anything(platform):
    if not platform.publisher.needs_server:
        pytest.skip("this network is always there")
    away = replace(platform.credentials, base_url=f"http://127.0.0.1:{free_port()}")

    with pytest.raises(NotSent):
        platform.publisher.publish(composed(platform.publisher), away, key=key())

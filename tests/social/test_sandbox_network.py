"""The practice network: what others say there, and what its pages show of a conversation."""

from datetime import timedelta

import pytest
from django.utils import timezone

from outbox.errors import Rejected
from social.models import SandboxPost
from social.publishers.base import Credentials, Post, Receipt, Thread
from social.publishers.registry import publisher_for
from social.sandbox import network

pytestmark = pytest.mark.django_db
SANDBOX = publisher_for("sandbox")
OURS = Credentials("", "riverbank", "riverbank")


def ours(text="Burst main in Quay Street.", key="one", thread=None):
    return SANDBOX.publish(Post(text, ""), OURS, key=key, thread=thread)


def heard():
    return SANDBOX.replies(OURS, timezone.now() - timedelta(minutes=5))


def test_a_rogue_post_stands_in_our_timeline_like_any_other():
    made = network.say("riverbank", "Free parking for all! https://bad.example/now")

    [seen] = SANDBOX.timeline(OURS, timezone.now() - timedelta(minutes=5))

    assert (seen.remote_id, seen.text) == (made.remote_id, "Free parking for all! https://bad.example/now")
    assert seen.links == ("https://bad.example/now",)


def test_a_mention_elsewhere_belongs_to_no_conversation_of_ours():
    other = network.say("gazette", "Water is off in Quay Street.")
    network.say("resident", "Ask @riverbank!", other)
    network.say("resident", "Not @riverbank-parks, and not riverbank.")

    [mention] = heard()

    assert (mention.text, mention.parent_id, mention.root_id) == ("Ask @riverbank!", other.remote_id, "")


def test_an_answer_to_our_answer_under_somebody_elses_post_is_a_conversation_of_ours():
    question = network.say("resident", "Is the water safe, @riverbank?")
    answer = ours("It is.", thread=Thread(question, question))

    network.say("neighbour", "Thank you.", answer)

    assert [(said.text, said.parent_id, said.root_id) for said in heard()] == [
        ("Thank you.", answer.remote_id, question.remote_id),
        ("Is the water safe, @riverbank?", "", ""),
    ]


def test_our_own_words_and_removed_ones_are_not_heard():
    made = ours()
    ours("More soon.", key="two", thread=Thread(made, made))
    rude = network.say("resident", "Rude words.", made)
    network.remove("resident", rude.remote_id)

    assert heard() == []


def test_nobody_answers_a_post_that_is_not_there():
    with pytest.raises(Rejected):
        network.say("resident", "Hello?", Receipt("nothing"))
    assert not SandboxPost.objects.exists()


def test_a_repeat_after_the_answered_post_went_gives_the_first_receipt():
    root = ours()
    first = ours("More soon.", key="two", thread=Thread(root, root))
    SANDBOX.remove(root, OURS)

    assert ours("More soon.", key="two", thread=Thread(root, root)) == first


def test_a_removed_post_does_not_come_back_with_a_late_repeat():
    made = ours()
    SANDBOX.remove(made, OURS)
    ours()

    assert SANDBOX.timeline(OURS, timezone.now() - timedelta(minutes=5)) == []


def test_editing_with_the_same_words_is_no_edit():
    made = ours()

    SANDBOX.edit(made, Post("Burst main in Quay Street.", ""), OURS)

    assert SandboxPost.objects.get().edited_at is None


def test_the_page_of_a_post_shows_what_was_answered_oldest_first(client):
    made = ours()
    first = network.say("resident", "Is it safe to drink?", made)
    network.say("neighbour", "<script>x</script>", first)
    SANDBOX.edit(made, Post("Burst main, mended.", ""), OURS)

    shown = client.get(f"/sandbox/riverbank/{made.remote_id}/").content.decode()
    below = client.get(f"/sandbox/resident/{first.remote_id}/").content.decode()

    assert shown.index("Burst main, mended.") < shown.index("edited") < shown.index("Is it safe to drink?")
    assert shown.index("Is it safe to drink?") < shown.index("&lt;script&gt;x")
    assert f'In answer to <a href="/sandbox/riverbank/{made.remote_id}/">a post by riverbank</a>' in below
    assert "&lt;script&gt;x" in below


def test_an_account_without_a_page_of_its_own_still_answers(client):
    made = ours()
    network.say("no plain name", "Hello.", made)

    shown = client.get(f"/sandbox/riverbank/{made.remote_id}/")

    assert (shown.status_code, "Hello." in shown.content.decode()) == (200, True)


@pytest.mark.parametrize("answers", [1, 30])
def test_a_conversation_costs_the_same_however_long(client, django_assert_num_queries, answers):
    made = ours()
    for number in range(answers):
        network.say("resident", f"Answer {number}", made)

    with django_assert_num_queries(3):
        client.get(f"/sandbox/riverbank/{made.remote_id}/")


def test_ten_thousand_answers_are_heard(django_assert_num_queries):
    made = ours()
    SandboxPost.objects.bulk_create(
        SandboxPost(
            handle="resident",
            remote_id=f"r{number}",
            key=f"k{number}",
            text="Why?",
            parent_id=made.remote_id,
            root_id=made.remote_id,
        )
        for number in range(10_000)
    )

    with django_assert_num_queries(2):
        assert len(heard()) == 10_000

"""Is it genuine? Links, texts, look-alikes and posts of our accounts that we did not make."""

import time

import pytest
from django.conf import settings

from outbox.enums import Status
from social.enums import IncidentKind
from social.models import Delivery, Incident, KnownPost
from social.register import links
from social.register.telling import told
from social.register.verifying import Verdict, verify
from social.sandbox import network as practice
from tests import factories
from tests.outbox.rows import account
from updates.transitions import Action
from updates.workflow import perform

pytestmark = pytest.mark.django_db
HANDLE = "riverbank"


def judged(pasted):
    answer = verify(pasted)
    return answer.verdict, answer.why


def in_words(pasted):
    answer = told(verify(pasted))
    return f"{answer.why} {answer.since}".strip()


@pytest.fixture
def official(network):
    """The account under the name it has on the practice network."""
    network.remote_account_id = HANDLE
    network.save()
    return network


def test_a_link_to_a_copy_is_ours(official, posted):
    assert judged(posted.remote_url) == (Verdict.YES, "copy")
    assert judged(posted.remote_url + "?utm_source=chat") == (Verdict.YES, "copy")


def test_the_words_of_a_copy_are_ours_however_they_are_broken(official, posted):
    text = posted.payload["text"]

    assert judged(text) == (Verdict.YES, "copy")
    assert judged(text.replace(" ", "\n").upper()) == (Verdict.YES, "copy")


def test_one_changed_word_is_never_ours_and_shows_the_difference(official, posted):
    answer = verify("Burst main in Quay Street. Low or no water in Quayside until tomorrow morning.")

    assert (answer.verdict, answer.why) == (Verdict.CANNOT_TELL, "near")
    assert answer.near[0].notice == posted.edition.notice
    assert answer.near[0].ours == posted.payload["text"]


def test_words_of_the_notice_itself_are_ours(cast):
    factories.published(cast, body="Bottled water is at the Corn Hall car park from noon, two a person.")

    assert judged("Bottled water is at the Corn Hall car park from noon") == (Verdict.YES, "words")


@pytest.mark.parametrize(
    ("pasted", "why"),
    [("Road closed.", "too_short"), ("You have won a parking permit, click to claim it today!", "nothing")],
)
def test_what_nobody_can_tell_is_said_so(official, posted, pasted, why):
    assert judged(pasted) == (Verdict.CANNOT_TELL, why)


def test_an_address_of_a_notice_is_ours_and_one_without_a_notice_is_not(cast):
    notice = factories.published(cast).notice

    assert judged(f"{settings.PORTAL_URL}/n/{notice.reference.lower()}/") == (Verdict.YES, "notice")
    assert judged(settings.PORTAL_URL + notice.get_absolute_url()) == (Verdict.YES, "notice")
    assert judged(f"{settings.PORTAL_URL}/n/ZZZZZ/") == (Verdict.NO, "no_notice")
    assert judged(settings.PORTAL_URL) == (Verdict.YES, "portal")


def test_a_draft_has_no_address_yet(cast):
    notice = factories.draft(cast).notice

    assert judged(f"{settings.PORTAL_URL}/n/{notice.reference}/") == (Verdict.NO, "no_notice")


@pytest.mark.parametrize(
    "link",
    [
        "https://riverbank.example.evil.test/n/AAAAA/",
        "https://riverbank-council.test/",
        "https://riverbamk.example/",
        "https://xn--rverbank-q2a.example/",
    ],
)
def test_an_address_that_only_looks_like_ours_is_called_out(link):
    assert judged(link) == (Verdict.NO, "lookalike")


def test_an_address_elsewhere_says_nothing():
    assert judged("https://news.test/story/1") == (Verdict.CANNOT_TELL, "elsewhere")


@pytest.mark.parametrize("nonsense", ["", "   ", "http://[", "https://", "\x00", "a" * 6000, "http://…"])
def test_nonsense_is_answered(nonsense):
    assert verify(nonsense).verdict == Verdict.CANNOT_TELL


def test_a_post_of_our_account_the_ledger_does_not_know(official):
    link = practice.say(HANDLE, "Free money for everybody, tell us your bank details.").remote_url

    assert judged(link) == (Verdict.CANNOT_TELL, "not_known")


def test_a_rogue_post_of_our_account_is_not_ours(official):
    made = practice.say(HANDLE, "Free money for everybody, tell us your bank details.")
    Incident.objects.create(
        account=official,
        kind=IncidentKind.UNKNOWN_POST,
        subject=made.remote_id,
        summary="A post we did not make.",
    )

    assert judged(made.remote_url) == (Verdict.NO, "rogue")


def test_a_post_accepted_as_made_by_hand_is_ours(official, cast):
    made = practice.say(HANDLE, "Posted by hand on the day the portal was away.")
    KnownPost.objects.create(account=official, remote_id=made.remote_id, accepted_by=cast.lead)

    assert judged(made.remote_url) == (Verdict.YES, "by_hand")


def test_what_became_of_the_notice_since_is_said(official, posted, cast):
    newer = factories.next_edition(cast, posted.edition)
    perform(Action.SUBMIT, newer, by=cast.author)
    from updates.content import content_hash

    perform(Action.APPROVE, newer, by=cast.approver, seen_hash=content_hash(newer), note="Read it.")
    perform(Action.PUBLISH, newer, by=cast.author)

    assert in_words(posted.remote_url).endswith(
        "There is newer news since: read the notice as it stands now."
    )


def test_a_withdrawn_notice_is_ours_and_not_to_be_relied_on(official, posted, cast):
    perform(Action.WITHDRAW, posted.edition, by=cast.approver, note="Wrong street.")
    Delivery.objects.filter(pk=posted.pk).update(status=Status.REMOVED)

    assert in_words(posted.remote_url).endswith(
        "and has taken it down since. The notice was withdrawn since: do not rely on it."
    )


@pytest.mark.parametrize(
    ("pasted", "link"),
    [
        ("https://a.example/b", "https://a.example/b"),
        ("a.example/b", "https://a.example/b"),
        ("http://localhost:8000/n/N7K3Q/", "http://localhost:8000/n/N7K3Q/"),
        ("Read https://a.example/b now", ""),
        ("hello", ""),
    ],
)
def test_link_in_takes_only_a_link_that_stands_alone(pasted, link):
    assert links.link_in(pasted) == link


@pytest.mark.parametrize(
    "link",
    [
        r"https://evil.test\@riverbank.example/n/{reference}/",
        r"https://evil.test\.riverbank.example/n/{reference}/",
        "https://riverbank.example@evil.test/n/{reference}/",
        "https://riverbank.example:pass@evil.test/n/{reference}/",
        "https://riverbank.example:8443/n/{reference}/",
        "https://someone@riverbank.example/n/{reference}/",
        "https://riverbank.example.evil.test/n/{reference}/",
        "https://evil.test/https://riverbank.example/n/{reference}/",
    ],
)
def test_an_address_that_leads_elsewhere_is_never_ours(posted, settings, link):
    settings.PORTAL_URL = "https://riverbank.example"

    verdict, _why = judged(link.format(reference=posted.edition.notice.reference))

    assert verdict != Verdict.YES


def test_the_portals_own_port_is_ours(posted, settings):
    settings.PORTAL_URL = "http://127.0.0.1:8000"

    assert judged(f"http://127.0.0.1:8000/n/{posted.edition.notice.reference}/")[0] == Verdict.YES


@pytest.mark.parametrize(
    "link",
    [
        "https://evil.test/profile/{handle}/post/{rkey}",
        "https://bsky.app@evil.test/profile/{handle}/post/{rkey}",
        "https://bsky.app.evil.test/profile/{handle}/post/{rkey}",
        r"https://evil.test\@bsky.app/profile/{handle}/post/{rkey}",
        "https://bsky.app/profile/someone.else/post/{rkey}#/{handle}/",
    ],
)
def test_a_copy_of_our_page_on_bluesky_somewhere_else_is_not_ours(posted, link):
    did, rkey = "did:plc:abcdefghijklmnopqrstuvwx", "3kabcdefghijk"
    mine = account(channel="bluesky", handle="riverbank.bsky.social", remote_account_id=did)
    Delivery.objects.filter(pk=posted.pk).update(
        account=mine, remote_id=f"at://{did}/app.bsky.feed.post/{rkey}"
    )
    given = {"handle": mine.handle, "rkey": rkey}
    assert judged("https://bsky.app/profile/{handle}/post/{rkey}".format(**given))[0] == Verdict.YES

    assert judged(link.format(**given))[0] != Verdict.YES


def test_somebody_elses_practice_post_is_not_taken_for_ours(official, posted):
    copied = (
        posted.remote_url.replace("://", "://evil.test/x?").partition("?")[0]
        + f"/{HANDLE}/{posted.remote_id}"
    )

    assert judged(copied)[0] != Verdict.YES


def test_signs_that_stand_for_many_letters_each_are_compared_with_nothing(posted):
    began = time.process_time()

    assert judged("\ufdfa" * 5000) == (Verdict.CANNOT_TELL, "nothing")
    assert time.process_time() - began < 0.5

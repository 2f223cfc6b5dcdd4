"""Trust: earned by words shown unchanged, held by the confirmed address alone, ended by hiding."""

import datetime as dt
import io

import pytest
from django.test import Client
from django.utils import timezone
from PIL import Image

from audit.models import Event
from feedback import listing, moderation, photos, receipts, trust
from feedback.enums import State, Suspicion
from feedback.models import Voice
from feedback.moderation import Refused
from tests.feedback.conftest import asked, shown, told

pytestmark = pytest.mark.django_db

JAN = "jan@mail.example"


def sent(notice, text="The crew was quick.", *, make=told, **more):
    """Make words whose address is confirmed, as the link in their mail does it."""
    row = make(notice, text, email=JAN)
    Voice.objects.filter(pk=row.pk).update(**more)
    row.refresh_from_db()
    receipts.confirm(row)
    return Voice.objects.get(pk=row.pk)


@pytest.fixture(autouse=True)
def three_are_enough(settings):
    """Ask for three pieces, so that none looks like a flood."""
    settings.FEEDBACK_TRUST_AFTER = 3


@pytest.fixture
def earned(cast, notice):
    """Jan's three pieces, all shown unchanged."""
    texts = ("The lamp works again.", "Could the bench move?", "The path is clean now.")
    return [shown(sent(notice, text), cast.moderator) for text in texts]


def test_words_of_a_trusted_address_are_shown_when_it_is_confirmed(earned, notice):
    row = sent(notice)
    assert (row.status, row.public_text, row.moderated_by, row.is_on_trust) == (
        "published",
        row.text,
        None,
        True,
    )
    event = Event.objects.get(action="feedback.trusted")
    assert (event.actor_id, event.target_label) == (None, row.reference)


def test_questions_are_trusted_too(earned, notice):
    assert sent(notice, "When does it open again?", make=asked).is_on_trust


def test_typing_a_trusted_address_shows_nothing(earned, notice):
    assert told(notice, "The crew was quick.", email=JAN).status == "waiting"


def test_too_few_are_not_enough(cast, notice, earned):
    Voice.objects.filter(pk=earned[0].pk).delete()
    assert sent(notice).status == "waiting"


@pytest.mark.parametrize(
    "past",
    [
        {"status": "hidden", "hidden_reason": "abusive"},
        {"public_text": "The [a name] works again."},
        {"moderated_by": None},
        {"email_confirmed_at": None},
        {"received_at": timezone.now() - trust.WITHIN - dt.timedelta(days=1)},
        {"person": "somebody-else"},
    ],
    ids=["hidden", "shortened", "not looked at", "unconfirmed", "too old", "somebody else's"],
)
def test_trust_is_not_earned_by(earned, notice, past):
    Voice.objects.filter(pk=earned[0].pk).update(**past)
    assert sent(notice).status == "waiting"


@pytest.mark.parametrize(
    "text",
    ["Ring me on 07700 900123.", "See https://pictures.example/road", "My neighbour Carl Pike parks there."],
    ids=["a number", "a link", "a name"],
)
def test_delicate_words_wait(earned, notice, text):
    assert sent(notice, text).status == "waiting"


@pytest.mark.parametrize(
    "more",
    [{"suspicion": Suspicion.FLOOD}, {"version": 2}, {"source": "Mastodon", "source_key": "m:1"}],
    ids=["doubted", "decided about before", "from a platform"],
)
def test_words_wait_that_are(earned, notice, more):
    assert sent(notice, **more).status == "waiting"


def test_request_for_recorded_information_waits(earned, notice):
    assert sent(notice, "Which contracts?", make=asked, is_information_request=True).status == "waiting"


def test_words_with_a_photo_wait(earned, notice):
    row = told(notice, "The lamp is dark.", email=JAN)
    picture = io.BytesIO()
    Image.new("RGB", (20, 20)).save(picture, "PNG")
    photos.keep(row, photos.check(picture, picture.tell()))
    receipts.confirm(row)
    assert Voice.objects.get(pk=row.pk).status == "waiting"


def test_switched_off_a_moderator_reads_everything_first(earned, notice, settings):
    settings.FEEDBACK_TRUST_AFTER = 0
    assert sent(notice).status == "waiting"
    assert "before it is shown" in Client().get("/moderation/").content.decode()


def test_hiding_ends_the_trust(cast, earned, notice):
    row = sent(notice)
    moderation.hide(row, by=cast.moderator, seen_version=2, reason="abusive")
    assert sent(notice, "The bins were emptied.").status == "waiting"


def test_moderators_look_afterwards(cast, earned, notice, as_):
    row = sent(notice)
    for state in (State.ON_TRUST, State.TO_DO):
        assert list(listing.in_state(listing.every(), state)) == [row]
    assert list(listing.to_do_of(cast.moderator)) == [row]
    page = as_(cast.moderator)
    assert "Nobody has looked at it yet" in page.get(f"/staff/inbox/{row.reference}/").content.decode()
    assert page.post(f"/staff/inbox/{row.reference}/look/", {"version": 2}).status_code == 302
    row.refresh_from_db()
    assert (row.status, row.moderated_by, row.version) == ("published", cast.moderator, 3)
    assert list(listing.to_do_of(cast.moderator)) == []


def test_only_moderators_look(cast, earned, notice):
    row = sent(notice)
    with pytest.raises(Refused, match="Only a moderator"):
        moderation.look(row, by=cast.author, seen_version=2)


def test_what_a_moderator_showed_needs_no_second_look(cast, earned):
    with pytest.raises(Refused, match="looked at this already"):
        moderation.look(earned[0], by=cast.moderator, seen_version=2)


def test_receipt_says_why_it_is_shown_already(earned, notice):
    page = Client().get(sent(notice).receipt_path).content.decode()
    assert "because moderators showed what you sent before" in page
    assert "A moderator read it" not in page

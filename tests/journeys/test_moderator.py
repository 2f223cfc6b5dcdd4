"""What moderators go through: doubts, masked words, hiding and its objection, redaction, a photo."""

import io

import httpx
import pytest
from PIL import Image
from playwright.sync_api import Browser, Page

from accounts.models import User
from feedback.models import Feedback, Objection
from tests import factories
from tests.accounts.signing_in import enrol
from tests.council_portal.conftest import Run
from tests.factories import Cast
from tests.feedback.conftest import asked, shown, told
from tests.real.smtp import Sink
from tests.subscriptions.conftest import body
from updates.models import Notice

from .browsing import Faults, Person, Reader
from .mails import arrived, link
from .residents import ask, photo, press_in_time, tell

pytestmark = [pytest.mark.slow, pytest.mark.postgres, pytest.mark.timeout(400)]

KIM = "kim@mail.example"
PRIVATE = "My neighbour Jan Kowalski has the leaflet, ring him on 0117 496 0123."
ADVERT = "Cheap loans today! Visit http://best-loans.example and get 5000 USD, WhatsApp +1 202 555 0143"
ANGRY = "When do you lot finally wake up? The vans stood there all night."
SHOWN = "The man at number nine says the crew was kind."
THANKS = ("Thank you for the quick repair.", "Thanks to the night crew!")
BECAUSE = "Anger is no reason. We take out how you call the crew."


@pytest.fixture
def notice(council: Cast) -> Notice:
    """A live notice of the team."""
    return factories.published(council).notice


@pytest.fixture
def colleague(council: Cast) -> User:
    """A second moderator of the team, with an authenticator app."""
    made = factories.member(council.team, "moderator", "Noor Hassan")
    enrol(made)
    return made


def test_moderators_decide_fairly(
    council: Cast,
    notice: Notice,
    colleague: User,
    portal: Run,
    faults: Faults,
    chromium: Browser,
    smtp_sink: Sink,
):
    public = notice.get_absolute_url()
    private, advert = asked(notice, PRIVATE), told(notice, ADVERT)
    copies = [told(notice, text).reference for text in THANKS]
    praise = shown(told(notice, SHOWN), council.moderator)
    kim = Reader(chromium, portal.url, faults)
    with_photo = tell(kim, public, "The barrier has fallen over.", picture=photo())
    angry = ask(kim, public, ANGRY, KIM)
    receipt_url = link(arrived(smtp_sink, 1), "See where it stands:")

    molly, noor = Person(chromium, portal.url, faults), Reader(chromium, portal.url, faults)
    molly.sign_in(council.moderator)
    assert_doubts_stand_last(molly, advert.reference)
    decide_many(molly, copies)
    publish_masked(molly, private.reference)
    take_out(molly, praise.reference)
    hide(molly, angry)
    assert_told_and_objects(kim, smtp_sink)
    assert_cannot_decide_alone(molly, angry)

    noor.sign_in(colleague)
    decide(noor, angry)
    mail = arrived(smtp_sink, 3)
    assert BECAUSE in body(mail)
    page = kim.go(receipt_url)
    assert page.get_by_text(BECAUSE).count() == 1
    show_photo(noor, with_photo)

    page = kim.go(public)
    said = " ".join(page.locator("main").inner_text().split())
    assert [words for words in ("Kowalski", "496 0123", "lot", "number nine") if words in said] == []
    assert "The vans stood there all night." in said
    assert page.get_by_alt_text("A barrier on its side.").count() == 1
    assert_filled(portal, with_photo)

    assert "\n".join(dict.fromkeys(faults.found)) == ""


def assert_doubts_stand_last(moderator: Person, advert: str) -> None:
    """The inbox says what it doubts and why, puts it last, and offers no single press for it."""
    page = moderator.go("/staff/inbox/", "Inbox")
    boxes = page.locator("main article")
    last = boxes.last
    assert advert in last.inner_text()
    assert last.get_by_text("It looks like advertising").count() == 1
    assert last.get_by_role("button", name="Publish").count() == 0
    assert boxes.filter(has_text="Personal details?").get_by_role("button", name="Publish").count() == 0
    page = moderator.go("/staff/inbox/?state=suspected", "Inbox")
    assert page.locator("main article").count() == 1


def publish_masked(moderator: Person, reference: str) -> None:
    """What is personal is taken out of the words that are offered; the moderator shows those."""
    moderator.go("/staff/inbox/")
    page = moderator.follow(reference, reference)
    assert_offered(page, [])
    assert page.locator("mark").count() >= 2
    page.get_by_label("0117 496 0123").uncheck()
    page = moderator.press("Put these words together", reference)
    assert_offered(page, ["496 0123"])
    page.get_by_label("0117 496 0123").check()
    assert_offered(moderator.press("Put these words together", reference), [])
    moderator.press("Publish")


def assert_offered(page: Page, private: list[str]) -> None:
    """Of the private words these and no others are in what is offered to be shown."""
    offered = page.get_by_label("What residents will read").first.input_value()
    assert [words for words in ("Kowalski", "496 0123") if words in offered] == private


def decide_many(moderator: Person, references: list[str]) -> None:
    """Tick some, show them after one look, and take it back with one press."""
    page = moderator.go("/staff/inbox/", "Inbox")
    for reference in references:
        page.get_by_role("checkbox", name=reference).check()
    page.get_by_label("What do you decide?").select_option(label="Show, with personal details taken out")
    page = moderator.press("Go on with the ticked", "Show 2 to residents")
    assert [page.get_by_text(words).count() for words in THANKS] == [1, 1]
    moderator.press("Show 2", "2 shown")
    assert set(Feedback.objects.filter(reference__in=references).values_list("status", flat=True)) == {
        "published"
    }
    moderator.press("Undo all of it", "2 back in the queue")
    assert set(Feedback.objects.filter(reference__in=references).values_list("status", flat=True)) == {
        "waiting"
    }


def take_out(moderator: Person, reference: str) -> None:
    """Take a part out of words that are shown, instead of hiding them all."""
    page = moderator.go(f"/staff/inbox/{reference}/", reference)
    page.get_by_text("Take something out of these words").click()
    page.get_by_label("What residents will read").fill("A neighbour says the crew was kind.")
    moderator.press("Show the new words", reference)
    moderator.page.get_by_text("Take something out of these words").click()
    assert Feedback.objects.get(reference=reference).is_shortened


def hide(moderator: Person, reference: str) -> None:
    """Forget the reason, be told so, then hide it for one."""
    page = moderator.go(f"/staff/inbox/{reference}/", reference)
    with page.expect_navigation():
        page.get_by_role("button", name="Hide it").click()
    assert "Choose why it is hidden." in page.get_by_role("alert").inner_text()
    page.get_by_label("It is abusive").check()
    moderator.press("Hide it", reference)


def assert_told_and_objects(writer: Reader, sink: Sink) -> None:
    """Its writer reads the reason in a mail and on the receipt, and objects there."""
    mail = arrived(sink, 2)
    assert (mail["To"], "The reason: it is abusive." in body(mail)) == (KIM, True)
    opened = link(
        mail,
        "If you think that is wrong, object. Somebody other than the person who hid it "
        "decides, and tells you why:",
    )
    page = writer.go(opened)
    if "/object/" not in page.url:
        writer.follow("Object", "Object to hiding")
    page.get_by_label("Why should it be shown?").fill("I was angry, and it is true.")
    press_in_time(writer, "Send the objection")
    writer.see()
    assert page.get_by_text("Your objection is with us.").count() == 1
    writer.go("/moderation/")


def assert_cannot_decide_alone(moderator: Person, reference: str) -> None:
    """Who hid it reads the objection and who may decide it, and is given no form."""
    page = moderator.go(f"/staff/inbox/{reference}/", reference)
    assert page.get_by_text("Somebody who did not hide it decides: Noor Hassan.").count() == 1
    assert page.get_by_role("button", name="Decide, and tell its writer").count() == 0


def decide(moderator: Person, reference: str) -> None:
    """Agree in part: show it with a part taken out, and say why."""
    moderator.go("/staff/inbox/?state=objected", "Inbox")
    page = moderator.follow(reference, reference)
    page.get_by_label("Agreed in part").check()
    words = "When do you finally wake up? The vans stood there all night."
    page.get_by_label("What residents will read, if you agree").fill(words)
    page.get_by_label("Why? Their writer reads this").fill(BECAUSE)
    moderator.press("Decide, and tell its writer", reference)
    assert Objection.objects.get().outcome == "partly"


def show_photo(moderator: Person, reference: str) -> None:
    """Show the words, tick a square, look at the result, and show that; no script is needed."""
    page = moderator.go(f"/staff/inbox/{reference}/", reference)
    moderator.press("Publish", reference)
    moderator.follow("Look at the photo and decide", f"Photo with {reference}")
    page.get_by_label("A1", exact=True).check()
    page.get_by_label("What does the photo show?").fill("A barrier on its side.")
    moderator.press("See the result", "This is what residents will see")
    moderator.press("Show it to residents", reference)


def assert_filled(portal: Run, reference: str) -> None:
    """The corner is one colour in what everybody gets, and the rest is not."""
    answer = httpx.get(f"{portal.url}/feedback/{reference}/photo/")
    with Image.open(io.BytesIO(answer.content)) as shown_to_all:
        grey = shown_to_all.convert("L")
        spreads = [high - low for low, high in (grey.crop(box).getextrema() for box in BOXES)]
    assert (spreads[0] < 12, spreads[1] > 60) == (True, True), spreads


BOXES = ((4, 4, 36, 30), (300, 200, 360, 260))

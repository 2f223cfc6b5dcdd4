"""What answering officers go through: a template, a draft, a second person, one answer to many, a promise."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Browser

from feedback.models import Answer, AnsweringRule, MeToo, Question
from tests import factories
from tests.accounts.signing_in import enrol
from tests.council_portal.conftest import Run
from tests.factories import Cast
from tests.feedback.conftest import asked, shown
from tests.real.process import wait_until
from tests.real.smtp import Sink
from tests.subscriptions.conftest import body

from .browsing import Faults, Person, Reader
from .mails import arrived
from .residents import ask

pytestmark = [pytest.mark.slow, pytest.mark.postgres, pytest.mark.timeout(400)]

ANA, BEN, KIM = "ana@mail.example", "ben@mail.example", "kim@mail.example"
SAFE = "Is the water safe to drink for my baby?"
ALIKE = "Can my baby drink the water, is it safe?"
ELSEWHERE = "Who empties the bins in the park?"
WHY = "The bins in the park are yours."
ANSWER = "Boil it first, then let it cool."
PROMISE = "We write again when it is clear."


def test_officers_answer_once_and_everybody_is_told(
    council: Cast, portal: Run, faults: Faults, chromium: Browser, smtp_sink: Sink
):
    notice = factories.published(council).notice
    residents = [Person(chromium, portal.url, Faults()) for _resident in range(2)]
    first = ask(residents[0], notice.get_absolute_url(), SAFE, ANA)
    second = ask(residents[1], notice.get_absolute_url(), ALIKE, BEN)
    arrived(smtp_sink, 2)
    question, other = (
        shown(Question.objects.get(reference=each), council.moderator) for each in (first, second)
    )
    MeToo.objects.create(question=other, email=KIM, confirmed_at=timezone.now(), form_key=uuid.uuid4())
    bins = shown(asked(notice, ELSEWHERE), council.moderator)
    AnsweringRule.objects.create(team=council.team, needs_second_person=True)

    amira, tom = Person(chromium, portal.url, faults), Reader(chromium, portal.url, faults)
    amira.sign_in(council.author)
    write_template(amira)
    hand_over(amira, bins.reference, council.outsider.memberships.get().team.name)
    take(amira, first)
    join(amira, first, second)
    keep_draft(amira, first)
    offer(amira, first)

    enrol(council.second_author)
    tom.sign_in(council.second_author)
    approve(tom, first)
    wait_until(lambda: len(smtp_sink.box) == 5, what="three answers by mail", seconds=60)
    mails = {mail["To"]: body(mail) for mail in smtp_sink.box[2:]}
    assert sorted(mails) == [ANA, BEN, KIM]
    assert [address for address, text in mails.items() if ANSWER not in text or PROMISE not in text] == []

    resident = Reader(chromium, portal.url, faults)
    page = resident.go(other.get_absolute_url(), "A resident asked")
    wanted = (ANSWER, PROMISE, "Asked together with")
    assert [words for words in wanted if words not in page.inner_text("main")] == []

    keep_promise(amira)
    otto = Reader(chromium, portal.url, faults)
    enrol(council.outsider)
    otto.sign_in(council.outsider)
    assert_handed_over(otto, bins.reference)
    assert question.pk != other.pk

    assert "\n".join(dict.fromkeys(faults.found)) == ""


def write_template(officer: Person) -> None:
    """Write a ready-made answer; the list says first that there is none."""
    officer.go("/staff/inbox/templates/")
    page = officer.go("/staff/inbox/templates/new/")
    page.get_by_label("Name").fill("Boil it")
    page.get_by_label("Answer").fill(f"{ANSWER} ({{reference}})")
    officer.press_part("Keep")
    assert page.get_by_text("Boil it").count() >= 1


def hand_over(officer: Person, reference: str, team: str) -> None:
    """Hand it over without a reason, be told, then with one."""
    page = officer.go(f"/staff/inbox/{reference}/", reference)
    page.get_by_text("Hand it over to another team").click()
    page.get_by_label("To which team?").select_option(label=team)
    with page.expect_navigation():
        page.get_by_role("button", name="Hand it over", exact=True).click()
    assert "Say why: the other team reads it." in page.get_by_role("alert").inner_text()
    page.get_by_label("Why?").fill(WHY)
    officer.press("Hand it over")


def take(officer: Person, reference: str) -> None:
    """Take a question from the inbox, and find it among one's own."""
    officer.go("/staff/inbox/?state=unanswered", "Inbox")
    officer.follow(reference, reference)
    officer.press("I take it", reference)
    page = officer.go("/staff/inbox/?state=mine", "Inbox")
    assert page.locator("main article").count() == 1


def join(officer: Person, reference: str, other: str) -> None:
    """Choose the other that asks the same: it is ticked already."""
    officer.go(f"/staff/inbox/{reference}/", reference)
    page = officer.follow("Find others that ask the same, and answer once", "Asked together, answered once")
    page.locator(f"#with-{other}").check()
    officer.press("Answer the ticked ones together")
    assert Question.objects.get(reference=other).asked_with is not None


def keep_draft(officer: Person, reference: str) -> None:
    """Insert the ready-made answer, add a promise, and keep it as a draft."""
    page = officer.go(f"/staff/inbox/{reference}/", reference)
    page.get_by_label("Ready-made answer").select_option(label="Boil it")
    officer.press("Insert it", reference)
    assert page.get_by_label("Answer", exact=True).input_value() == f"{ANSWER} ({reference})"
    page.get_by_label("What do you promise?").fill(PROMISE)
    day = timezone.localdate() + timedelta(days=7)
    for box, number in enumerate((day.day, day.month, day.year)):
        page.locator(f"#answer_promised_on_{box}").fill(str(number))
    officer.press("Keep as a draft", reference)


def offer(officer: Person, reference: str) -> None:
    """Come back to the draft and offer it; its writer may not approve it."""
    page = officer.go(f"/staff/inbox/{reference}/", reference)
    assert page.get_by_label("Answer", exact=True).input_value() == f"{ANSWER} ({reference})"
    officer.press("Offer it to a second person", reference)
    assert page.get_by_text("You wrote a part of it, so somebody else has to approve it.").count() == 1
    assert page.get_by_role("button", name="Approve it").count() == 0


def approve(officer: Person, reference: str) -> None:
    """Read the offered answer as the second person, who it goes to, and give it."""
    officer.go("/staff/inbox/?state=to_check", "Inbox")
    page = officer.follow(reference, reference)
    assert page.get_by_text("who asked this and 1 other question").count() == 1
    officer.press("Approve it: give exactly this answer", reference)
    assert Answer.objects.count() == 2


def keep_promise(officer: Person) -> None:
    """Say that what was promised is done."""
    page = officer.go("/staff/inbox/promises/")
    assert page.get_by_text(PROMISE).count() == 1
    officer.press_part("kept")
    assert Answer.objects.exclude(promise_kept_at=None).count() == 1


def assert_handed_over(officer: Person, reference: str) -> None:
    """The other team has it, and reads why."""
    officer.go("/staff/inbox/", "Inbox")
    page = officer.follow(reference, reference)
    assert page.get_by_text(WHY).count() == 1

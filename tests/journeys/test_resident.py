"""What residents go through: asking, telling, being consulted, and reading what came of it."""

from typing import Any

import pytest
from playwright.sync_api import Browser

from feedback.consultations import closing, outcomes
from feedback.consultations.lapsing import mark
from feedback.enums import Access
from feedback.models import Consultation, MeToo, Question, Response
from tests import factories
from tests.council_portal.conftest import Run
from tests.factories import Cast
from tests.feedback import consulted
from tests.feedback.conftest import asked, shown
from tests.real.smtp import Sink
from tests.subscriptions.conftest import body

from .browsing import Faults, Person, Reader
from .mails import arrived, arrived_for, link
from .residents import ask, photo, press_in_time, tell, write_question

pytestmark = [pytest.mark.slow, pytest.mark.postgres, pytest.mark.timeout(400)]

BEN, ANA = "ben@mail.example", "ana@mail.example"
ALIKE = "Can my baby drink the water?"
OTHER = "Will the library on Mill Lane stay open tomorrow?"
ANSWER = "Yes, until six o'clock, as on every Tuesday."
OUTCOME: dict[str, Any] = {
    "said": "Most of you want it repaired.",
    "decided": "The roof is repaired.",
    "changed": "The roof comes first.",
    "not_changed": "",
    "is_no_change": False,
    "decision_url": "",
}


@pytest.fixture
def question(council: Cast) -> Question:
    """A question that is shown and waits for its answer."""
    notice = factories.published(council).notice
    return shown(asked(notice, "Is the water safe to drink for my baby?"), council.moderator)


def test_resident_asks_tells_and_reads_the_answer(
    council: Cast, question: Question, portal: Run, faults: Faults, chromium: Browser, smtp_sink: Sink
):
    public = question.notice.get_absolute_url()
    ana, ben = Person(chromium, portal.url, faults), Reader(chromium, portal.url, faults)

    assert_me_too_in_the_browser(ana, public, question)
    assert_me_too_by_mail(ben, public, smtp_sink)
    page = ben.go(question.get_absolute_url(), "A resident asked")
    assert page.get_by_text("2 more people ask this").count() == 1

    reference = ask(ana, public, OTHER, ANA)
    assert_receipt(ana, reference)
    receipt = arrived(smtp_sink, 2)
    ana.go(link(receipt, "Is this your address? Confirm it on our page:"), "Is this your address?")
    page = ana.press("Yes, it is mine", "We have your question")
    assert page.get_by_text("Your address is confirmed.").count() == 1

    told = tell(ben, public, "The barrier has fallen over.", picture=photo())
    assert told.startswith("F-")
    assert ben.page.get_by_text("With your photo").count() == 1

    answer_in_the_portal(Person(chromium, portal.url, Faults()), council, reference)
    mail = arrived(smtp_sink, 3)
    assert (mail["To"], ANSWER in body(mail)) == (ANA, True)
    page = ben.go(link(mail, "Read it here:"))
    assert page.get_by_text(ANSWER).count() == 1

    assert "\n".join(dict.fromkeys(faults.found)) == ""


def test_resident_takes_part_and_hears_what_came_of_it(
    council: Cast,
    portal: Run,
    faults: Faults,
    chromium: Browser,
    smtp_sink: Sink,
    settings: Any,
):
    asked_of_all = consulted.consultation(council, access=Access.EMAIL)
    consulted.all_kinds(asked_of_all)
    ana, ben = Person(chromium, portal.url, faults), Reader(chromium, portal.url, faults)

    save_and_come_back(ben, asked_of_all)
    finish(ben)
    confirm(ben, link(arrived(smtp_sink, 1), "Confirm on our page:"))
    answer_by_keyboard(ana, asked_of_all)
    confirm(ana, link(arrived(smtp_sink, 2), "Confirm on our page:"))
    assert Response.objects.filter(state="counted").count() == 2

    settings.PORTAL_URL = portal.url
    close_and_decide(asked_of_all, council)
    came = [arrived_for(smtp_sink, address, "What came of") for address in (ANA, BEN)]
    assert [OUTCOME["decided"] in body(mail) for mail in came] == [True, True]
    mail = came[1]
    page = ben.go(link(mail, "All answers, and the decision:"), asked_of_all.title)
    assert page.get_by_text(OUTCOME["changed"]).count() == 1
    assert page.get_by_text("Two people answered.").count() == 1
    ben.go("/consultations/", "Have your say")
    ana.go("/consultations/")
    page = ana.follow("You said, we did", "You said, we did")
    assert page.get_by_text(OUTCOME["decided"]).count() == 1

    assert "\n".join(dict.fromkeys(faults.found)) == ""


def see_likely_answers(resident: Person, public: str) -> None:
    """Ask what was asked before; follow "Me too" on the question that is shown instead of sending."""
    write_question(resident, public, ALIKE)
    press_in_time(resident, "Send your question")
    page = resident.see()
    resident.expect("Is one of these yours?")
    assert page.get_by_text("Your question is not sent yet.").count() == 1
    resident.follow_part("Me too", "You want to know that too?")


def assert_me_too_in_the_browser(ana: Person, public: str, question: Question) -> None:
    """A press counts at once, and the same browser is not asked again."""
    see_likely_answers(ana, public)
    press_in_time(ana, "Me too: I want to know that")
    ana.see("You are counted")
    ana.go(f"{question.get_absolute_url()}me-too/", "You are counted")
    assert (MeToo.objects.count(), Question.objects.count()) == (1, 1)


def assert_me_too_by_mail(ben: Person, public: str, sink: Sink) -> None:
    """An address counts once its owner pressed the button the mail leads to."""
    see_likely_answers(ben, public)
    ben.page.get_by_label("Send me the answer by e-mail").fill(BEN)
    press_in_time(ben, "Me too: I want to know that")
    ben.expect("One more step: look at your e-mail")
    ben.go(
        link(arrived(sink, 1), "Confirm on our page, and we count you and send you the answer:"),
        "One press and it is done",
    )
    assert MeToo.objects.filter(confirmed_at=None).exclude(email="").count() == 1
    ben.press("Yes, I ask that too", "You are counted")


def assert_receipt(resident: Person, reference: str) -> None:
    """The receipt has the reference, the day of the answer and the place in the queue."""
    main = resident.page.locator("main")
    due = Question.objects.get(reference=reference).due_on
    assert due
    said = " ".join(main.inner_text().split())
    wanted = (reference, f"{due.day} {due:%b}", "A moderator reads it. Yours is next.")
    assert [words for words in wanted if words not in said] == []


def answer_in_the_portal(officer: Person, council: Cast, reference: str) -> None:
    """Let moderator and author do their part; their own journeys look at their pages."""
    officer.see = lambda heading="": officer.page  # type: ignore[method-assign]
    officer.sign_in(council.moderator)
    officer.go(f"/staff/inbox/{reference}/")
    officer.press("Publish")
    officer.context.clear_cookies()
    officer.sign_in(council.author)
    officer.go(f"/staff/inbox/{reference}/")
    officer.page.get_by_label("Answer", exact=True).fill(ANSWER)
    officer.press("Publish the answer")


def save_and_come_back(ben: Reader, consultation: Consultation) -> None:
    """Answer the first question, save, and open the answer again at its own address."""
    ben.go("/consultations/", "Have your say")
    ben.follow(consultation.title, consultation.title)
    page = ben.follow("Answer these questions", consultation.title)
    page.get_by_label("Repair it").check()
    press_in_time(ben, "Save and come back later")
    ben.see("Saved, and not sent yet")
    own = page.locator(".cp-inset a").get_attribute("href")
    assert own
    ben.go(own, consultation.title)
    assert page.get_by_label("Repair it").is_checked()


def finish(ben: Reader) -> None:
    """Answer every kind of question, be told what is missing, check, and send."""
    page = ben.page
    page.get_by_label("Theatre").check()
    page.get_by_label("Market").check()
    page.get_by_label("4", exact=True).check()
    for option, place in (("Roof", "1"), ("Heating", "1")):
        page.get_by_label(option).select_option(place)
    page.get_by_label("5. Question 5?").fill("Keep the stage.")
    page.get_by_label("Tell me by e-mail what came of it").check()
    press_in_time(ben, "Check your answers")
    problems = page.get_by_role("alert").inner_text()
    assert ("Give each place once" in problems, "Enter your e-mail address" in problems) == (True, True)
    assert page.get_by_label("5. Question 5?").input_value() == "Keep the stage."
    page.get_by_label("Heating").select_option("2")
    page.get_by_label("Your e-mail address").fill(BEN)
    press_in_time(ben, "Check your answers")
    ben.see("Check your answers")
    ben.press("Send your answers", "One step is left")


def answer_by_keyboard(ana: Person, consultation: Consultation) -> None:
    """Walk the whole form with Tab, Space, arrows, letters and Enter; no pointer is used."""
    page = ana.go(f"{consultation.get_absolute_url()}answer/", consultation.title)
    press_until(ana, "q1")
    page.keyboard.press("Space")
    press_until(ana, "q2")
    page.keyboard.press("Space")
    press_until(ana, "q3")
    page.keyboard.press("Space")
    press_until(ana, "q4_1")
    page.keyboard.type("1")
    press_until(ana, "q5")
    page.keyboard.type("Written without a mouse.")
    press_until(ana, "email")
    page.keyboard.type(ANA)
    page.wait_for_timeout(2100)
    press_until(ana, "check")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    ana.see("Check your answers")
    said = " ".join(page.locator("main").inner_text().split())
    assert [
        words for words in ("Repair it", "Theatre", "Roof", "Written without a mouse.") if words not in said
    ] == []
    while page.evaluate("document.activeElement.textContent.trim()") != "Send your answers":
        page.keyboard.press("Tab")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    ana.see("One step is left")


def press_until(person: Person, name: str) -> None:
    """Press Tab until a control with this name has the focus; it must be visible and have a ring."""
    for _press in range(60):
        person.page.keyboard.press("Tab")
        if person.page.evaluate("document.activeElement.name || ''") == name:
            return
    raise AssertionError(f"no Tab leads to {name}")


def confirm(resident: Person, address: str) -> None:
    """Press the button a mail leads to."""
    resident.go(address, "One press and it is done")
    resident.press("Yes, this is my address", "Thank you. Your answer counts")


def close_and_decide(consultation: Consultation, council: Cast) -> None:
    """Close it in time, and publish what came of it as two persons; the beat sends the mails."""
    consultation.refresh_from_db()
    before = consultation.opens_at - (consultation.closes_at - consultation.opens_at)
    Consultation.objects.filter(pk=consultation.pk).update(opens_at=before, closes_at=consultation.opened_at)
    closing.close_due()
    mark()
    consultation.refresh_from_db()
    row = outcomes.write(consultation, by=council.author, seen_version=0, fields=OUTCOME)
    row = outcomes.offer(row, by=council.author)
    outcomes.publish(row, by=council.approver, seen_version=row.version)

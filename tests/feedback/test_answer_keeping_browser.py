"""An answer in a real browser: kept while it is typed, without the network, and when signed out."""

from collections.abc import Callable

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, expect

from feedback.models import Answer, AnswerDraft, Question
from tests import factories
from tests.accounts.signing_in import sign_in
from tests.factories import Cast
from tests.feedback.conftest import asked, shown

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
SOON = 15_000


@pytest.fixture
def people() -> Cast:
    return Cast.make()


@pytest.fixture
def question(people: Cast) -> Question:
    return shown(asked(factories.published(people).notice), people.moderator)


@pytest.fixture
def let_in(live_server, browser_page: Page) -> Callable[[object], None]:
    """Sign somebody in, in the browser."""

    def enter(person: object) -> None:
        client = Client()
        sign_in(client, person)
        value = client.cookies[settings.SESSION_COOKIE_NAME].value
        cookie = {"name": settings.SESSION_COOKIE_NAME, "value": value, "url": live_server.url}
        browser_page.context.add_cookies([cookie])

    return enter


@pytest.fixture
def page(live_server, browser_page: Page, people: Cast, question: Question, let_in) -> Page:
    """The question's page, open for somebody who answers it."""
    let_in(people.author)
    browser_page.goto(f"{live_server.url}/staff/inbox/{question.reference}/")
    return browser_page


def _says(page: Page, words: str) -> None:
    expect(page.locator("[data-autosave-status]")).to_contain_text(words, timeout=SOON)


def _type(page: Page, words: str) -> None:
    page.get_by_label("Answer", exact=True).fill(words)


def test_answer_is_kept_while_it_is_typed_and_can_be_given_then(page: Page):
    _type(page, "It opens on")
    _says(page, "Kept as a draft at")
    assert AnswerDraft.objects.get().text == "It opens on"
    _type(page, "It opens on Friday.")
    page.get_by_role("button", name="Publish the answer").click()
    expect(page.get_by_text("is answered.")).to_be_visible(timeout=SOON)
    assert (Answer.objects.get().text, AnswerDraft.objects.count()) == ("It opens on Friday.", 0)


def test_signed_out_in_the_middle_loses_nothing(page: Page, people: Cast, let_in):
    page.context.clear_cookies()
    _type(page, "It opens on Friday.")
    _says(page, "you are signed out")
    let_in(people.author)
    _says(page, "Kept as a draft at")
    assert AnswerDraft.objects.get().text == "It opens on Friday."


def test_enter_in_a_field_keeps_and_never_gives(page: Page):
    _type(page, "It opens on Friday.")
    page.get_by_label("What do you promise?").fill("We open it")
    page.get_by_label("What do you promise?").press("Enter")
    expect(page.get_by_text("is kept.")).to_be_visible(timeout=SOON)
    assert (AnswerDraft.objects.get().promise, Answer.objects.count()) == ("We open it", 0)

"""Sign-in in a real browser under the strict policy: passkeys, an app, axe on every page."""

from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from accounts import demo, invitations
from accounts.services import Place
from tests import factories
from tests.accounts.conftest import PASSWORD
from tests.accounts.signing_in import SECRET, enrol
from tests.real.browser import axe_faults

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def refusals(browser_page: Page) -> list[str]:
    """What the browser refused because of the content security policy, or could not run."""
    heard: list[str] = []
    browser_page.on(
        "console", lambda message: heard.append(message.text) if message.type == "error" else None
    )
    browser_page.on("pageerror", lambda error: heard.append(str(error)))
    return heard


@pytest.fixture
def authenticator(browser_page: Page) -> Callable[[str], None]:
    """A fingerprint reader that always agrees; called with a command of the browser's tools for it."""
    devtools = browser_page.context.new_cdp_session(browser_page)
    devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    made = devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return lambda command: devtools.send(command, {"authenticatorId": made["authenticatorId"]})


@pytest.fixture
def passkeys(browser_page: Page, authenticator: Callable[[str], None]) -> Page:
    """A browser that has the fingerprint reader."""
    return browser_page


def _sign_in(page: Page, address: str, email: str) -> None:
    page.goto(address + reverse("account_login"))
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Continue").click()


def test_passkey_is_added_at_first_sign_in_and_signs_in_again(live_server, passkeys, refusals):
    person = factories.user()
    _sign_in(passkeys, live_server.url, person.email)
    passkeys.goto(live_server.url + reverse("accounts:me"))
    passkeys.get_by_role("link", name="Add a passkey").click()
    passkeys.get_by_role("button", name="Add a passkey").click()
    passkeys.get_by_role("heading", name="Your recovery codes").wait_for()
    assert passkeys.locator(".cp-codes li").count() == 10
    passkeys.goto(live_server.url + reverse("accounts:me"))
    passkeys.get_by_role("button", name="Sign out", exact=True).click()
    _sign_in(passkeys, live_server.url, person.email)
    passkeys.get_by_role("button", name="Use a passkey").click()
    passkeys.wait_for_url(lambda url: url.endswith("/staff/"))
    passkeys.goto(live_server.url + reverse("accounts:me"))
    assert passkeys.get_by_role("heading", level=1).inner_text() == "Pat Example"
    assert [line for line in refusals if "404" not in line] == []


def test_passkey_asked_again_carries_on_where_the_person_was(live_server, passkeys, settings):
    person = factories.member(factories.team("Digital", []), "administrator")
    _sign_in(passkeys, live_server.url, person.email)
    passkeys.goto(live_server.url + reverse("mfa_add_webauthn"))
    passkeys.get_by_role("button", name="Add a passkey").click()
    passkeys.get_by_role("heading", name="Your recovery codes").wait_for()
    passkeys.goto(live_server.url + reverse("accounts:new_team"))
    passkeys.get_by_label("name").fill("Parks")
    settings.SECOND_FACTOR_FRESH_SECONDS = 0
    passkeys.get_by_role("button", name="Save team").click()
    passkeys.get_by_role("heading", name="Use your passkey again").wait_for()
    settings.SECOND_FACTOR_FRESH_SECONDS = 900
    passkeys.get_by_role("button", name="Use a passkey").click()
    passkeys.get_by_role("heading", name="Teams").wait_for()
    assert passkeys.get_by_role("link", name="Parks").count() == 1


def test_passkey_that_does_not_answer_says_so(live_server, passkeys, authenticator):
    person = factories.user()
    _sign_in(passkeys, live_server.url, person.email)
    passkeys.goto(live_server.url + reverse("mfa_add_webauthn"))
    passkeys.get_by_role("button", name="Add a passkey").click()
    passkeys.get_by_role("heading", name="Your recovery codes").wait_for()
    passkeys.get_by_role("button", name="Sign out", exact=True).click()
    authenticator("WebAuthn.clearCredentials")
    _sign_in(passkeys, live_server.url, person.email)
    problem = passkeys.get_by_text("The passkey did not answer.")
    assert problem.is_hidden()
    passkeys.get_by_role("button", name="Use a passkey").click()
    problem.wait_for()


def test_somebody_with_only_an_app_is_not_offered_a_passkey(live_server, browser_page):
    person = factories.user()
    enrol(person)
    _sign_in(browser_page, live_server.url, person.email)
    browser_page.get_by_label("6-digit code").wait_for()
    assert browser_page.get_by_role("button", name="Use a passkey").count() == 0


@pytest.mark.parametrize("width", [390, 1280])
def test_axe_finds_nothing_on_the_way_in(live_server, browser_page, width):
    browser_page.set_viewport_size({"width": width, "height": 900})
    by = factories.user("Ada Min")
    team = factories.team("Parks")
    invitation = invitations.invite("new@riverbank.example", "New", "", {Place(team.pk, "author")}, by=by)
    link = invitations.link(invitation).removeprefix("https://riverbank.example")
    person = factories.user()
    faults = {}
    for path in (reverse("account_login"), reverse("account_reset_password"), link, link + "x"):
        browser_page.goto(live_server.url + path)
        faults[path] = axe_faults(browser_page)
    _sign_in(browser_page, live_server.url, person.email)
    for name in ("accounts:second_factor", "mfa_activate_totp", "mfa_add_webauthn"):
        browser_page.goto(live_server.url + reverse(name))
        faults[name] = axe_faults(browser_page)
    assert {path: found for path, found in faults.items() if found} == {}


@pytest.mark.parametrize("width", [390, 1280])
def test_axe_finds_nothing_on_administration(live_server, browser_page, width):
    browser_page.set_viewport_size({"width": width, "height": 900})
    team = factories.team("Parks")
    person = factories.member(team, "administrator", "Ada Min")
    enrol(person)
    _sign_in(browser_page, live_server.url, person.email)
    faults = {"code": axe_faults(browser_page)}
    browser_page.get_by_label("6-digit code").fill(demo.unused_code(person, SECRET))
    browser_page.get_by_role("button", name="Sign in").click()
    other = factories.member(team, "author", "Tom Field")
    pages = {
        name: reverse(f"accounts:{name}") for name in ("me", "people", "invite", "invited", "teams", "trail")
    }
    for name in ("person", "roles", "deactivate"):
        pages[name] = reverse(f"accounts:{name}", args=[other.pk])
    pages |= {name: reverse(name) for name in ("mfa_index", "mfa_list_webauthn", "account_change_password")}
    for name, path in pages.items():
        browser_page.goto(live_server.url + path)
        faults[name] = axe_faults(browser_page)
    assert {name: found for name, found in faults.items() if found} == {}


def test_error_summary_leads_to_the_control(live_server, browser_page):
    browser_page.goto(live_server.url + reverse("account_login"))
    browser_page.get_by_role("button", name="Continue").click()
    browser_page.get_by_role("alert").get_by_role("link").first.click()
    assert browser_page.evaluate("document.activeElement.name") == "login"

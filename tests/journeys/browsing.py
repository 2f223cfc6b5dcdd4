"""A person at a browser whose every page is looked at: accessible, narrow, nothing refused by the policy."""

from http import HTTPStatus

from playwright.sync_api import Browser, Locator, Page, TimeoutError

from accounts import demo
from accounts.models import User
from tests.accounts.conftest import PASSWORD
from tests.accounts.signing_in import SECRET
from tests.real.browser import axe_faults

PATIENCE = 20_000
"""How long a slow machine may take for a page (milliseconds)."""
REFUSED = (400, 405, 409, 410)
"""What a form that was refused, an address that only takes forms, and a link that has ended answer."""
NARROW = 320
"""What WCAG 1.4.10 asks a page to fit into (CSS pixels)."""


class Faults:
    """What was wrong on any page, by where it was seen."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self.looked_at = 0

    def note(self, where: str, faults: list[str]) -> None:
        """Keep what was found."""
        self.found += [f"{where}: {fault}" for fault in faults]


class Person:
    """Somebody with a browser of their own."""

    def __init__(
        self, chromium: Browser, address: str, faults: Faults, *, width: int = 1280, script: bool = True
    ):
        self.address, self.faults, self.width = address, faults, width
        size = {"width": width, "height": 900}
        self.context = chromium.new_context(viewport=size, locale="en-GB", java_script_enabled=script)
        self.context.set_default_timeout(PATIENCE)
        self.page = self.context.new_page()
        self.page.on("console", lambda said: said.type == "error" and self._complain(said.text))
        self.page.on("pageerror", lambda error: self._complain(str(error)))

    def _complain(self, text: str) -> None:
        # A refused form may answer 409, which the console calls an error; the policy's words differ.
        if not any(f"the server responded with a status of {status}" in text for status in REFUSED):
            self.faults.note(self.page.url, [text])

    def go(self, path: str, heading: str = "") -> Page:
        """Open a page and look at it."""
        self.page.goto(path if path.startswith("http") else f"{self.address}{path}")
        return self.see(heading)

    def see(self, heading: str = "") -> Page:
        """Look at the page that is open: its heading, axe, and whether it fits a narrow screen."""
        if heading:
            self.expect(heading)
        self.faults.looked_at += 1
        self.faults.note(self.page.url, axe_faults(self.page))
        self.page.set_viewport_size({"width": NARROW, "height": 640})
        across = self.page.evaluate("document.documentElement.scrollWidth")
        if across > NARROW:
            self.faults.note(self.page.url, [f"{across} pixels wide on a screen of {NARROW}"])
        self.page.set_viewport_size({"width": self.width, "height": 900})
        return self.page

    def expect(self, heading: str) -> None:
        """Wait for the page with this heading; tell what stands there instead."""
        try:
            self.page.get_by_role("heading", level=1, name=heading).wait_for()
        except TimeoutError as late:
            problems = self.page.get_by_role("alert").all_inner_texts()
            shown = self.page.get_by_role("heading", level=1).all_inner_texts()
            raise AssertionError(f"{heading!r} expected at {self.page.url}: {shown} {problems}") from late

    def press(self, name: str, heading: str = "") -> Page:
        """Press a button and look at the page it leads to."""
        return self._leave_by(self.page.get_by_role("button", name=name, exact=True), heading)

    def follow(self, name: str, heading: str = "") -> Page:
        """Follow a link and look at the page it leads to."""
        return self._leave_by(self.page.get_by_role("link", name=name, exact=True).first, heading)

    def follow_part(self, words: str, heading: str = "") -> Page:
        """Follow the first link of the page itself whose name has these words, and look where it leads."""
        return self._leave_by(self.page.locator("main").get_by_role("link", name=words).first, heading)

    def press_part(self, words: str, heading: str = "") -> Page:
        """Press the first button whose name has these words, and look where it leads."""
        return self._leave_by(self.page.get_by_role("button", name=words).first, heading)

    def _leave_by(self, way: Locator, heading: str) -> Page:
        # Without waiting for the next page, the one that is going away would be looked at.
        with self.page.expect_navigation():
            way.click()
        return self.see(heading)

    def sign_in(self, person: User) -> None:
        """Sign in with password and the code of an authenticator app."""
        self.go("/staff/", "Sign in")
        self.page.get_by_label("E-mail address").fill(person.email)
        self.page.get_by_label("Password").fill(PASSWORD)
        self.press("Continue")
        self.page.get_by_label("6-digit code").fill(demo.unused_code(person, SECRET))
        self.press("Sign in")


class Reader(Person):
    """Somebody on a telephone that runs no scripts; a second browser looks at the pages for them."""

    def __init__(self, chromium: Browser, address: str, faults: Faults) -> None:
        super().__init__(chromium, address, faults, width=390, script=False)
        self.inspector = Person(chromium, address, faults, width=390)

    def go(self, path: str, heading: str = "") -> Page:
        """Open a page as it is now: browsers may keep residents' pages for half a minute."""
        self.page.goto(path if path.startswith("http") else f"{self.address}{path}")
        self.page.reload()
        return self.see(heading)

    def see(self, heading: str = "") -> Page:
        """Look at the page by opening it once more where axe can run, as the same person."""
        if heading:
            self.expect(heading)
        self.inspector.context.clear_cookies()
        self.inspector.context.add_cookies(self.context.cookies())  # type: ignore[arg-type]
        answer = self.inspector.page.goto(self.page.url)
        # What a refused form led to has an address that only takes forms.
        if answer and answer.status != HTTPStatus.METHOD_NOT_ALLOWED:
            self.inspector.page.reload()
            self.inspector.see()
        return self.page

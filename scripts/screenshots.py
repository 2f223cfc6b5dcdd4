"""Takes the pictures in docs/screenshots/ of a running portal with the demo town; changes nothing in it.

Usage: start the demo town (`make run`), then `var/venv/bin/python scripts/screenshots.py [address]`.
Needs the tests' browser, which `make test` installs.
"""

import datetime as dt
import io
import re
import sys
from collections.abc import Callable
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.real.browser import ARGUMENTS  # noqa: E402
from tests.real.parts import chromium_program  # noqa: E402

FOLDER = ROOT / "docs" / "screenshots"
WIDTHS = (390, 1280)
LONGEST = 2400
"""Nobody looks further down a picture than this (pixels)."""
COLOURS = 96
PASSWORD = "riverbank-demo-1"  # noqa: S105  # everybody knows it, and it works with DEBUG only
BURST_MAIN = "/low-water-pressure"
OPEN_CONSULTATION, DECIDED_CONSULTATION = "where should £4.6 million", "is the crossing in the right place"

Step = Callable[[Page], None]


class Camera:
    """Visits pages as one person and keeps a picture of each at every width."""

    def __init__(self, browser: Browser, address: str) -> None:
        """Open an empty browser."""
        self.address = address
        self.page = browser.new_context(locale="en-GB", reduced_motion="reduce").new_page()

    def open(self, path: str) -> None:
        """Open a page of the portal."""
        answer = self.page.goto(f"{self.address}{path}")
        assert answer, path
        assert answer.ok, f"{path}: {answer.status}"

    def follow(self, part_of_address: str) -> None:
        """Follow the first link whose address has this part."""
        link = self.page.locator(f"main a[href*='{part_of_address}']").first
        self.page.goto(self.address + str(link.get_attribute("href")).removeprefix(self.address))

    def take(self, name: str) -> None:
        """Keep what is open now, at every width."""
        for width in WIDTHS:
            self.page.set_viewport_size({"width": width, "height": 900})
            high = min(LONGEST, int(self.page.evaluate("document.documentElement.scrollHeight")))
            shot = self.page.screenshot(full_page=True, clip={"x": 0, "y": 0, "width": width, "height": high})
            _keep(shot, FOLDER / f"{name}-{width}.png")
        print(name)

    def sign_in(self, email: str, *, shows_code: bool = False) -> None:
        """Sign in with the code the demo town shows."""
        self.open("/accounts/login/")
        self.page.get_by_label("E-mail address").fill(email)
        self.page.get_by_label("Password").fill(PASSWORD)
        self.page.get_by_role("button", name="Continue").click()
        self.page.get_by_label("6-digit code").wait_for()
        if shows_code:
            self.take("sign-in-code")
        shown = re.search(r"\b(\d{3})\s?(\d{3})\b", self.page.locator("main").inner_text())
        assert shown, "the page does not show the code: is this a demo town?"
        self.page.get_by_label("6-digit code").fill("".join(shown.groups()))
        self.page.get_by_role("button", name="Sign in").click()
        self.page.wait_for_url("**/staff/**")


RESIDENTS_PAGES = {
    "home": "/",
    "list": "/notices/",
    "search": "/notices/?q=libary",
    "outages": "/outages/",
    "outages-history": "/outages/history/",
    "events": "/events/",
    "projects": "/projects/",
    "places": "/places/?place=RB1+1AA&place=Millgate",
    "corrections": "/corrections/",
    "record": "/record/",
    "subscribe": "/subscribe/",
    "have-your-say": "/consultations/",
    "you-said": "/you-said/",
}


def _keep(shot: bytes, path: Path) -> None:
    picture = Image.open(io.BytesIO(shot)).convert("RGB")
    small = picture.quantize(COLOURS, dither=Image.Dither.NONE)
    small.save(path, optimize=True)


def residents(camera: Camera) -> None:
    """What everybody sees."""
    for name, path in RESIDENTS_PAGES.items():
        camera.open(path)
        camera.take(name)
    camera.open("/outages/")
    camera.follow(BURST_MAIN)
    camera.take("notice")
    camera.follow("/ask/")
    camera.take("ask")
    for name, words in (("consultation", OPEN_CONSULTATION), ("results", DECIDED_CONSULTATION)):
        camera.open("/consultations/")
        camera.page.locator("main").get_by_role("link", name=re.compile(words)).first.click()
        camera.take(name)


def approver(camera: Camera) -> None:
    """Who decides: the desk, the page decided on, and what became of a notice."""
    camera.sign_in("ben.achterberg@riverbank.example", shows_code=True)
    camera.open("/staff/")
    camera.take("desk")
    camera.follow("/approve/")
    camera.take("approve")
    camera.open("/staff/notices/?q=Burst+main")
    camera.page.locator("main").get_by_role("link", name=re.compile("Burst main")).first.click()
    camera.take("staff-notice")


def author(camera: Camera) -> None:
    """Who writes: the editor of a returned notice."""
    camera.sign_in("tomasz.wolny@riverbank.example")
    camera.open("/staff/notices/?status=returned")
    camera.page.locator("main").get_by_role("link", name=re.compile("clean enough")).first.click()
    camera.follow("/edit/")
    camera.take("editor")


def others(browser: Browser, address: str) -> None:
    """One page of each other role."""
    for email, name, path in (
        ("margaret.oyelaran@riverbank.example", "accounts", "/staff/accounts/"),
        ("aisha.rahman@riverbank.example", "summary", f"/staff/summary/?week={_last_week()}"),
        ("anneka.bright@riverbank.example", "audit-trail", "/staff/audit/"),
    ):
        camera = Camera(browser, address)
        camera.sign_in(email)
        camera.open(path)
        camera.take(name)
    camera = Camera(browser, address)
    camera.sign_in("femi.adebayo@riverbank.example")
    camera.open("/staff/inbox/")
    camera.take("inbox")
    camera.open("/staff/inbox/?q=this+is+all+the+room")
    camera.page.locator("main").get_by_role("link", name=re.compile("^F-")).first.click()
    camera.take("inbox-item")


def _last_week() -> str:
    """Return the Monday of the last whole week: half a week says little."""
    today = dt.date.today()
    return (today - dt.timedelta(days=today.weekday() + 7)).isoformat()


def main(address: str) -> None:
    """Take them all."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        arguments = [*ARGUMENTS, "--no-sandbox", "--hide-scrollbars"]
        browser = playwright.chromium.launch(executable_path=chromium_program(), args=arguments)
        residents(Camera(browser, address))
        approver(Camera(browser, address))
        author(Camera(browser, address))
        others(browser, address)
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/") if len(sys.argv) > 1 else "http://localhost:8000")

"""An outage from a telephone: investigating to restored, residents reading along and still off."""

import re

import pytest
from playwright.sync_api import Browser

from accounts.enums import Role
from places.models import Ward
from tests import factories
from tests.accounts.signing_in import enrol
from tests.council_portal.conftest import Run
from tests.factories import Cast
from updates.models import StillOff
from updates.transitions import Action
from updates.workflow import perform

from .browsing import Faults, Person, Reader

pytestmark = [pytest.mark.slow, pytest.mark.postgres, pytest.mark.timeout(300)]

PANEL = "#panel-heading"


@pytest.fixture
def outage(council: Cast):
    """A live outage in Quayside, and the officer who looks after it."""
    officer = council.urgent_author
    enrol(officer)
    assert officer.memberships.filter(role=Role.AUTHOR, may_publish_urgently=True).exists()
    draft = factories.draft(council, by=officer, wards=[Ward.objects.get(name="Quayside")])
    return perform(Action.PUBLISH_URGENTLY, draft, by=officer)


def test_outage_is_followed_from_a_phone_to_the_end(
    portal: Run, chromium: Browser, council: Cast, outage, faults: Faults
):
    # The officer's telephone runs no scripts, as the residents' do not.
    phone = Person(chromium, portal.url, faults, width=390, script=False)
    resident = Reader(chromium, portal.url, faults)
    phone.see = lambda heading="": phone.expect(heading) if heading else None  # axe needs scripts
    address = outage.notice.get_absolute_url()

    resident.go(address, "Burst main in Quay Street")
    assert "Looking for the cause" in resident.page.locator(PANEL).inner_text()

    phone.page.goto(f"{portal.url}/staff/")
    _sign_in(phone, council)
    phone.page.get_by_role("link", name=re.compile("^Update.*Burst main in Quay Street")).click()
    phone.expect("Update the outage")
    _update(phone, "Repairing", "The crew has found the leak.", estimate="In 2 hours", more="In 1 hour")

    resident.go(address, "Burst main in Quay Street")
    assert "Repairing now" in resident.page.locator(PANEL).inner_text()
    assert resident.page.get_by_text("The crew has found the leak.").count() >= 1

    phone.page.goto(f"{portal.url}/staff/notices/{outage.notice.reference}/update/")
    _update(phone, "Restored", "The water is back.")

    resident.go(address, "Burst main in Quay Street")
    assert "Restored" in resident.page.locator(PANEL).inner_text()
    resident.follow("It is still off here", "Is it still off where you are?")
    resident.page.wait_for_timeout(2200)  # nobody reads and types in less
    resident.page.get_by_label("Your postcode or street").fill("rb1 2aa")
    resident.press("It is still off here", "Thank you, we have counted it")
    assert resident.page.get_by_text("1 person in Quayside").is_visible()
    row = StillOff.objects.get()
    assert (row.count, row.place_label, row.is_after_restoration) == (1, "Quay Street, Quayside", True)
    assert faults.found == []


def _sign_in(phone: Person, council: Cast) -> None:
    from accounts import demo
    from tests.accounts.conftest import PASSWORD
    from tests.accounts.signing_in import SECRET

    phone.page.get_by_label("E-mail address").fill(council.urgent_author.email)
    phone.page.get_by_label("Password").fill(PASSWORD)
    phone.page.get_by_role("button", name="Continue").click()
    phone.page.get_by_label("6-digit code").fill(demo.unused_code(council.urgent_author, SECRET))
    phone.page.get_by_role("button", name="Sign in", exact=True).click()
    phone.expect("My desk")


def _update(phone: Person, state: str, sentence: str, *, estimate: str = "", more: str = "") -> None:
    """Fill in the short form with a thumb: two or three choices, one sentence, one button."""
    page = phone.page
    page.get_by_role("radio", name=state, exact=True).check()
    page.get_by_label("What changed, in one sentence").fill(sentence)
    if estimate:
        page.locator("[name=estimate]").and_(page.get_by_label(estimate)).check()
    if more:
        page.locator("[name=next_update]").and_(page.get_by_label(more)).check()
    across = page.evaluate("document.documentElement.scrollWidth")
    assert across <= phone.width
    page.get_by_role("button", name="Publish now").click()
    phone.page.get_by_text("It is live. A second person has to check it now.").wait_for()

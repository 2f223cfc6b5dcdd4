"""A resident subscribes, confirms, gets a digest and leaves: without an account and without a script."""

import datetime as dt

import httpx
import pytest
from django.utils import timezone

from subscriptions import digests
from subscriptions.enums import Occasion
from subscriptions.models import Subscriber
from tests import factories
from tests.subscriptions.conftest import body
from updates.models import Edition

from .browsing import Reader
from .mails import arrived, link

pytestmark = [
    pytest.mark.slow,
    pytest.mark.postgres,
    pytest.mark.timeout(300),
]
ADDRESS = "jan@mail.example"


def subscribe(reader: Reader) -> None:
    """Ask to be told once a day about a postcode."""
    page = reader.go("/subscribe/?place=RB12AA", "Get notices by e-mail")
    assert page.get_by_label("Your postcode, street or ward").input_value() == "RB1 2AA"
    page.get_by_label("Your e-mail address").fill(ADDRESS)
    page.get_by_label("Once a day, at 7am").check()
    # A machine is quicker than a person.
    page.wait_for_timeout(2100)
    reader.press("Send me the e-mail to confirm", "Check your e-mail")


def publish_yesterday(cast, title: str) -> None:
    """Publish a notice that was news before the last seven o'clock."""
    edition = factories.published(cast, title=title)
    before = digests.moment(digests.due_on(Occasion.DAILY, timezone.now())) - dt.timedelta(hours=1)
    Edition.objects.filter(pk=edition.pk).update(published_at=before)


def test_subscribing_confirming_getting_a_digest_and_leaving(council, portal, faults, chromium, smtp_sink):
    reader = Reader(chromium, portal.url, faults)
    subscribe(reader)
    question = arrived(smtp_sink, 1)
    reader.go(link(question, "Confirm on our page:"), "One press and it is done")
    assert not Subscriber.objects.exists()
    page = reader.press("Yes, send me these", "Your notices by e-mail")
    assert "RB1 2AA" in page.content()

    publish_yesterday(council, "Burst main in Quay Street")
    publish_yesterday(council, "Road closed at the bridge")
    digests.make_due()
    digest = arrived(smtp_sink, 2)
    assert digest["Subject"] == "Road closed at the bridge, and 1 more"
    assert "because you follow RB1 2AA" in body(digest)

    leave = link(digest, "Stop these e-mails:")
    reader.go(leave, "Stop these e-mails?")
    assert Subscriber.objects.get().is_active
    page = reader.press("Yes, stop them", "Stopped")
    assert Subscriber.objects.get().ended_why == "left"

    reader.follow("That was a slip: take it back", "Your notices by e-mail")
    reader.press("Send me e-mails again", "Your notices by e-mail")
    assert Subscriber.objects.get().is_active
    one_click = httpx.post(leave, data={"List-Unsubscribe": "One-Click"})
    assert (one_click.status_code, dict(one_click.cookies)) == (200, {})
    assert not Subscriber.objects.get().is_active

    assert faults.found == []
    assert len(smtp_sink.box) == 2

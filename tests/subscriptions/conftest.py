"""Fixtures of subscriptions: a mail server, subscribers, and a hand that does what workers do."""

import time
import uuid

import pytest
from django.core import signing
from django.test import override_settings

from places.lookup import find
from subscriptions import delivery, joining
from subscriptions.enums import Purpose
from subscriptions.models import Batch, Subscriber, Subscription
from tests import factories
from updates.content import content_hash
from updates.transitions import Action
from updates.workflow import perform
from visitors import stamps


@pytest.fixture
def mail_server(smtp_sink):
    """Send Django's mail to the sink of this test."""
    with override_settings(
        EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend",
        EMAIL_HOST=smtp_sink.host,
        EMAIL_PORT=smtp_sink.port,
        EMAIL_TIMEOUT=5,
        BOUNCE_ADDRESS="bounces@riverbank.example",
    ):
        yield smtp_sink


def stamp(sort: str, about: str = "", *, age: float = 60) -> str:
    """Return the stamp of a form opened `age` seconds ago."""
    content = [sort, about, uuid.uuid4().hex, time.time() - age]
    return signing.dumps(content, salt=stamps.SALT, compress=False)


def subscriber(address: str = "jan@mail.example", **choice) -> Subscriber:
    """Make a confirmed subscriber who follows the whole borough, or what `choice` says."""
    joining.confirm(address, [joining.wish(address, Purpose.JOIN, **choice)])
    return Subscriber.objects.get(address=address)


def at(text: str) -> dict:
    """Return the columns that follow a place people call `text`."""
    place = find(text)
    assert place is not None
    exact = bool(place.postcode or place.street)
    return {"ward": place.ward, "place_key": place.key if exact else "", "place_label": place.label}


def deliver() -> None:
    """Send every batch that waits, as the workers would."""
    for pk in Batch.objects.order_by("pk").values_list("pk", flat=True):
        delivery.deliver_one(pk)


def recipients(sink) -> list[str]:
    """Return whom the server has mail for, sorted."""
    return sorted(message["To"] for message in sink.box)


def body(message, sort: str = "plain") -> str:
    """Return a mail's text or HTML."""
    return message.get_body((sort,)).get_content().replace("\r\n", "\n")


def followed(address: str) -> list[Subscription]:
    """Return what an address follows."""
    return list(Subscription.objects.filter(subscriber__address=address))


def publish_next(cast, live, **fields):
    """Make the next edition of a live notice go live, properly approved."""
    draft = factories.next_edition(cast, live, **fields)
    submitted = perform(Action.SUBMIT, draft, by=draft.author)
    seen = content_hash(submitted)
    approved = perform(Action.APPROVE, submitted, by=cast.approver, seen_hash=seen, note="Read.")
    return perform(Action.PUBLISH, approved, by=approved.author)

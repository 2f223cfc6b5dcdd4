"""What goes out when an edition goes live: to whom, once each, with both headers, and nothing afterwards."""

import pytest

from accounts.enums import Kind
from outbox.enums import Status
from subscriptions.models import Batch, Copy, Mailing
from tests import factories
from updates.enums import Urgency
from updates.transitions import Action
from updates.workflow import perform

from .conftest import at, body, deliver, recipients, subscriber

pytestmark = pytest.mark.django_db


def publish_next(cast, live, **fields):
    draft = factories.next_edition(cast, live, **fields)
    submitted = perform(Action.SUBMIT, draft, by=draft.author)
    from updates.content import content_hash

    seen = content_hash(submitted)
    approved = perform(Action.APPROVE, submitted, by=cast.approver, seen_hash=seen, note="Read.")
    return perform(Action.PUBLISH, approved, by=approved.author)


def test_subscriber_gets_a_mail_with_the_answer_the_reason_and_the_links(cast, mail_server):
    subscriber()
    edition = factories.published(cast)
    deliver()

    (message,) = mail_server.box
    text, html = body(message), body(message, "html")
    assert message["Subject"] == "Burst main in Quay Street: investigating"
    for words in (text, html):
        assert "Low or no water in Quayside until this evening." in words
        assert "Boil it first." in words
        assert f"https://riverbank.example{edition.notice.get_absolute_url()}" in words
        assert "because you follow The whole borough" in words
        assert "https://riverbank.example/subscriptions/leave/" in words
        assert "⟦" not in words


def test_both_headers_of_one_click_are_on_each_mail(cast, mail_server):
    subscriber("a@mail.example")
    subscriber("b@mail.example")
    factories.published(cast)
    deliver()

    for message in mail_server.box:
        assert (
            message["List-Unsubscribe"].strip().startswith("<https://riverbank.example/subscriptions/leave/")
        )
        assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert message["X-Sink-From"].startswith("bounces+")
    assert len(mail_server.box) == 2


def test_minor_edition_mails_nobody(cast, mail_server):
    subscriber()
    live = factories.published(cast)
    deliver()
    publish_next(cast, live, is_minor=True)
    deliver()

    assert (len(mail_server.box), Mailing.objects.count()) == (1, 1)

"""An account of the cast's team with one post on the practice network, and people who write to it."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from feedback import moderation
from feedback.models import Question
from outbox.receipt import Receipt
from social.delivery import deliver_one
from social.models import Account, Delivery, Reply, Watch
from social.publishers.base import SeenReply
from social.replies import collecting
from social.sandbox import network
from tests import factories
from tests.accounts.signing_in import sign_in
from tests.outbox.rows import account as make_account


@pytest.fixture
def account(cast) -> Account:
    """A confirmed account of the cast's team, watched since before anybody wrote."""
    long_ago = timezone.now() - timedelta(days=2)
    made = make_account(handle="riverbank", remote_account_id="riverbank", connected_at=long_ago)
    made.teams.add(cast.team)
    return made


@pytest.fixture
def posted(cast, account) -> Delivery:
    """A notice's post on the account."""
    row = factories.published(cast).deliveries.get()
    deliver_one(row.pk)
    row.refresh_from_db()
    return row


@pytest.fixture
def as_(client) -> Callable[[Any], Client]:
    """Sign the client in as somebody and give it back."""

    def _as(person: Any) -> Client:
        sign_in(client, person)
        return client

    return _as


def say(text: str, parent: str = "", *, handle: str = "kim") -> str:
    """Somebody writes on the practice network, under the post with the id `parent`; return the id."""
    return network.say(handle, text, Receipt(parent) if parent else None).remote_id


def collect(account: Account) -> int | None:
    """Ask now, whenever it was asked last."""
    Watch.objects.filter(account=account).update(replies_next_at=timezone.now())
    return collecting.collect(account.pk)


def seen(text: str = "When?", *, remote_id: str = "r1", at: datetime | None = None, **more: Any) -> SeenReply:
    """Return what a publisher would."""
    plain: dict[str, Any] = {"url": "https://there.example/r1", "author_handle": "kim", "root_id": ""}
    return SeenReply(remote_id=remote_id, text=text, posted_at=at or timezone.now(), **(plain | more))


def question_about(posted: Delivery, cast: Any, text: str = "When is the water back?") -> Question:
    """Somebody asks under our post, and a moderator shows it."""
    say(text, posted.remote_id)
    collect(posted.account)
    question = Question.objects.get(reference=Reply.objects.get(text=text).voice)
    shown = moderation.publish(question, by=cast.moderator, seen_version=1, public_text=text)
    assert isinstance(shown, Question)
    return shown

"""Fixtures of feedback: a live notice, signed-in people, a form a person took some time over."""

import time
import uuid
from typing import Any

import pytest
from django.core import signing
from django.test import Client

from feedback import moderation, receiving
from feedback.models import Feedback, Question
from tests import factories
from tests.accounts.signing_in import sign_in
from visitors import stamps


@pytest.fixture
def notice(cast):
    """A live notice of the cast's team."""
    return factories.live(cast).notice


@pytest.fixture
def as_(client):
    """Sign the client in as somebody and give it back."""

    def _as(person) -> Client:
        sign_in(client, person)
        return client

    return _as


def stamp(sort: str, reference: str, *, age: float = 60) -> str:
    """Return the stamp of a form opened `age` seconds ago."""
    content = [sort, reference, uuid.uuid4().hex, time.time() - age]
    return signing.dumps(content, salt=stamps.SALT, compress=False)


def asked(
    notice, text: str = "Is Tannery Row affected?", *, wants_reply: bool = False, **words: Any
) -> Question:
    """Make a question that waits for a moderator."""
    return receiving.receive_question(
        notice, receiving.Words(text, **words), key=uuid.uuid4(), wants_reply=wants_reply
    )


def told(notice, text: str = "Thank you to the crew.", *, helpful: str = "", **words: Any) -> Feedback:
    """Make feedback that waits for a moderator."""
    return receiving.receive_feedback(
        notice, receiving.Words(text, **words), key=uuid.uuid4(), helpful=helpful
    )


def shown(voice, by):
    """Publish the words as they are."""
    return moderation.publish(voice, by=by, seen_version=voice.version, public_text=voice.text)

"""Templates and what tests fill into them."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.enums import Role
from accounts.models import User
from tests import factories
from tests.accounts.signing_in import sign_in
from tests.factories import Cast
from updates.models import Edition, NoticeTemplate
from updates.writing import templates
from updates.writing.filling import start_from

STREET = {"name": "street", "label": "Street", "kind": "street", "example": "Quay Street"}
UNTIL = {"name": "until", "label": "Until", "kind": "time", "example": "6pm", "fills": "estimate_to_at"}
CAUSE = {"name": "cause", "label": "Cause", "kind": "text", "example": "a burst main"}
REST = {"choices": [], "fills": ""}
WORDS: dict[str, Any] = {
    "name": "Burst main",
    "when_to_use": "Water is off in one street.",
    "title": "Burst main in {street}",
    "summary": "Low or no water in {street} until {until}.",
    "body": "The cause is {cause}.",
    "service": "water",
    "state": "investigating",
    "reason": "{cause}",
    "advice": "Boil it first.",
    "slots": [{**REST, **STREET}, {**REST, **UNTIL}, {**REST, **CAUSE}],
}


@pytest.fixture
def template(cast: Cast) -> NoticeTemplate:
    """A template of the cast's team for a burst main, written by somebody else's approver; not approved."""
    writer = factories.member(cast.team, Role.APPROVER, "Wanda Writer")
    return templates.start_template(team=cast.team, kind="outage", by=writer, fields=WORDS)


@pytest.fixture
def approved_template(cast: Cast, template: NoticeTemplate) -> NoticeTemplate:
    """The same, vouched for by the cast's approver."""
    return templates.approve(template, by=cast.approver, seen_hash=templates.template_hash(template))


@pytest.fixture
def fill(cast: Cast) -> Callable[..., Edition]:
    """Start a notice from a template as the cast's author."""
    quay = factories.street(factories.ward("Quayside"), "Quay Street")

    def started(
        template: NoticeTemplate, *, by: User | None = None, until: datetime | None = None, **more: Any
    ):
        values = {"street": [quay], "until": until or timezone.now(), "cause": "a burst main", **more}
        return start_from(
            template, by=by or cast.author, values=values, wards=[], seen_version=template.version
        )

    return started


@pytest.fixture
def signed_in() -> Callable[..., Client]:
    """Return a client signed in as a person, their second factor just used."""

    def client_of(person: User) -> Client:
        client = Client()
        sign_in(client, person, factor_age=0)
        return client

    return client_of

"""Makers for residents' pages: parsed pages, and notices by the hundred."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from lxml import html

from accounts.enums import Kind
from tests import factories
from tests.factories import Cast
from updates.models import Edition
from updates.transitions import Action
from updates.workflow import perform

Page = html.HtmlElement


@pytest.fixture
def read(client: Client) -> Callable[[str], Page]:
    """Open a page as a resident and return it parsed."""

    def opened(path: str) -> Page:
        response = client.get(path)
        assert response.status_code == 200, response
        return html.fromstring(response.content.decode())

    return opened


def words(page: Page, path: str) -> list[str]:
    """Return the text of each element that `path` finds, its white space folded."""
    return [" ".join(found.text_content().split()) for found in page.xpath(path)]


def update(cast: Cast, live: Edition, detail: dict[str, Any] | None = None, **fields: Any) -> Edition:
    """Publish the next edition of a live notice through the workflow."""
    from updates import drafting
    from updates.content import content_hash

    started = factories.next_edition(cast, live, **fields)
    if detail:
        started = drafting.save_draft(
            started, seen_version=started.version, by=cast.author, fields={}, detail=detail
        )
    waiting = perform(Action.SUBMIT, started, by=cast.author)
    checked = perform(
        Action.APPROVE, waiting, by=cast.approver, seen_hash=content_hash(waiting), note="Read it."
    )
    return perform(Action.PUBLISH, checked, by=cast.author)


def many(cast: Cast, count: int) -> None:
    """Publish `count` notices, the kinds in turn."""
    for number in range(count):
        kind = list(Kind)[number % len(Kind)]
        factories.published(cast, kind, title=f"Notice number {number}")


NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def hours(count: float) -> datetime:
    """Return the moment `count` hours after noon (UTC) on 22 November 2026."""
    return NOON + timedelta(hours=count)

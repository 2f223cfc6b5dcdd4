"""Makers for outages: a live one at a moment, and its next editions through the workflow."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine

from tests import factories
from tests.factories import Cast
from updates import drafting
from updates.models import Edition
from updates.transitions import Action
from updates.workflow import perform

# 2pm in the council's zone, on a winter's day.
START = datetime(2026, 11, 22, 14, tzinfo=UTC)


def live_at(cast: Cast, at: datetime = START, *, wards: list | None = None, title: str = "", **detail: Any):
    """Publish an outage urgently at `at`, by somebody with that right; return its edition."""
    with time_machine.travel(at, tick=False):
        words = {"title": title} if title else {}
        draft = factories.draft(cast, by=cast.urgent_author, wards=wards, **words)
        saved = drafting.save_draft(
            draft,
            seen_version=draft.version,
            by=cast.urgent_author,
            fields={},
            detail={"service": "water", "state": "investigating", **detail},
        )
        return perform(Action.PUBLISH_URGENTLY, saved, by=cast.urgent_author)


def then(cast: Cast, live: Edition, at: datetime, note: str = "More is known.", **detail: Any) -> Edition:
    """Publish the next edition of `live` urgently at `at`."""
    with time_machine.travel(at, tick=False):
        started = drafting.start_edition(live.notice, by=cast.urgent_author)
        saved = drafting.save_draft(
            started,
            seen_version=started.version,
            by=cast.urgent_author,
            fields={"change_note": note},
            detail=detail,
        )
        return perform(Action.PUBLISH_URGENTLY, saved, by=cast.urgent_author)


@pytest.fixture
def due_at() -> Callable[[datetime], dict[str, int]]:
    """Return what the minute beat does at a moment."""
    from updates.due import run_due

    def run(at: datetime) -> dict[str, int]:
        with time_machine.travel(at, tick=False):
            return run_due()

    return run

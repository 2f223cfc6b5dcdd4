"""Events as dull as possible, in the council's zone."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest

from look import times
from tests import factories
from tests.factories import Cast
from updates import drafting
from updates.content import content_hash
from updates.models import Edition, EventDetail
from updates.transitions import Action
from updates.workflow import perform


def local(text: str) -> datetime:
    """Return the moment at which the council's clocks show `text` ("2026-11-24 19:00")."""
    return datetime.fromisoformat(text).replace(tzinfo=times.zone()).astimezone(UTC)


def shown(moment: datetime) -> str:
    """Return what the council's clocks show at `moment`."""
    return f"{times.in_zone(moment):%Y-%m-%d %H:%M}"


def event(starts: str, ends: str, repeats: str = "never", until: str = "", *, but: tuple[str, ...] = ()):
    """Return an event's detail that no database knows."""
    return EventDetail(
        starts_at=local(starts),
        ends_at=local(ends),
        venue="Corn Hall",
        repeats=repeats,
        repeats_until_on=date.fromisoformat(until) if until else None,
        except_on=list(but),
    )


def weekly(**more: Any) -> dict[str, Any]:
    """Return four Tuesdays at 7pm, one of them left out."""
    return {
        "starts_at": local("2026-11-24 19:00"),
        "ends_at": local("2026-11-24 21:00"),
        "repeats": "weekly",
        "repeats_until_on": date(2026, 12, 15),
        "except_on": ["2026-12-01"],
        **more,
    }


Publish = Callable[..., Edition]


@pytest.fixture
def publish(cast: Cast) -> Publish:
    """Return what publishes an event, or the next edition of one, with `detail` through the code's doors."""

    def go_live(detail: dict[str, Any] | None = None, *, after: Edition | None = None, **fields: Any):
        wards = fields.pop("wards", None)
        if after:
            edition = factories.next_edition(cast, after, **fields)
        else:
            edition = factories.draft(cast, "event", **{"title": "Concert on the quay", **fields})
        edition = drafting.save_draft(
            edition,
            seen_version=edition.version,
            by=cast.author,
            fields={} if wards is None else {"is_borough_wide": False},
            wards=wards,
            detail=detail or {},
        )
        perform(Action.SUBMIT, edition, by=cast.author)
        perform(Action.APPROVE, edition, by=cast.approver, seen_hash=content_hash(edition), note="Read it.")
        return perform(Action.PUBLISH, edition, by=cast.author)

    return go_live

"""The outages of the last 90 days as a table, one a row; the download is look.spreadsheet's."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.conf import settings

from look import times

from .history import Story

HEADINGS = [
    "reference",
    "title",
    "service",
    "planned_from",
    "planned_until",
    "off_since",
    "restored",
    "minutes",
    "first_estimate",
    "first_estimate_held",
    "last_estimate",
    "last_estimate_held",
    "updates_promised",
    "updates_in_time",
    "address",
]


def rows(found: Iterable[Story]) -> Iterator[list[object]]:
    """Give the headings, then one row for each outage; moments in ISO 8601, as machines read them."""
    yield list(HEADINGS)
    for story in found:
        yield [
            story.notice.reference,
            story.notice.title,
            story.service,
            _moment(story.planned_from_at),
            _moment(story.planned_to_at),
            _moment(story.began_at),
            _moment(story.restored_at),
            round(story.lasted.total_seconds() / 60) if story.lasted is not None else "",
            _moment(story.first_estimate_at),
            _yes_or_no(story.first_held),
            _moment(story.last_estimate_at),
            _yes_or_no(story.last_held),
            story.promises_made,
            story.promises_kept,
            f"{settings.PORTAL_URL}{story.notice.get_absolute_url()}",
        ]


def _moment(value: Any) -> str:
    return times.machine(value) if value else ""


def _yes_or_no(value: bool | None) -> str:
    return "" if value is None else "yes" if value else "no"

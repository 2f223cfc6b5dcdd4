"""What social adds to the public record: how long a notice takes from live to each platform."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.template.loader import render_to_string
from django.utils.functional import Promise

from outbox.enums import Status
from updates.record import words
from updates.record.months import Period

from .enums import Channel
from .models import Delivery

# What did go out, whether or not it was taken down later.
_WENT_OUT = {Status.SENT, Status.REMOVING, Status.REMOVED}


@dataclass(frozen=True)
class Line:
    """One platform: how many posts went out, how quickly, and how many did not."""

    channel: str | Promise
    sent: int
    middle: str
    most: str
    failed: int


def block(_context: dict[str, Any], period: Period) -> str:
    """Return the time from live to each platform over `period`, from rows alone. One query."""
    lines = lines_of(period)
    return render_to_string("social/block_record.html", {"lines": lines}) if lines else ""


def lines_of(period: Period) -> list[Line]:
    """Return one line for each platform that a notice of `period` was to go to. One query."""
    rows = Delivery.objects.filter(
        edition__published_at__gte=period.starts_at, edition__published_at__lt=period.ends_at
    ).order_by("account__channel")
    found: dict[str, list[tuple[str, timedelta | None]]] = {}
    for channel, status, sent_at, live_at in rows.values_list(
        "account__channel", "status", "sent_at", "edition__published_at"
    ):
        found.setdefault(channel, []).append((status, sent_at - live_at if sent_at and live_at else None))
    return [_line(channel, its) for channel, its in found.items()]


def _line(channel: str, rows: Iterable[tuple[str, timedelta | None]]) -> Line:
    listed = list(rows)
    lengths = [max(span, timedelta()) for status, span in listed if status in _WENT_OUT and span is not None]
    return Line(
        Channel(channel).label,
        len(lengths),
        _said(words.middle(lengths)),
        _said(words.nine_in_ten(lengths)),
        sum(status == Status.FAILED for status, _span in listed),
    )


def _said(span: timedelta | None) -> str:
    return words.too_few() if span is None else words.took(span)

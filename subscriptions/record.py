"""What subscriptions add to the public record: how long a notice takes from live to its readers' mail."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Count, Max, Q
from django.template.loader import render_to_string

from outbox.enums import Status
from updates.record import words
from updates.record.months import Period

from .enums import Occasion
from .models import Mailing


@dataclass(frozen=True)
class Line:
    """The mailings of a stretch: how many went out whole, how quickly, and how many did not."""

    sent: int
    middle: str
    most: str
    failed: int


def block(_context: dict[str, Any], period: Period) -> str:
    """Return the time from live to the last reader's mail over `period`, from rows alone. One query."""
    line = line_of(period)
    return render_to_string("subscriptions/block_record.html", {"line": line}) if line else ""


def line_of(period: Period) -> Line | None:
    """Return the figures of the editions of `period` that were mailed at once; None where none was.

    An edition counts with its last batch, when no batch is left. Digests go at their hour whatever happens,
    so they do not count. A mailing stands for a year (subscriptions.retention). One query.
    """
    told = Mailing.objects.filter(
        occasion=Occasion.NEWS,
        edition__published_at__gte=period.starts_at,
        edition__published_at__lt=period.ends_at,
        batches__isnull=False,
    ).annotate(
        last_at=Max("batches__sent_at"),
        unsent=Count("batches", filter=~Q(batches__status=Status.SENT)),
        failed=Count("batches", filter=Q(batches__status=Status.FAILED)),
    )
    rows = list(told.values_list("edition__published_at", "last_at", "unsent", "failed"))
    if not rows:
        return None
    lengths = [
        max(last_at - live_at, timedelta()) for live_at, last_at, unsent, _failed in rows if not unsent
    ]
    return Line(
        len(lengths),
        _said(words.middle(lengths)),
        _said(words.nine_in_ten(lengths)),
        sum(failed > 0 for *_others, failed in rows),
    )


def _said(span: timedelta | None) -> str:
    return words.too_few() if span is None else words.took(span)

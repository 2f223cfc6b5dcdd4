"""Reads from an answer when the platform wants to hear from us again; pure but for our own clock."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from django.utils import timezone

HEADERS = ("retry-after", "ratelimit-reset", "x-ratelimit-reset")
EPOCH_FLOOR = 1_000_000_000
"""A number larger than this is seconds since 1970, a smaller one is seconds from now."""
EPOCH_CEILING = 10_000_000_000
"""Larger still (milliseconds, nonsense) is not believed."""


def retry_at(headers: Mapping[str, str]) -> datetime | None:
    """Return the moment by our clock, or None when the platform does not say or says nonsense.

    Platforms write it as an ISO time, an HTTP date, seconds since 1970 or seconds from now. Moments are moved
    by the difference between their clock (the Date header) and ours. Header names are in lower case.
    """
    now = timezone.now()
    for name in HEADERS:
        value = headers.get(name, "").strip()
        seconds = _number(value)
        if seconds is not None and seconds < EPOCH_FLOOR:
            return now + timedelta(seconds=seconds)
        moment = _epoch(seconds) if seconds is not None else _written_out(value)
        if moment is not None:
            return moment + _difference(headers, now)
    return None


def _number(value: str) -> float | None:
    return float(value) if value.isascii() and value.replace(".", "", 1).isdigit() else None


def _epoch(seconds: float) -> datetime | None:
    return datetime.fromtimestamp(seconds, UTC) if seconds < EPOCH_CEILING else None


def _written_out(value: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return _http_date(value)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _http_date(value: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(value)
    except (TypeError, ValueError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _difference(headers: Mapping[str, str], now: datetime) -> timedelta:
    theirs = _http_date(headers.get("date", ""))
    return now - theirs if theirs else timedelta()

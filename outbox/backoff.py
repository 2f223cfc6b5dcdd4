"""Decides when to try again; pure arithmetic with a little chance in it."""

import random
from datetime import datetime, timedelta

from .timing import Timing

JITTER = 0.25
"""A crowd of rows that failed together must not come back together."""


def next_try(tries: int, now: datetime, waits: Timing, platform_says: datetime | None = None) -> datetime:
    """When to try again after `tries` tries: doubling waits, and never before the platform's own time."""
    wait = min(waits.first_backoff * 2 ** min(max(tries - 1, 0), 20), waits.longest_backoff)
    ours = now + timedelta(seconds=wait * random.uniform(1 - JITTER, 1 + JITTER))  # noqa: S311
    if platform_says is None:
        return ours
    believable = min(platform_says, now + timedelta(seconds=waits.longest_platform_wait))
    later = believable + timedelta(seconds=random.uniform(0, waits.first_backoff * JITTER))  # noqa: S311
    return max(later, now)

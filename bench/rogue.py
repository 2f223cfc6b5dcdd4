"""Measures the seconds from somebody's post on an account of ours until that account is locked.

Waiting for the beat and for an account's turn is drawn at random and counted, not sat out; each look is
really made, over HTTP on the real or pretend server, and timed until the lock has committed.
"""

import random
import statistics
import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from ._scratch import portal

if TYPE_CHECKING:
    from tests.social.watch.places import Place

SIZES = (20,)
BEAT = 10.0
"""Seconds between two beats that hand out looks (council_portal/celery.py)."""
QUEUE = 0.25
"""Seconds a free worker takes to hear of a look; counted for each."""


def main(sizes: Sequence[int] = SIZES) -> None:
    """Let somebody post so many times on each platform and print one table."""
    with portal():
        from django.db import connection

        print(f"Database: {connection.vendor}. {sizes[0]} posts on each platform, seconds until the lock.\n")
        print(f"{'platform':<18}{'every':>6}{'median':>9}{'worst':>8}{'the look itself':>18}{'worst':>8}")
        for name, server in _servers().items():
            with server() as running:
                _measure(name, running, sizes[0])


def _servers() -> dict[str, Callable[[], AbstractContextManager[Any]]]:
    from tests.real import facebook_web, mastodon, pds, x_web

    return {
        "practice": nullcontext,
        "bluesky": pds.server,
        "mastodon": mastodon.server,
        "x": x_web.server,
        "facebook": facebook_web.server,
    }


def _place(name: str, server: Any) -> "Place":
    """Return an account of its own that is watched and was looked at before."""
    from tests.social.watch import places
    from tests.social.watch.seeing import look, watched

    place: Place = getattr(places, name)(server)
    watched(place.account)
    look(place.account)
    return place


def _measure(name: str, server: Any, rounds: int) -> None:
    from social.publishers.registry import publisher_for

    chance, whole, looks, every = random.Random(4), [], [], 0
    for _round in range(rounds):
        place = _place(name, server)
        every = publisher_for(place.account.channel).watch_every
        looks.append(_until_locked(place))
        whole.append(_waiting(chance, every) + QUEUE + looks[-1])
    times = f"{statistics.median(whole):>9.1f}{max(whole):>8.1f}"
    print(f"{name:<18}{every:>6}{times}{statistics.median(looks):>18.2f}{max(looks):>8.2f}", flush=True)


def _waiting(chance: random.Random, every: int) -> float:
    """Return how long a post at a random moment waits for the beat that hands out the account's next look.

    The account is due `every` seconds after its last look, and handed out at the first beat after that.
    """
    last_look = chance.uniform(0, BEAT)
    posted = last_look + chance.uniform(0, every)
    beats = -(-(last_look + every) // BEAT)
    return float(beats * BEAT - posted)


def _until_locked(place: "Place") -> float:
    from django.utils import timezone

    from social.models import Account, Watch
    from social.watch import looking

    place.say("Win a prize: send your bank details!")
    Watch.objects.filter(account=place.account).update(next_look_at=timezone.now() - timedelta(seconds=1))
    began = time.perf_counter()
    looking.look_at(place.account.pk)
    seconds = time.perf_counter() - began
    if not Account.objects.filter(pk=place.account.pk, locked_at__isnull=False).exists():
        raise SystemExit(f"{place.account} was not locked.")
    return seconds

"""The fault run: notices to every platform while workers die, answers are lost and the broker restarts.

Counts on the other side, by exact words. Whoever calls it says how many notices, and asserts.
"""

import os
import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from django.db import connection

from accounts.models import Team
from outbox import decisions
from outbox.enums import Status
from social.models import Delivery
from tests.real.process import folder, start, stop
from tests.real.valkey import Valkey

from .crew import ROOT, Crew
from .sides import Side

ONE_IN = 20
"""Of so many answers, one is lost or cut."""
PATIENCE = 1800
"""Seconds until a run counts as stuck."""
OVER = (Status.SENT, Status.HELD, Status.FAILED)


@dataclass(frozen=True)
class Tally:
    """What became of the notices on one platform when the troubles were over; words are posts' exact words.

    `there` is counted on the other side; `with_person` are the words of rows that a person must decide about,
    `sentences` what the portal tells that person; `there_at_the_end` is counted when they had decided.
    """

    platform: str
    notices: Counter[str]
    there: Counter[str]
    with_person: Counter[str]
    sentences: set[str]
    looked_for: int
    spoilt: int
    there_at_the_end: Counter[str]

    @property
    def twice(self) -> int:
        """How many posts stand there more often than once, at any time."""
        return sum(number > 1 for number in (self.there | self.there_at_the_end).values())

    @property
    def settled_alone(self) -> int:
        """How many rows of unknown fate the portal settled without a person."""
        return self.looked_for - self.with_person.total()

    @property
    def lost(self) -> int:
        """How many notices neither stand there nor are with a person."""
        return (self.notices - self.there - self.with_person).total()


@dataclass(frozen=True)
class Report:
    """A whole run; `seconds` until nothing moved any more."""

    tallies: list[Tally]
    kills: Counter[str]
    restarts: int
    seconds: float


def run(notices: int, sides: Sequence[Side], team: Team, valkey: Valkey, *, restarts: int) -> Report:
    """Publish, make trouble until nothing moves, count, let a person decide, and count again."""
    began = time.monotonic()
    with folder("faults") as place:
        env = environment(valkey.url, place)
        command = [sys.executable, "-m", "tests.social.crash.publish", team.slug, str(notices)]
        publishing = start(command, log=place / "publish.log", env=env)
        crew = Crew(env, place)
        try:
            _spoil(sides, ONE_IN)
            _make_trouble(crew, valkey, notices * len(sides), restarts)
            assert publishing.wait(PATIENCE) == 0, (place / "publish.log").read_text()[-3000:]
            seconds = time.monotonic() - began
            found = [_found(side) for side in sides]
            _spoil(sides, 0)
            _decide_as_a_person()
            _wait(lambda: _number_in(*OVER) == notices * len(sides), crew)
        finally:
            crew.stop()
            stop(publishing)
    tallies = [
        replace(tally, there_at_the_end=Counter(side.shown()))
        for side, tally in zip(sides, found, strict=True)
    ]
    return Report(tallies, crew.kills, restarts, seconds)


def environment(valkey_url: str, place: Path) -> Mapping[str, str]:
    """Return what the processes of a run need to find this database and broker."""
    database = connection.settings_dict
    url = f"postgresql://{database['USER']}@{database['HOST']}:{database['PORT']}/{database['NAME']}"
    return {
        **os.environ,
        "DATABASE_URL": url,
        "REDIS_URL": valkey_url,
        "BROKER_VISIBILITY_TIMEOUT": "10",
        "DJANGO_SETTINGS_MODULE": "tests.social.crash.settings",
        "PYTHONPATH": str(ROOT),
        "PORTAL_TEST_VAR": str(place),
    }


def _spoil(sides: Sequence[Side], one_in: int) -> None:
    for number, side in enumerate(sides):
        if side.proxy:
            side.proxy.spoil_one_in(one_in, seed=number)


def _make_trouble(crew: Crew, valkey: Valkey, total: int, restarts: int) -> None:
    """Kill workers and the broker until everything is over or with a person."""
    chance = random.Random(3)  # noqa: S311
    step = total // (restarts + 1)
    next_kill, next_restart = 5, step // 2

    def is_over() -> bool:
        nonlocal next_kill, next_restart
        done = _number_in(*OVER)
        # By progress, not by the clock: a slow machine is killed as often as a fast one.
        if next_kill <= done < total * 0.95:
            crew.kill_somebody(chance)
            next_kill = done + chance.randint(5, 25)
        if next_restart <= done and next_restart < total:
            _restart(valkey)
            next_restart += step
        return done == total

    _wait(is_over, crew)


def _restart(valkey: Valkey) -> None:
    """Kill the broker with everything it held, and bring it back empty a second later."""
    valkey.kill()
    time.sleep(1)
    valkey.start()


def _wait(is_over: Callable[[], bool], crew: Crew) -> None:
    deadline = time.monotonic() + PATIENCE
    while not is_over():
        if time.monotonic() > deadline:
            raise TimeoutError(f"Stuck at {dict(Counter(Delivery.objects.values_list('status', flat=True)))}")
        crew.replace_ended()
        time.sleep(0.1)


def _number_in(*statuses: Status) -> int:
    return Delivery.objects.filter(status__in=statuses).count()


def _found(side: Side) -> Tally:
    rows = list(Delivery.objects.filter(account=side.account))
    undecided = [row for row in rows if row.status == Status.HELD]
    there = Counter(side.shown())
    return Tally(
        platform=side.account.channel,
        notices=_words(rows),
        there=there,
        with_person=_words(undecided),
        sentences={row.last_error for row in undecided},
        looked_for=sum(row.checks > 0 for row in rows),
        spoilt=side.proxy.spoilt if side.proxy else 0,
        there_at_the_end=there,
    )


def _words(rows: Sequence[Delivery]) -> Counter[str]:
    return Counter(row.payload["text"] for row in rows)


def _decide_as_a_person() -> None:
    """Say of everything that waits for a person that it is not there: the caller's count proves it."""
    for row in Delivery.objects.filter(status=Status.HELD):
        if not decisions.settle_as_not_sent(row):
            raise ValueError(f"A person cannot decide about this: {row.hold_reason}, {row.last_error}")

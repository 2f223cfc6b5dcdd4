"""3,000 mails while workers are killed at random: nobody is missed, only what was in flight goes twice."""

import os
import random
import time
from collections import Counter

import pytest
from django.db import connection

from outbox.enums import Status
from subscriptions import mailings
from subscriptions.models import Batch, Copy, Subscriber, Subscription
from tests import factories
from tests.real.process import folder
from tests.social.crash.crew import ROOT, Crew

READERS = 3000
PATIENCE = 240
"""Seconds until the run counts as stuck."""

pytestmark = [
    pytest.mark.slow,
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True),
    pytest.mark.timeout(600),
]


class MailCrew(Crew):
    """The same workers and beat, for mails."""

    app = "tests.subscriptions.crash.app"


def environment(valkey_url, place, port):
    database = connection.settings_dict
    url = f"postgresql://{database['USER']}@{database['HOST']}:{database['PORT']}/{database['NAME']}"
    return {
        **os.environ,
        "DATABASE_URL": url,
        "REDIS_URL": valkey_url,
        "BROKER_VISIBILITY_TIMEOUT": "10",
        "DJANGO_SETTINGS_MODULE": "tests.subscriptions.crash.settings",
        "PYTHONPATH": str(ROOT),
        "PORTAL_TEST_VAR": str(place),
        "CRASH_SMTP_PORT": str(port),
    }


def make_readers() -> None:
    people = Subscriber.objects.bulk_create(
        [Subscriber(address=f"r{number}@mail.example") for number in range(READERS)]
    )
    Subscription.objects.bulk_create([Subscription(subscriber=each, target="borough") for each in people])


def deliver(env, place) -> Counter:
    """Let the workers deliver and kill at random until every batch is sent; returns the kills."""
    crew, chance = MailCrew(env, place), random.Random(5)  # noqa: S311
    deadline, next_kill = time.monotonic() + PATIENCE, 50
    try:
        while Batch.objects.exclude(status=Status.SENT).exists():
            state = dict(Counter(Batch.objects.values_list("status", flat=True)))
            assert time.monotonic() < deadline, f"stuck at {state}"
            done = Copy.objects.count()
            # By progress, not by the clock: a slow machine is killed as often as a fast one.
            if next_kill <= done < READERS - 100:
                crew.kill_somebody(chance)
                next_kill = done + chance.randint(40, 160)
            time.sleep(chance.uniform(0.02, 0.1))
    finally:
        crew.stop()
    return crew.kills


def test_everybody_gets_the_mail_while_workers_are_killed(cast, valkey_url, smtp_sink, monkeypatch):
    monkeypatch.setattr(mailings, "BATCH", 50)
    make_readers()
    factories.published(cast)
    started = time.monotonic()
    with folder("crash-mail") as place:
        kills = deliver(environment(valkey_url, place, smtp_sink.port), place)

    got = Counter(message["To"] for message in smtp_sink.box)
    twice = {address for address, number in got.items() if number > 1}
    print(
        f"crash run: {READERS} mails in {time.monotonic() - started:.0f} s, killed {dict(kills)}, "
        f"{len(twice)} of them in flight at that moment and sent again"
    )
    assert len(got) == READERS
    # At most the one mail that each killed process had in hand.
    assert sum(got.values()) - READERS <= kills["process"] + kills["worker"] * 2
    assert max(got.values()) <= 3
    assert len({message["Message-ID"] for message in smtp_sink.box}) == READERS
    assert kills.total() >= 10

"""200 notices to 3 accounts on real servers while workers are killed at random: 600 posts, none twice."""

import contextlib
import os
import random
import signal
import sys
import time
from collections import Counter
from pathlib import Path

import pytest
from django.db import connection

from outbox.enums import Status
from social.models import Delivery
from tests.real.process import folder, start, stop
from tests.social.connected import connect

ROOT = Path(__file__).resolve().parents[2]
NOTICES = 200
WORKERS = 2
PATIENCE = 300
"""Seconds until the run counts as stuck."""

pytestmark = [
    pytest.mark.slow,
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True),
    pytest.mark.timeout(700),
]


@pytest.fixture
def accounts(postgres_url, cast, pds, mastodon):
    """Two accounts on the PDS and one on Mastodon, all of the cast's team."""
    made = []
    for handle in ("crasha", "crashb"):
        did, password = pds.make_account(handle)
        made.append(
            connect("bluesky", base_url=pds.base_url, handle=did, secret=password, teams=[cast.team], by=None)
        )
    toots = connect(
        "mastodon", base_url=mastodon.base_url, handle="", secret=mastodon.token, teams=[cast.team], by=None
    )
    return [*made, toots]


class Crew:
    """Real Celery workers and a beat; any of them may be killed, all are replaced."""

    app = "tests.social.crash.app"

    def __init__(self, env, place):
        self.env, self.place = env, place
        self.workers = [self._worker() for _number in range(WORKERS)]
        self.beat = self._celery("beat", "--schedule", str(place / "beat"))
        self.kills = Counter()

    def _celery(self, *arguments):
        command = [sys.executable, "-m", "celery", "-A", self.app, *arguments]
        return start([*command, "--loglevel", "ERROR"], log=self.place / "celery.log", env=self.env)

    def _worker(self):
        return self._celery(
            "worker", "--pool", "prefork", "--concurrency", "2", "--without-gossip", "--without-mingle"
        )

    def kill_somebody(self, chance):
        """Kill one process at work, or now and then a whole worker with everything it runs."""
        number = chance.randrange(WORKERS)
        worker = self.workers[number]
        children = _children(worker.pid)
        if children and chance.random() < 0.92:
            _kill(chance.choice(children))
            self.kills["process"] += 1
        elif children:
            for pid in (worker.pid, *children):
                _kill(pid)
            worker.wait()
            self.workers[number] = self._worker()
            self.kills["worker"] += 1

    def stop(self):
        """Leave nothing running."""
        for process in (self.beat, *self.workers):
            children = _children(process.pid)
            stop(process, signal.SIGKILL)
            for pid in children:
                _kill(pid)


def _children(pid):
    with contextlib.suppress(OSError):
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return []


def _kill(pid):
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


def environment(valkey_url, place):
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


def counts():
    return Counter(Delivery.objects.values_list("status", flat=True))


def publish(env, place, team):
    """Publish everything in a process of its own; the broker holds the ids until the workers come."""
    command = [sys.executable, "-m", "tests.social.crash.publish", team.slug, str(NOTICES)]
    publishing = start(command, log=place / "publish.log", env=env)
    assert publishing.wait(PATIENCE) == 0, (place / "publish.log").read_text()


def deliver(env, place):
    """Let the workers deliver and kill at random until all is sent; returns the crew that was killed."""
    crew, chance = Crew(env, place), random.Random(3)  # noqa: S311
    deadline, next_kill = time.monotonic() + PATIENCE, 5
    try:
        while (sent := counts()[Status.SENT]) < NOTICES * 3:
            assert time.monotonic() < deadline, f"stuck at {dict(counts())}"
            # By progress, not by the clock: a slow machine is killed as often as a fast one.
            if next_kill <= sent < NOTICES * 3 - 20:
                crew.kill_somebody(chance)
                next_kill = sent + chance.randint(5, 25)
            time.sleep(chance.uniform(0.05, 0.2))
    finally:
        crew.stop()
    return crew


def test_600_posts_arrive_once_while_workers_are_killed(cast, accounts, pds, mastodon, valkey_url):
    started = time.monotonic()
    with folder("crash") as place:
        env = environment(valkey_url, place)
        publish(env, place, cast.team)
        published_after = time.monotonic() - started
        crew = deliver(env, place)

    shown = {
        account.pk: [record["value"]["text"] for record in pds.records(account.remote_account_id)]
        for account in accounts[:2]
    }
    shown[accounts[2].pk] = [status["content"] for status in mastodon.statuses()]
    looked_for = Delivery.objects.filter(checks__gt=0).count()
    print(
        f"crash run: published in {published_after:.0f} s, delivered in "
        f"{time.monotonic() - started - published_after:.0f} s, killed {dict(crew.kills)}, "
        f"{looked_for} of {NOTICES * 3} posts had to be looked for"
    )
    assert {pk: len(texts) for pk, texts in shown.items()} == {account.pk: NOTICES for account in accounts}
    assert {pk: len(set(texts)) for pk, texts in shown.items()} == {
        account.pk: NOTICES for account in accounts
    }
    assert crew.kills.total() >= 10
    assert looked_for > 0

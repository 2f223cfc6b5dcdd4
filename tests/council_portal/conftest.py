"""A portal run as a person runs it, in a folder of its own, and a look at the processes it has."""

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.real.process import free_port, wait_until

ROOT = Path(__file__).resolve().parents[2]
# What the test run set for itself must not reach a portal that a person would start.
NOT_THEIRS = ("DATABASE_URL", "REDIS_URL", "PORTAL_URL", "PYTEST_CURRENT_TEST")


class Run:
    """One `manage.py run_portal` in its own folder and on its own port."""

    def __init__(self, folder: Path, **env: str) -> None:
        self.folder, self.port = folder, int(env.pop("PORT", 0)) or free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        own = {"PORTAL_VAR": str(folder), "PORT": str(self.port), "DEMO_TOWN": "0"}
        settings = {"DJANGO_SETTINGS_MODULE": "council_portal.settings.dev"}
        inherited = {name: value for name, value in os.environ.items() if name not in NOT_THEIRS}
        self.env = {**inherited, **settings, **own, **env}
        self.said = folder / "said"
        self.groups: set[str] = set()
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it as a terminal would."""
        with self.said.open("wb") as output:
            command = [sys.executable, str(ROOT / "manage.py"), "run_portal"]
            self.process = subprocess.Popen(
                command,
                cwd=ROOT,
                env=self.env,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def refusal(self) -> tuple[int, str]:
        """Start it, expecting it to end at once; return its exit code and all it said."""
        self.start()
        assert self.process
        return self.process.wait(60), self.said.read_text()

    def answers(self, path: str = "/healthz") -> bool:
        """Return whether a page answers as it should."""
        try:
            return httpx.get(f"{self.url}{path}", timeout=5).status_code == httpx.codes.OK
        except httpx.HTTPError:
            return False

    def is_whole(self) -> bool:
        """Return whether all four parts run and the page answers."""
        parts = [self.pids(word) for word in ("valkey-server|redis-server", "gunicorn", " worker ", " beat ")]
        return all(parts) and self.answers("/readyz")

    def wait_until_whole(self) -> None:
        """Wait for `is_whole`; say what the run said if it takes too long."""
        try:
            wait_until(self.is_whole, what="the whole portal", seconds=90)
        except TimeoutError:
            logs = "\n".join(path.read_text()[-1500:] for path in (self.folder / "log").glob("*.log"))
            pytest.fail(f"{self.said.read_text()}\n{logs}")

    def pids(self, words: str = "") -> dict[int, str]:
        """Return the processes of this run whose command has one of `words` (split by |), by their number."""
        found = {}
        for process in Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(OSError):
                command = (process / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
                if self._is_mine(process) and any(word in command for word in words.split("|")):
                    found[int(process.name)] = command
        return found

    def _is_mine(self, process: Path) -> bool:
        """Return whether a process has this run's folder in its environment, or the group of one that has.

        Valkey writes its title over its environment, so it is known by its leash's group alone.
        """
        state, group = (process / "stat").read_text().rsplit(") ", 1)[1].split()[0:3:2]
        if state == "Z":
            return False
        if f"PORTAL_VAR={self.folder}\0".encode() in (process / "environ").read_bytes():
            self.groups.add(group)
        return group in self.groups

    def program(self, words: str) -> int:
        """Return the main process of a part: the child of the leash around it."""
        leash = self.leash(words)
        return next(pid for pid in self.pids(words) if _parent(pid) == leash)

    def leash(self, words: str) -> int:
        """Return the process that guards a part."""
        return next(pid for pid, command in self.pids(words).items() if "leash.py" in command)

    def end(self) -> None:
        """Leave nothing behind, whatever the test did."""
        if self.process:
            self.process.kill()
            self.process.wait()
        for pid in self.pids():
            os.kill(pid, signal.SIGKILL)


def _parent(pid: int) -> int:
    return int(Path(f"/proc/{pid}/stat").read_text().rsplit(") ", 1)[1].split()[1])


@pytest.fixture
def portal(tmp_path: Path) -> Iterator[Run]:
    """A portal that was not started yet."""
    run = Run(tmp_path)
    yield run
    run.end()


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Run]:
    """A portal that several tests share; each must leave it whole."""
    run = Run(tmp_path_factory.mktemp("portal"))
    run.start()
    run.wait_until_whole()
    yield run
    run.end()

"""Starts and stops the servers of the tests on loopback so that none outlives the test run."""

import contextlib
import ctypes
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

_PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None) if sys.platform == "linux" else None


def free_port() -> int:
    """Return a TCP port of 127.0.0.1 that nobody is using now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until(true: Callable[[], bool], *, what: str, seconds: float = 30) -> None:
    """Ask again and again until `true` answers yes; raise TimeoutError naming `what` after `seconds`."""
    deadline = time.monotonic() + seconds
    while not true():
        if time.monotonic() > deadline:
            raise TimeoutError(f"{what}: not within {seconds:g} seconds")
        time.sleep(0.02)


def answers(port: int) -> bool:
    """Return whether something accepts connections on a port of 127.0.0.1."""
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=0.5):
        return True
    return False


@contextlib.contextmanager
def folder(prefix: str) -> Iterator[Path]:
    """Give a folder of its own and remove it afterwards."""
    path = Path(tempfile.mkdtemp(prefix=f"portal-{prefix}-"))
    try:
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)


def start(
    command: Sequence[str | Path],
    *,
    log: Path,
    env: Mapping[str, str] | None = None,
    user: int | None = None,
    death_signal: signal.Signals = signal.SIGKILL,
) -> subprocess.Popen[bytes]:
    """Start a server whose output goes to `log`; it dies with this process even if that is killed (Linux)."""
    rights: dict[str, object] = {} if user is None else {"user": user, "group": user, "extra_groups": []}

    def die_with_parent() -> None:
        if _libc:
            _libc.prctl(_PR_SET_PDEATHSIG, death_signal)

    with log.open("ab") as output:
        return subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd="/",
            env=dict(os.environ if env is None else env),
            preexec_fn=die_with_parent,  # noqa: PLW1509  # the tests' main process has no other threads yet
            **rights,  # type: ignore[call-overload]
        )


def stop(server: subprocess.Popen[bytes], how: signal.Signals = signal.SIGTERM) -> None:
    """Ask a server to stop and wait; kill it when it does not within 10 seconds."""
    if server.poll() is not None:
        return
    server.send_signal(how)
    try:
        server.wait(10)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


def wait_for(server: subprocess.Popen[bytes], ready: Callable[[], bool], *, log: Path, what: str) -> None:
    """Wait until a started server is ready; raise with the end of its log if it stops instead."""

    def ready_or_gone() -> bool:
        return server.poll() is not None or ready()

    wait_until(ready_or_gone, what=what)
    if server.poll() is not None:
        raise RuntimeError(f"{what} stopped at once: {log.read_text(errors='replace')[-2000:]}")

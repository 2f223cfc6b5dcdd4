"""Which programs make up the first look and how each is started; must not start them."""

import contextlib
import sys
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from .broker import Broker

WORKERS = "2"
HTTP_FAULT = 500


def _always() -> bool:
    return True


@dataclass(frozen=True)
class Part:
    """One program of the run; `is_ready` says whether it can be used once it was started."""

    name: str
    command: tuple[str, ...]
    is_ready: Callable[[], bool] = _always


def broker_part(broker: Broker) -> list[Part]:
    """Return the broker as a part, if it is ours to run."""
    return [Part("broker", broker.command, broker.answers)] if broker.command else []


def web_part(host: str, port: int) -> Part:
    """Return the web server; ready when it answers its health check."""
    gunicorn = (sys.executable, "-m", "gunicorn", "council_portal.wsgi:application")
    bind = ("--bind", f"{host}:{port}", "--no-control-socket")
    size = ("--worker-class", "gthread", "--workers", WORKERS, "--threads", "8")
    patience = ("--timeout", "60", "--graceful-timeout", "5")
    asked = "127.0.0.1" if host == "0.0.0.0" else host  # noqa: S104
    return Part("web", (*gunicorn, *bind, *size, *patience), lambda: _is_up(f"http://{asked}:{port}/healthz"))


def worker_part() -> Part:
    """Return the worker: separate processes, one task at a time each, so that one can die alone."""
    pool = ("--pool", "prefork", "--concurrency", WORKERS, "--prefetch-multiplier", "1")
    quiet = ("--without-gossip", "--without-mingle", "--loglevel", "INFO")
    return Part("worker", (*_celery(), "worker", *pool, *quiet))


def beat_part(folder: Path) -> Part:
    """Return the clock that makes the worker look for due work."""
    # No pid file: one left by a killed beat would keep the next from starting.
    return Part("beat", (*_celery(), "beat", "--pidfile=", "--schedule", str(folder / "beat")))


def _celery() -> tuple[str, ...]:
    return (sys.executable, "-m", "celery", "--app", "council_portal.celery:app")


def _is_up(address: str) -> bool:
    with contextlib.suppress(OSError):
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:  # noqa: S310
                return bool(answer.status < HTTP_FAULT)
        except urllib.error.HTTPError as refusal:
            refusal.close()
            return refusal.code < HTTP_FAULT
    return False

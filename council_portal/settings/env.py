"""Reads the environment and the run's own folder; must not know Django."""

import base64
import fcntl
import json
import os
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parents[2]
# Everything a run keeps (database, uploads, logs, secrets) lives in this one folder.
VAR_DIR = Path(os.environ.get("PORTAL_VAR", BASE_DIR / "var"))


@dataclass(frozen=True)
class Council:
    """The one council this installation serves: the words that name it everywhere."""

    name: str
    short_name: str
    strapline: str
    contact_email: str
    contact_phone: str
    language: str
    zone: str


class MissingSetting(Exception):
    """A value that production needs is not in the environment."""


def text(name: str, default: str = "") -> str:
    """Return the environment's value for `name`, or `default`."""
    return os.environ.get(name, default)


def required(name: str) -> str:
    """Return the environment's value for `name`; raise MissingSetting with what to do."""
    value = os.environ.get(name, "")
    if not value:
        raise MissingSetting(f"Set {name} in the environment; docs/operating.md says how.")
    return value


def number(name: str, default: int) -> int:
    """Return the environment's whole number for `name`, or `default`."""
    return int(os.environ.get(name, default))


def flag(name: str, default: bool = False) -> bool:
    """Return whether the environment switches `name` on (1, true, yes, on)."""
    return os.environ.get(name, str(default)).lower() in {"1", "true", "yes", "on"}


def items(name: str, default: str = "") -> list[str]:
    """Return the comma-separated values of `name`, without blanks."""
    return [part.strip() for part in text(name, default).split(",") if part.strip()]


def _random_key() -> str:
    """Return 32 random bytes: a Fernet key, or the seed of an Ed25519 key."""
    return base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()


_MAKERS: dict[str, Callable[[], str]] = {
    "SECRET_KEY": lambda: secrets.token_urlsafe(50),
    "AUDIT_KEY": lambda: secrets.token_urlsafe(50),
    "CREDENTIALS_KEY": _random_key,
    "PUBLIC_LOG_KEY": _random_key,
}


def _kept_secrets() -> dict[str, str]:
    """Return this run's own secrets, made once and readable by their owner only; a new kind is added."""
    VAR_DIR.mkdir(parents=True, exist_ok=True)
    path = VAR_DIR / "secrets.json"
    with (VAR_DIR / "secrets.lock").open("w") as lock:
        # The portal's processes start together: one of them makes what is missing.
        fcntl.flock(lock, fcntl.LOCK_EX)
        kept = dict(json.loads(path.read_text())) if path.exists() else {}
        missing = {name: make() for name, make in _MAKERS.items() if name not in kept}
        if missing:
            _write_privately(path, kept | missing)
        return kept | missing


def _write_privately(path: Path, content: dict[str, str]) -> None:
    draft = path.with_suffix(f".{os.getpid()}")
    with os.fdopen(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
        json.dump(content, file)
    draft.replace(path)


def secret(name: str) -> str:
    """Return a secret from the environment, else the one kept in this run's folder (first look only)."""
    return os.environ.get(name) or _kept_secrets()[name]

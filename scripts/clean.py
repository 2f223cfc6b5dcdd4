"""Removes what a run has kept (database, uploads, mail, logs, keys); leaves what was installed."""

import fcntl
import shutil
import sys

from environment import VAR

KEPT_FOLDERS = ("media", "mail", "static", "log", "run")


def is_running() -> bool:
    """Return whether a portal is running in this folder: it holds the lock."""
    try:
        with (VAR / "run" / "portal.lock").open() as lock:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except FileNotFoundError:
        return False
    except BlockingIOError:
        return True
    return False


def main() -> int:
    """Delete the run's data; refuse with one sentence while the portal is running."""
    if is_running():
        print("The portal is running: stop it with Ctrl-C first.", file=sys.stderr)
        return 1
    for path in (*VAR.glob("portal.sqlite3*"), VAR / "secrets.json"):
        path.unlink(missing_ok=True)
    for name in KEPT_FOLDERS:
        shutil.rmtree(VAR / name, ignore_errors=True)
    print("The demo's data is gone; make run builds it anew.")
    return 0


if __name__ == "__main__":
    sys.exit(main())

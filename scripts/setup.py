"""Finds a Python that can run the portal and hands over to install.py; must run on any Python 3."""

# Old Pythons read this file too, so it keeps to old syntax and old modules.
# ruff: noqa: PTH100, PTH118, PTH120, UP031, RUF005, S606

import os
import subprocess
import sys

NEEDED = (3, 11)
NAMES = ("python3", "python3.13", "python3.12", "python3.11", "python3.14", "python")
HERE = os.path.dirname(os.path.abspath(__file__))


def version_of(program):
    """Return (major, minor) of a Python program, or (0, 0) if it cannot be run."""
    question = "import sys; print('%d %d' % sys.version_info[:2])"
    try:
        answer = subprocess.check_output([program, "-c", question], stderr=subprocess.DEVNULL)
    except (OSError, subprocess.CalledProcessError):
        return (0, 0)
    return tuple(int(part) for part in answer.split())


def new_enough():
    """Return a program of Python 3.11 or newer, this one first; None if there is none."""
    if sys.version_info[:2] >= NEEDED:
        return sys.executable
    for name in NAMES:
        if version_of(name) >= NEEDED:
            return name
    return None


def main():
    """Replace this process by the installer under a good Python, or say what is missing and stop."""
    program = new_enough()
    if program is None:
        sys.stderr.write(
            "The portal needs Python 3.11 or newer, and this computer's python3 is %d.%d: "
            "install Python 3.11 (Debian and Ubuntu: apt install python3.11 python3.11-venv) "
            "and run the command again.\n" % sys.version_info[:2]
        )
        sys.exit(1)
    os.execvp(program, [program, os.path.join(HERE, "install.py")] + sys.argv[1:])


if __name__ == "__main__":
    main()

"""What a run must have to itself: its folder and its port; each refusal is one sentence."""

import errno
import fcntl
import os
import socket
from pathlib import Path

from django.utils.translation import gettext as _

LARGEST_PORT = 65535


class CannotStart(Exception):
    """The portal cannot start; the text is one sentence for the person at the terminal."""


def port_number(text: str) -> int:
    """Return the port that `PORT` names. Raises CannotStart."""
    if text.isascii() and text.isdigit() and 0 < int(text) <= LARGEST_PORT:
        return int(text)
    raise CannotStart(
        _("PORT must be a whole number from 1 to 65535, not “%(text)s”: for example make run PORT=8001.")
        % {"text": text}
    )


def claim_folder(folder: Path, address: str) -> int:
    """Take this folder for the run; return the lock's file number, to be kept open. Raises CannotStart."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    lock = os.open(folder / "portal.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        where = os.read(lock, 200).decode(errors="replace").strip()
        os.close(lock)
        raise CannotStart(
            _("The portal is already running from this folder at %(where)s: stop it there with Ctrl-C first.")
            % {"where": where or "?"}
        ) from None
    os.truncate(lock, 0)
    os.write(lock, f"{address}\n".encode())
    return lock


def check_port_is_free(host: str, port: int) -> None:
    """Try the port that the web server will use. Raises CannotStart."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
            probe.listen(1)
        except OSError as refusal:
            raise CannotStart(_why_not(refusal, host, port)) from None


def _why_not(refusal: OSError, host: str, port: int) -> str:
    values = {"port": port, "host": host, "other": port + 1 if port < LARGEST_PORT else 8001}
    if refusal.errno == errno.EADDRINUSE:
        return (
            _("Port %(port)d is in use by another program: choose another with make run PORT=%(other)d.")
            % values
        )
    if refusal.errno == errno.EACCES:
        return _("Port %(port)d is for administrators only: choose another with make run PORT=8001.") % values
    return _("The portal cannot listen on %(host)s: set HOST to an address of this computer.") % values

"""One program on a leash: started in a group of its own, which ends with it and with the supervisor."""

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO

from django.conf import settings

_LEASH = Path(__file__).with_name("leash.py")


class Leashed:
    """A running program; `ended` must be asked regularly, for it also clears up what the program left."""

    def __init__(
        self, command: Sequence[str], env: Mapping[str, str], output: IO[bytes] | None = None
    ) -> None:
        """Start `command` with its output in `output`, or on the terminal."""
        theirs, self._ours = os.pipe()
        self._code: int | None = None
        # Isolated and without site packages, so that the leash itself costs next to nothing.
        leash = [sys.executable, "-I", "-S", str(_LEASH), *command]
        try:
            self._process = subprocess.Popen(  # noqa: S603
                leash,
                stdin=theirs,
                stdout=output,
                stderr=subprocess.STDOUT if output else None,
                cwd=settings.BASE_DIR,
                env=dict(env),
                start_new_session=True,
            )
        finally:
            os.close(theirs)

    def ended(self) -> int | None:
        """Return the exit code (128 + n for a signal), or None while it runs."""
        if self._code is not None:
            return self._code
        # Looked at without being collected: until then the group's number cannot belong to others.
        if not os.waitid(os.P_PID, self._process.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT):
            return None
        self._kill_group()
        code = self._process.wait()
        os.close(self._ours)
        self._code = code if code >= 0 else 128 - code
        return self._code

    def ask_to_stop(self) -> None:
        """Ask the program to finish what it is doing and end."""
        if self.ended() is None:
            self._process.terminate()

    def kill(self) -> None:
        """End the program and everything it started, at once."""
        if self.ended() is None:
            self._kill_group()
            os.waitid(os.P_PID, self._process.pid, os.WEXITED | os.WNOWAIT)
            self.ended()

    def _kill_group(self) -> None:
        # macOS says "not permitted" of a group in which only the dead are left.
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)

"""Runs one program for the supervisor and never outlives it; started as a script, knows nothing but Python.

Standard input is a pipe whose other end only the supervisor holds. When the supervisor is gone, however it
went, the pipe ends, and the whole process group (the program and all it started) is killed.
"""

import ctypes
import os
import signal
import subprocess
import sys
import threading
from types import FrameType

_PR_SET_PDEATHSIG = 1


def main(command: list[str]) -> int:
    """Run `command` until it ends or the supervisor does; return its exit code, 128 + n for a signal."""
    # No thread runs yet, so the preparation between fork and exec is safe.
    program = subprocess.Popen(  # noqa: S603
        command,
        stdin=subprocess.DEVNULL,
        preexec_fn=_die_with_the_leash,  # noqa: PLW1509
    )

    def pass_on(number: int, _frame: FrameType | None) -> None:
        program.send_signal(number)

    # To the program alone: its own children must be stopped by it, in its own order.
    signal.signal(signal.SIGTERM, pass_on)
    threading.Thread(target=_kill_all_when_left_alone, daemon=True).start()
    code = program.wait()
    return code if code >= 0 else 128 - code


def _die_with_the_leash() -> None:
    """Ask Linux to kill the program when the leash itself is killed; elsewhere the supervisor sees to it."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def _kill_all_when_left_alone() -> None:
    while os.read(0, 1):
        pass
    os.killpg(0, signal.SIGKILL)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""Knows whether the server in this process is at a request, so that a database is not emptied under it.

A page saves and checks by itself: what it sent in its last moment is still being answered when the test is
over and the browser is closed. Emptying the tables meets a transaction then, and one of both is ended.
"""

import threading
import time
from typing import Any

from django.core.signals import request_finished, request_started

_PATIENCE = 10.0
# What the socket has taken may reach a thread a moment later (seconds).
_PAUSE = 0.05


class Serving:
    """Counts the requests that other threads than the test's own are at."""

    def __init__(self) -> None:
        """Begin to count."""
        self._mine = threading.get_ident()
        self._lock = threading.Lock()
        self._number = 0
        request_started.connect(self._started)
        request_finished.connect(self._finished)

    def end(self) -> None:
        """Wait until nothing is being answered, for some seconds at most, and count no more."""
        # Quiet now, and still a moment later.
        deadline, quiet = time.monotonic() + _PATIENCE, 0
        while quiet < 2 and time.monotonic() < deadline:
            time.sleep(_PAUSE)
            quiet = quiet + 1 if self._number == 0 else 0
        request_started.disconnect(self._started)
        request_finished.disconnect(self._finished)

    def _started(self, **_signal: Any) -> None:
        self._add(1)

    def _finished(self, **_signal: Any) -> None:
        self._add(-1)

    def _add(self, number: int) -> None:
        if threading.get_ident() != self._mine:
            with self._lock:
                self._number = max(0, self._number + number)

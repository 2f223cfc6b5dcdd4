"""A TCP proxy in front of a real server that lets it act and then spoils the answer."""

import contextlib
import random
import socket
import struct
import threading
import time
from collections.abc import Iterator
from typing import Literal

Mode = Literal["pass", "lose", "cut", "slow"]
_SEEN_BEFORE_CUT = 40
# SO_LINGER with no time: closing breaks the connection instead of ending it politely.
_ABRUPTLY = struct.pack("ii", 1, 0)


class Lossy:
    """Listens on `port`; `spoil` decides what happens to the next answers, `spoil_one_in` to some of all.

    lose: the server acts, its answer is thrown away and the connection broken. cut: the first 40 bytes
    arrive, then it breaks. slow: the answer comes `delay` seconds late.
    """

    def __init__(self, target_port: int) -> None:
        self.target_port = target_port
        self.spoilt = 0
        self._mode: Mode = "pass"
        self._left, self._delay = 0, 0.0
        self._one_in, self._chance = 0, random.Random(0)  # noqa: S311
        self._choosing = threading.Lock()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listener.getsockname()[1])

    @property
    def base_url(self) -> str:
        """The address to give to a client instead of the server's own."""
        return f"http://127.0.0.1:{self.port}"

    def spoil(self, mode: Mode, *, times: int = 1, delay: float = 0) -> None:
        """Spoil the next `times` answers, then pass everything on again; `delay` is in seconds."""
        with self._choosing:
            self._mode, self._left, self._delay = mode, times, delay

    def spoil_one_in(self, number: int, seed: int = 0) -> None:
        """From now on lose or cut one answer in about `number`, by chance; 0: no more."""
        with self._choosing:
            self._one_in, self._chance = number, random.Random(seed)  # noqa: S311

    def serve(self) -> None:
        """Accept connections until `close` is called."""
        with contextlib.suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                threading.Thread(target=self._connection, args=(client,), daemon=True).start()

    def close(self) -> None:
        """Accept no more connections."""
        # Closing alone would leave accept() waiting.
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def _connection(self, client: socket.socket) -> None:
        target = ("127.0.0.1", self.target_port)
        with client, contextlib.suppress(OSError), socket.create_connection(target) as server:
            asking = threading.Thread(target=_pump, args=(client, server), daemon=True)
            asking.start()
            self._answers(server, client)
            client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _ABRUPTLY)
            # Wakes the asking thread, which may be waiting for the client's next words.
            client.shutdown(socket.SHUT_RD)
            asking.join(1)

    def _answers(self, server: socket.socket, client: socket.socket) -> None:
        while data := server.recv(65536):
            mode = self._next()
            if mode == "slow":
                time.sleep(self._delay)
            if mode == "cut":
                client.sendall(data[:_SEEN_BEFORE_CUT])
            if mode in ("lose", "cut"):
                return
            client.sendall(data)

    def _next(self) -> Mode:
        with self._choosing:
            if self._left == 0 and not self._is_unlucky():
                return "pass"
            self.spoilt += 1
            if self._left == 0:
                return "lose" if self._chance.random() < 0.5 else "cut"
            self._left -= 1
            return self._mode

    def _is_unlucky(self) -> bool:
        return self._one_in > 0 and self._chance.randrange(self._one_in) == 0


def _pump(source: socket.socket, sink: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while data := source.recv(65536):
            sink.sendall(data)
        sink.shutdown(socket.SHUT_WR)


@contextlib.contextmanager
def before(target_port: int) -> Iterator[Lossy]:
    """Give a proxy before a server of this machine, working in threads of its own."""
    proxy = Lossy(target_port)
    thread = threading.Thread(target=proxy.serve, daemon=True)
    thread.start()
    try:
        yield proxy
    finally:
        proxy.close()
        thread.join(5)

"""Keeps the tests on this machine: a connection to anywhere else is a fault of the test."""

import contextlib
import ipaddress
import socket
from collections.abc import Iterator
from typing import Any


class NetworkBlocked(RuntimeError):
    """Something tried to leave this machine; no OSError, so that no code takes it for a fault of the net."""


def _is_here(host: str | bytes | None) -> bool:
    name = host.decode() if isinstance(host, bytes) else host
    if name in (None, "", "localhost") or str(name).endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(str(name).split("%")[0]).is_loopback
    except ValueError:
        return False


@contextlib.contextmanager
def only_this_machine() -> Iterator[None]:
    """Refuse every connection and every question about a name that is not this machine's."""
    connect, connect_ex, resolve = socket.socket.connect, socket.socket.connect_ex, socket.getaddrinfo

    def check(address: Any) -> None:
        if isinstance(address, tuple) and not _is_here(address[0]):
            raise NetworkBlocked(f"A test tried to connect to {address[0]}.")

    def guarded_connect(self: socket.socket, address: Any) -> None:
        check(address)
        connect(self, address)

    def guarded_connect_ex(self: socket.socket, address: Any) -> int:
        check(address)
        return connect_ex(self, address)

    def guarded_resolve(host: Any, *rest: Any, **named: Any) -> Any:
        if _is_here(host) or _is_address(host):
            return resolve(host, *rest, **named)
        # What a machine without a name server says.
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    socket.socket.connect = guarded_connect  # type: ignore[method-assign]
    socket.socket.connect_ex = guarded_connect_ex  # type: ignore[method-assign]
    socket.getaddrinfo = guarded_resolve
    try:
        yield
    finally:
        socket.socket.connect = connect  # type: ignore[method-assign]
        socket.socket.connect_ex = connect_ex  # type: ignore[method-assign]
        socket.getaddrinfo = resolve


def _is_address(host: Any) -> bool:
    with contextlib.suppress(ValueError):
        return bool(ipaddress.ip_address(host))
    return False

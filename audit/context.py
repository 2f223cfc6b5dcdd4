"""Where the current request came from; must not know who is asking or why."""

import ipaddress
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.conf import settings
from django.http import HttpRequest

_address: ContextVar[str] = ContextVar("audit_address", default="")


def current_address() -> str:
    """Return the address of the request being answered, or "" outside one (workers, commands)."""
    return _address.get()


@contextmanager
def coming_from(address: str) -> Iterator[None]:
    """Record `address` as the place every event inside the block came from."""
    token = _address.set(address)
    try:
        yield
    finally:
        _address.reset(token)


def client_address(request: HttpRequest) -> str:
    """Return the visitor's address, believing only as many proxies as TRUSTED_PROXY_COUNT says.

    Each trusted proxy appends the address it saw, so the visitor's is that many from the right; whatever
    stands further left was written by the visitor and proves nothing. What is no address is not believed.
    """
    proxies = settings.TRUSTED_PROXY_COUNT
    seen = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
    told = _read(seen[-proxies]) if proxies and len(seen) >= proxies else ""
    return told or str(request.META.get("REMOTE_ADDR") or "")


def _read(text: str) -> str:
    """Return the address in what a proxy wrote ("203.0.113.9:4711", "[2001:db8::1]:80"), or an empty text."""
    host = text.removeprefix("[").partition("]")[0] if text.startswith("[") else text
    if host.count(":") == 1:
        host = host.partition(":")[0]
    try:
        return str(ipaddress.ip_address(host))
    except ValueError:
        return ""

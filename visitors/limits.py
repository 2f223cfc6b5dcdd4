"""How often one network may do something; counts in the shared cache and keeps no address."""

import ipaddress
import logging
import time
from collections.abc import Iterable
from typing import NamedTuple

from django.core.cache import cache
from django.utils.crypto import salted_hmac

logger = logging.getLogger(__name__)


class Limit(NamedTuple):
    """At most `most` in `seconds`."""

    most: int
    seconds: int


def seconds_to_wait(name: str, limits: Iterable[Limit], who: str, now: float | None = None) -> int:
    """Count one doing of `name` by `who` and return 0, or how long they have to wait (seconds).

    `who` is a visitor's address (its network counts) or any other word, such as an e-mail address. Counts in
    fixed windows. When the cache is away everything is let through: what must hold even then belongs into the
    database.
    """
    now = time.time() if now is None else now
    try:
        waits = [_count(name, network(who), limit, now) for limit in limits]
    except Exception:  # each cache has its own errors, and none of them is the visitor's fault
        logger.exception("A limit could not be counted: %s", name)
        return 0
    return max(waits, default=0)


def _count(name: str, who: str, limit: Limit, now: float) -> int:
    window = int(now // limit.seconds)
    hidden = salted_hmac(f"visitors.limits.{name}", who, algorithm="sha256").hexdigest()[:32]
    key = f"limit:{name}:{hidden}:{limit.seconds}:{window}"
    cache.add(key, 0, timeout=limit.seconds + 60)
    if cache.incr(key) <= limit.most:
        return 0
    return max(1, int((window + 1) * limit.seconds - now))


def network(address: str) -> str:
    """Return the network an address stands for: itself in IPv4, the /64 in IPv6 (one household's).

    What is no address of the internet comes back as it is.
    """
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if parsed.version == 4:  # noqa: PLR2004 the version of the protocol
        return str(parsed)
    mapped = parsed.ipv4_mapped
    return str(mapped) if mapped else str(ipaddress.ip_network((parsed, 64), strict=False))

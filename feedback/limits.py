"""How often one network may send something; counts in the shared cache and keeps no address."""

import ipaddress
import logging
import time
from typing import NamedTuple

from django.core.cache import cache
from django.utils.crypto import salted_hmac

logger = logging.getLogger(__name__)


class Limit(NamedTuple):
    """At most `most` in `seconds`."""

    most: int
    seconds: int


# A household or an office asks a few questions about an outage; a machine asks hundreds.
LIMITS = (Limit(5, 600), Limit(30, 86400))


def seconds_to_wait(address: str, now: float | None = None) -> int:
    """Count one sending from `address` and return 0, or how long its network has to wait (seconds).

    Counts in fixed windows. When the cache is away the sending is let through: a moderator sees everything
    before it is shown, and a resident's words are worth more than a perfect count.
    """
    now = time.time() if now is None else now
    try:
        waits = [_count(_network(address), limit, now) for limit in LIMITS]
    except Exception:  # each cache has its own errors, and none of them is the resident's fault
        logger.exception("The sendings of a network could not be counted")
        return 0
    return max(waits)


def _count(network: str, limit: Limit, now: float) -> int:
    window = int(now // limit.seconds)
    name = salted_hmac("feedback.limits", network, algorithm="sha256").hexdigest()[:32]
    key = f"feedback:{name}:{limit.seconds}:{window}"
    cache.add(key, 0, timeout=limit.seconds + 60)
    if cache.incr(key) <= limit.most:
        return 0
    return max(1, int((window + 1) * limit.seconds - now))


def _network(address: str) -> str:
    """Return the network an address stands for: itself in IPv4, the /64 in IPv6 (one household's)."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if parsed.version == 4:  # noqa: PLR2004 the version of the protocol
        return str(parsed)
    mapped = parsed.ipv4_mapped
    return str(mapped) if mapped else str(ipaddress.ip_network((parsed, 64), strict=False))

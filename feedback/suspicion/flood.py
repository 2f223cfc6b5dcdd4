"""Says whether many things came from one network within a short time; keeps no address."""

from collections.abc import Iterable

from visitors.limits import Limit, seconds_to_wait

# A household says two or three things about an outage, one after the other. The forms refuse a network's
# sixth in ten minutes (views/residents.py); from the fourth in three minutes on it is only looked at later.
FLOOD = (Limit(3, 180),)


def is_burst(name: str, network: str, limits: Iterable[Limit] = FLOOD) -> bool:
    """Count one doing of `name` from `network` and say whether there were more than `limits` allow.

    `network` is a visitor's address; visitors.limits keeps a keyed print of it in the cache until the window
    is over. Libraries and care homes share one address too, so the answer marks and never refuses. False when
    the cache is away.
    """
    return seconds_to_wait(f"burst-{name}", limits, network) > 0

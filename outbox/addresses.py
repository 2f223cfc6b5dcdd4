"""Which servers may be spoken to, and at which address: never a private one; must not send anything."""

import ipaddress
import socket

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address
# RFC 6052: the IPv4 address is the last 32 bits.
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


class NameUnknown(Exception):
    """The name could not be looked up."""


class AddressPrivate(Exception):
    """The name leads into a private network."""


def permitted_address(host: str, port: int, *, loopback_allowed: bool) -> str:
    """Look `host` up once and return the address to connect to, so that nobody can change it in between.

    Raises NameUnknown, and AddressPrivate when any of its addresses is private. `loopback_allowed` lets this
    machine itself through, for tests and demos alone.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise NameUnknown from None
    addresses = [str(entry[4][0]) for entry in found]
    if not addresses or not all(is_permitted(address, loopback_allowed) for address in addresses):
        raise AddressPrivate
    # IPv4 first: a machine without IPv6 would fail on the other.
    return min(addresses, key=lambda address: ":" in address)


def is_permitted(address: str, loopback_allowed: bool) -> bool:
    """Say whether a numeric address is a public one, or this machine where that is allowed."""
    ip = _carried(ipaddress.ip_address(address.partition("%")[0]))
    return (ip.is_global and not ip.is_multicast) or (loopback_allowed and ip.is_loopback)


def _carried(ip: IPAddress) -> IPAddress:
    """Return the IPv4 address that an IPv6 address carries, where a gateway would lead to that one."""
    if isinstance(ip, ipaddress.IPv4Address):
        return ip
    if ip in _NAT64:
        return ipaddress.IPv4Address(int(ip) & 0xFFFF_FFFF)
    return ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else ip)

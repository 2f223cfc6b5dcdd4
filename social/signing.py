"""Signs what goes to receivers outside with a secret shared with them, and checks signatures; makes no calls.

The signature covers the time as well as the bytes, so that a copy caught on the way is worth nothing later.
"""

import hashlib
import hmac
from collections.abc import Mapping
from datetime import datetime, timedelta

TIMESTAMP = "Council-Portal-Timestamp"
"""Header: seconds since 1970, in decimal figures."""
SIGNATURE = "Council-Portal-Signature"
"""Header: `v1=` and the HMAC-SHA256 in small hexadecimal figures."""
VERSION = "v1"
TOLERANCE = timedelta(minutes=5)
"""How far the clocks of sender and receiver may be apart."""


def sign(secret: str, at: datetime, body: bytes) -> dict[str, str]:
    """Return the two headers that prove who sent `body`, and when; `at` is aware."""
    timestamp = str(int(at.timestamp()))
    return {TIMESTAMP: timestamp, SIGNATURE: f"{VERSION}={_digest(secret, timestamp, body)}"}


def verify(secret: str, headers: Mapping[str, str], body: bytes, now: datetime) -> bool:
    """Say whether `headers` sign `body` with `secret` at a time close to `now`; names in any case."""
    said = {name.lower(): value for name, value in headers.items()}
    timestamp = said.get(TIMESTAMP.lower(), "")
    if not (timestamp.isascii() and timestamp.isdigit()):
        return False
    expected = f"{VERSION}={_digest(secret, timestamp, body)}"
    is_genuine = hmac.compare_digest(expected.encode(), said.get(SIGNATURE.lower(), "").encode())
    return is_genuine and abs(now.timestamp() - int(timestamp)) <= TOLERANCE.total_seconds()


def _digest(secret: str, timestamp: str, body: bytes) -> str:
    if not secret:
        raise ValueError("a signature needs a secret")
    return hmac.new(secret.encode(), timestamp.encode() + b"." + body, hashlib.sha256).hexdigest()

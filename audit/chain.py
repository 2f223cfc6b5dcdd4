"""The arithmetic of the chain: what is hashed and how; must not touch the database."""

import hashlib
import hmac
import json
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder

GENESIS = "0" * 64


def _key() -> bytes:
    key = settings.AUDIT_KEY
    return key.encode() if isinstance(key, str) else key


def _mac(text: str) -> str:
    return hmac.new(_key(), text.encode(), hashlib.sha256).hexdigest()


def storable_text(text: str) -> str:
    """Return `text` as both databases can hold it: no NUL, no lone surrogate."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")


def storable(value: Any) -> Any:
    """Return `value` as JSON that reads back the same from both databases.

    Floats become text: PostgreSQL rewrites some of them, and a rewritten number would look like tampering.
    """
    return _plain(json.loads(json.dumps(value, cls=_Encoder)))


class _Encoder(DjangoJSONEncoder):
    """Anything Django cannot write as JSON is written as its text, so recording never fails on a detail."""

    def default(self, o: Any) -> Any:
        if isinstance(o, set | frozenset):
            return sorted(str(item) for item in o)
        try:
            return super().default(o)
        except TypeError:
            return str(o)


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {storable_text(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, float):
        return repr(value)
    return storable_text(value) if isinstance(value, str) else value


def event_hash(fields: dict[str, Any]) -> str:
    """Return the keyed hash of one event: every column but the hash itself, the previous hash included."""
    return _mac("event" + json.dumps(fields, sort_keys=True, separators=(",", ":"), default=_moment))


def head_mac(sequence: int, last_hash: str) -> str:
    """Return the keyed hash that vouches for how long the chain is and how it ends."""
    return _mac(f"head:{sequence}:{last_hash}")


def same(left: str, right: str) -> bool:
    """Return whether two hashes are equal, in a time that tells nothing."""
    return hmac.compare_digest(left.encode(), right.encode())


def _moment(value: object) -> str:
    assert isinstance(value, datetime)
    return value.astimezone(UTC).isoformat(timespec="microseconds")

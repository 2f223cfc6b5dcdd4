"""Signs lines of the public log and shows the public half of the key; keeps nothing."""

import base64
import hashlib
from functools import lru_cache

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings


def sign(body: str) -> str:
    """Return the Ed25519 signature (RFC 8032) of `body` in UTF-8, as base64."""
    return base64.b64encode(_private(settings.PUBLIC_LOG_KEY).sign(body.encode())).decode()


def public_key() -> str:
    """Return the public key, 32 bytes as base64."""
    return base64.b64encode(_public(settings.PUBLIC_LOG_KEY)).decode()


def key_id() -> str:
    """Return the key's short name: the first 16 hexadecimal digits of its SHA-256."""
    return hashlib.sha256(_public(settings.PUBLIC_LOG_KEY)).hexdigest()[:16]


def _public(seed: str) -> bytes:
    raw = serialization.Encoding.Raw, serialization.PublicFormat.Raw
    return _private(seed).public_key().public_bytes(*raw)


@lru_cache(maxsize=4)
def _private(seed: str) -> Ed25519PrivateKey:
    """Return the key made from its 32-byte seed in URL-safe base64."""
    return Ed25519PrivateKey.from_private_bytes(base64.urlsafe_b64decode(seed))

"""Seals and opens what lets us act for an account; the key is in the settings, never in the database."""

import json
from collections.abc import Mapping

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils.translation import gettext as _

from outbox.errors import AccountBroken


def seal(secrets: Mapping[str, str]) -> bytes:
    """Return the secrets encrypted with the first key of settings.CREDENTIALS_KEY."""
    return _keys().encrypt(json.dumps(dict(secrets)).encode())


def unseal(sealed: bytes | memoryview) -> dict[str, str]:
    """Return the secrets that `seal` encrypted with any of our keys.

    Raises AccountBroken when they cannot be read: the key was lost or the account was disconnected.
    """
    if not sealed:
        raise AccountBroken(_("The account is not connected."))
    try:
        return dict(json.loads(_keys().decrypt(bytes(sealed))))
    except InvalidToken:
        raise AccountBroken(
            _("The stored credentials cannot be opened. Connect the account again.")
        ) from None


def reseal(sealed: bytes | memoryview) -> bytes:
    """Return the same secrets encrypted with the first key, for changing keys."""
    return _keys().rotate(bytes(sealed))


def _keys() -> MultiFernet:
    """Several keys, separated by commas, are accepted while one replaces another; the first one encrypts."""
    return MultiFernet([Fernet(key.strip()) for key in settings.CREDENTIALS_KEY.split(",")])

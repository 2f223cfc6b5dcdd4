"""Seals and opens what lets us act for an account; the key is in the settings, never in the database."""

import json
from collections.abc import Mapping

from cryptography.fernet import InvalidToken
from django.utils.translation import gettext as _

from accounts.cipher import cipher
from outbox.errors import AccountBroken


def seal(secrets: Mapping[str, str]) -> bytes:
    """Return the secrets encrypted with the first key of settings.CREDENTIALS_KEY."""
    return cipher().encrypt(json.dumps(dict(secrets)).encode())


def unseal(sealed: bytes | memoryview) -> dict[str, str]:
    """Return the secrets that `seal` encrypted with any of our keys.

    Raises AccountBroken when they cannot be read: the key was lost or the account was disconnected.
    """
    if not sealed:
        raise AccountBroken(_("The account is not connected."))
    try:
        return dict(json.loads(cipher().decrypt(bytes(sealed))))
    except InvalidToken:
        raise AccountBroken(
            _("The stored credentials cannot be opened. Connect the account again.")
        ) from None

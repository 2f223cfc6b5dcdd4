"""The one cipher for secrets at rest (second factors, social credentials); must not know what it seals."""

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings


def cipher() -> MultiFernet:
    """Return the cipher of CREDENTIALS_KEY: of several keys, separated by commas, the first one encrypts.

    The others still open what they sealed, while one key replaces another.
    """
    return MultiFernet([Fernet(key.strip()) for key in settings.CREDENTIALS_KEY.split(",")])

"""Says whether two texts, or two writers, are the same, without keeping who they are; must not query."""

import re
import secrets
import unicodedata

from django.utils.crypto import salted_hmac

_SALT = "feedback.identity"
# Enough for a borough's residents never to meet by chance (hexadecimal figures).
_LENGTH = 32
_NOT_WORDS = re.compile(r"[\W_]+")


def person(email: str = "", source: str = "", handle: str = "") -> str:
    """Return what stands for one writer in counts: the same for the same address or handle, else random.

    Keyed with the portal's secret, so that nobody who reads the table can test an address against it.
    """
    known = f"mail:{email.strip().casefold()}" if email else f"{source}:{handle.casefold()}" if handle else ""
    return salted_hmac(_SALT, known, algorithm="sha256").hexdigest()[:_LENGTH] if known else nobody()


def nobody() -> str:
    """Return what stands for a writer nobody knows: a new one each time."""
    return secrets.token_hex(_LENGTH // 2)


def text_print(text: str) -> str:
    """Return the same for texts that differ in case, spaces and signs only; "" for a text without a letter.

    Emoji and other signs count as words when there is nothing else.
    """
    folded = unicodedata.normalize("NFKC", text).casefold()
    words = _NOT_WORDS.sub(" ", folded).strip() or folded.strip()
    return salted_hmac(f"{_SALT}.text", words, algorithm="sha256").hexdigest()[:_LENGTH] if words else ""

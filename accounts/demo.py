"""One-time codes without a phone, for the demo town only; must not work when DEBUG is off."""

from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from allauth.mfa.utils import decrypt
from django.conf import settings
from django.core.cache import cache

from .models import User


def are_codes_shown() -> bool:
    """Return whether this is a demo town, where sign-in tells the code. Never with DEBUG off."""
    return bool(settings.DEBUG and settings.DEMO_ONE_TIME_CODES)


def enrol_demo_totp(user: User, secret: str) -> None:
    """Give `user` an authenticator app with this base32 secret, marked as a demo's, and recovery codes."""
    if Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists():
        return
    authenticator = TOTP.activate(user, secret).instance
    authenticator.data["is_demo"] = True
    authenticator.save(update_fields=["data"])
    RecoveryCodes.activate(user)


def code_for(user: User) -> str:
    """Return a code that will be accepted now for a demo person in a demo town, else ""."""
    if not are_codes_shown():
        return ""
    held = Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).first()
    if held is None or not held.data.get("is_demo"):
        return ""
    return unused_code(user, decrypt(held.data["secret"]))


def unused_code(user: User, secret: str) -> str:
    """Return the current code of `secret`; a neighbouring one when that was just used."""
    before, now, after = (
        format_hotp_value(hotp_value(secret, step)) for step in yield_hotp_counters_from_time()
    )
    return next((code for code in (now, after, before) if not cache.get(used_key(user, code))), now)


def used_key(user: User, code: str) -> str:
    """Return where the cache notes that `user` has used `code`."""
    return f"accounts:code-used:{user.pk}:{normalize_user_code(code)}"

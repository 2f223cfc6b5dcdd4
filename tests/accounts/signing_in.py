"""Signs a test client in the way a person would be after password and second factor."""

import time

from allauth.account.internal.flows.login import (
    _AUTHENTICATION_METHODS_USER_SESSION_KEY,
    AUTHENTICATION_METHODS_SESSION_KEY,
)
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from allauth.usersessions.models import UserSession
from django.test import Client

from accounts.models import User
from accounts.sessions import SEEN_AT, SIGNED_IN_AT

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def enrol(user: User, secret: str = SECRET) -> Authenticator:
    """Give `user` an authenticator app."""
    return TOTP.activate(user, secret).instance


def sign_in(client: Client, user: User, *, factor_age: float | None = 0) -> None:
    """Sign in; the second factor was used `factor_age` seconds ago, or never (None)."""
    if factor_age is not None and not Authenticator.objects.filter(user=user).exists():
        enrol(user)
    client.force_login(user)
    session = client.session
    now = time.time()
    records = [{"method": "password", "at": now}]
    if factor_age is not None:
        records.append({"method": "mfa", "at": now - factor_age, "type": "totp"})
    session[AUTHENTICATION_METHODS_SESSION_KEY] = records
    session[_AUTHENTICATION_METHODS_USER_SESSION_KEY] = str(user.pk)
    session[SIGNED_IN_AT] = session[SEEN_AT] = int(now)
    session.save()
    UserSession.objects.get_or_create(
        session_key=session.session_key, defaults={"user": user, "ip": "127.0.0.1", "user_agent": "tests"}
    )

"""Turns what allauth reports into events and session marks; must not refuse anything."""

import time
from typing import Any

from allauth.account import signals as account
from allauth.account.internal.flows.login import record_authentication
from allauth.account.models import EmailAddress
from allauth.mfa import signals as factor
from allauth.mfa.models import Authenticator
from django.db.models.signals import post_save
from django.dispatch import receiver

from audit.recorder import record

from .models import User
from .sessions import SEEN_AT, SIGNED_IN_AT


@receiver(post_save, sender=User)
def on_person_saved(instance: User, created: bool, **kwargs: Any) -> None:
    """Give a new person the row that allauth keeps of their address, which it would write when it is read."""
    if created:
        EmailAddress.objects.create(user=instance, email=instance.email, verified=True, primary=True)


@receiver(account.user_logged_in)
def on_signed_in(request: Any, user: Any, **kwargs: Any) -> None:
    """Start the clock of the session."""
    request.session[SIGNED_IN_AT] = request.session[SEEN_AT] = int(time.time())
    record("sign_in.done", actor=user, target=user)


@receiver(account.user_logged_out)
def on_signed_out(request: Any, user: Any, **kwargs: Any) -> None:
    """Record a sign-out, if somebody was signed in."""
    if user is not None and user.is_authenticated:
        record("sign_in.ended", actor=user, target=user)


@receiver([account.password_changed, account.password_set])
def on_password_changed(user: Any, **kwargs: Any) -> None:
    """Record a change of password."""
    record("password.changed", actor=user, target=user)


@receiver(account.password_reset)
def on_password_reset(user: Any, **kwargs: Any) -> None:
    """Record a password set through a link sent by mail."""
    record("password.reset", actor=user, target=user)


@receiver(factor.authenticator_added)
def on_factor_added(request: Any, user: Any, authenticator: Authenticator, **kwargs: Any) -> None:
    """Record it; setting a factor up proves having it, so this session counts as signed in with it."""
    if authenticator.type != Authenticator.Type.RECOVERY_CODES:
        record_authentication(request, user, "mfa", id=authenticator.pk, type=authenticator.type)
    record("second_factor.added", actor=user, target=user, type=authenticator.type)


@receiver(factor.authenticator_removed)
def on_factor_removed(user: Any, authenticator: Authenticator, **kwargs: Any) -> None:
    """Record a factor its owner removed."""
    record("second_factor.removed", actor=user, target=user, type=authenticator.type)


@receiver(factor.authenticator_reset)
def on_codes_renewed(user: Any, authenticator: Authenticator, **kwargs: Any) -> None:
    """Record new recovery codes."""
    record("recovery_codes.renewed", actor=user, target=user)


@receiver(factor.authenticator_used)
def on_factor_used(user: Any, authenticator: Authenticator, reauthenticated: bool, **kwargs: Any) -> None:
    """Record a second factor given again; the one at sign-in is part of the sign-in."""
    if reauthenticated or authenticator.type == Authenticator.Type.RECOVERY_CODES:
        record("second_factor.used", actor=user, target=user, type=authenticator.type)


@receiver(factor.authentication_failed)
def on_factor_failed(user: Any, authenticator: Authenticator, **kwargs: Any) -> None:
    """Record a wrong code. Who typed it is not known, so it has no actor."""
    record("second_factor.failed", target=user, type=authenticator.type)

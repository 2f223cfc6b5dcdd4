"""One decorator per audience, so that a guard test sees whom a page is for; must not hold business rules."""

import json
import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.flows.reauthentication import STATE_SESSION_KEY
from allauth.core.internal.httpkit import serialize_request
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from . import permissions
from .enums import Audience, Role
from .models import User

View = Callable[..., HttpResponseBase]
Gate = Callable[[HttpRequest], HttpResponseBase | None]
FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
# Never kept in a session, not even for the minute a second factor takes: they are typed again.
SECRET_FIELDS = ("secret", "password", "password1", "password2", "oldpassword", "code")


def public(view: View) -> View:
    """Mark a page for residents: nothing is asked and no session is read."""
    return _marked(view, Audience.PUBLIC)


def entrance(view: View) -> View:
    """Mark a page of the way in (sign-in, reset, invitation): open to anyone, may use the session."""
    return _marked(view, Audience.ENTRANCE)


def signed_in(view: View) -> View:
    """Let in whoever passed the sign-in, even before they have a second factor: for setting one up."""
    return _guarded(view, Audience.SIGNED_IN, _ask_sign_in)


def staff_only(view: View) -> View:
    """Let in active staff (councillors too) who have a second factor and used it in this session."""
    return _guarded(view, Audience.STAFF, _ask_staff)


def role_required(*roles: Role) -> Callable[[View], View]:
    """Let in staff who hold any of `roles` in any team; others get 403."""

    def gate(request: HttpRequest) -> HttpResponseBase | None:
        asked = _ask_staff(request)
        if asked is None and not any(permissions.has_role(request.user, role) for role in roles):
            raise PermissionDenied
        return asked

    def decorate(view: View) -> View:
        guarded = _guarded(view, Audience.ROLE, gate)
        guarded.roles = roles  # type: ignore[attr-defined]
        return guarded

    return decorate


def second_factor_recent(view: View) -> View:
    """Ask for the second factor again if it is older than 15 minutes, then carry on where the person was.

    A POST is kept in their session and done for them once the code is right, so nothing typed is lost but
    passwords. Opening the same page anew forgets it: then they only wanted to look. The password alone is
    not enough. Put it under the audience's decorator. Uploaded files are not kept.
    """

    @wraps(view)
    def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if second_factor_age(request) <= settings.SECOND_FACTOR_FRESH_SECONDS:
            return view(request, *args, **kwargs)
        return ask_second_factor(request)

    wrapper.needs_second_factor = True  # type: ignore[attr-defined]
    return wrapper


def fresh_proof(view: View) -> View:
    """Ask who it really is before a second factor is set up or removed.

    Whoever has a second factor gives it again if it is older than 15 minutes; a beginner gives the password.
    """
    with_factor = second_factor_recent(view)

    @wraps(view)
    def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if has_second_factor(request.user):
            return with_factor(request, *args, **kwargs)
        if _age(request, "password") <= settings.SECOND_FACTOR_FRESH_SECONDS:
            return view(request, *args, **kwargs)
        return _ask(request, reverse("account_reauthenticate"))

    wrapper.needs_second_factor = True  # type: ignore[attr-defined]
    return wrapper


def second_factor_age(request: HttpRequest) -> float:
    """Return how long ago this session last used a second factor, in seconds; infinity if never."""
    return _age(request, "mfa")


def has_second_factor(user: Any) -> bool:
    """Return whether `user` has set up an authenticator app or a passkey. One query."""
    return Authenticator.objects.filter(user_id=user.pk, type__in=FACTORS).exists()


def ask_second_factor(request: HttpRequest) -> HttpResponseBase:
    """Send the person to prove their second factor, keeping what they were doing."""
    return _ask(request, _factor_page(request.user))


def _ask(request: HttpRequest, page: str) -> HttpResponseBase:
    after = request.get_full_path()
    if request.method == "POST":
        # The address is kept without its query: it must equal the kept request's path to be resumed.
        after = request.path
        request.session[STATE_SESSION_KEY] = {"request": serialize_request(_without_secrets(request))}
    elif _kept_path(request) == request.path:
        del request.session[STATE_SESSION_KEY]
    return redirect(f"{page}?{urlencode({'next': after})}")


def _without_secrets(request: HttpRequest) -> HttpRequest:
    kept = request.POST.copy()
    for name in SECRET_FIELDS:
        kept.pop(name, None)
    request.POST = kept  # type: ignore[assignment]
    return request


def _kept_path(request: HttpRequest) -> str:
    """Return the address of the POST that waits for the second factor; empty when none does."""
    kept = request.session.get(STATE_SESSION_KEY) or {}
    return str(json.loads(kept["request"])["path"]) if "request" in kept else ""


def _age(request: HttpRequest, method: str) -> float:
    records = get_authentication_records(request, _person(request))
    times = [row["at"] for row in records if row["method"] == method]
    return time.time() - max(times) if times else float("inf")


def _factor_page(user: Any) -> str:
    kinds = set(
        Authenticator.objects.filter(user_id=user.pk, type__in=FACTORS).values_list("type", flat=True)
    )
    if kinds == {Authenticator.Type.WEBAUTHN}:
        return reverse("mfa_reauthenticate_webauthn")
    return reverse("mfa_reauthenticate")


def _ask_sign_in(request: HttpRequest) -> HttpResponseBase | None:
    if _person(request) is None:
        return redirect_to_login(request.get_full_path())
    return None


def _ask_staff(request: HttpRequest) -> HttpResponseBase | None:
    asked = _ask_sign_in(request)
    if asked is not None:
        return asked
    # A session that used a factor is let in without a query: nobody can remove their last factor.
    if second_factor_age(request) < float("inf"):
        return None
    if not has_second_factor(request.user):
        return redirect("accounts:second_factor")
    return ask_second_factor(request)


def _person(request: HttpRequest) -> Any:
    user = request.user
    return user if user.is_authenticated and user.is_active else None


def _guarded(view: View, audience: Audience, gate: Gate) -> View:
    @wraps(view)
    def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        asked = gate(request)
        return view(request, *args, **kwargs) if asked is None else asked

    return _marked(wrapper, audience)


def _marked(view: View, audience: Audience) -> View:
    view.audience = audience  # type: ignore[attr-defined]
    return view


def person_of(request: HttpRequest) -> User:
    """Return who is asking, on a page whose decorator let only people in."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def sent(request: HttpRequest) -> Any:
    """Return what a form was sent, None when it is only shown; an empty POST is sent too (nothing ticked)."""
    return request.POST if request.method == "POST" else None

"""A person's own page: roles, sessions; and the stop where a second factor is set up; decides nothing."""

from functools import wraps

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from .. import access, services, sessions
from ..adapters import SecondFactorAdapter, is_last_factor


@access.staff_only
@never_cache
@require_safe
def me(request: HttpRequest) -> HttpResponse:
    """Show my roles, second factors and open sessions."""
    user = access.person_of(request)
    context = {
        "memberships": user.memberships.select_related("team"),
        "factors": Authenticator.objects.filter(user=user).order_by("created_at"),
        "sessions": sessions.open_sessions(user),
        "current_key": request.session.session_key,
    }
    return render(request, "accounts/me.html", context)


@access.staff_only
@require_POST
def end_session(request: HttpRequest, pk: int) -> HttpResponse:
    """End one of my sessions; ending this one signs me out."""
    session = get_object_or_404(UserSession, pk=pk, user_id=request.user.pk)
    services.end_session(session, by=access.person_of(request))
    messages.success(request, _("That session is ended."))
    return redirect("accounts:me")


@access.staff_only
@require_POST
def end_other_sessions(request: HttpRequest) -> HttpResponse:
    """End all my sessions but this one."""
    user = access.person_of(request)
    services.end_sessions(user, by=user, but=request.session.session_key or "")
    messages.success(request, _("You are signed out everywhere else."))
    return redirect("accounts:me")


@access.signed_in
@never_cache
@require_safe
def second_factor(request: HttpRequest) -> HttpResponse:
    """Ask somebody new to set up a second factor, before anything else."""
    if access.has_second_factor(request.user):
        return redirect("accounts:me")
    return render(request, "accounts/second_factor.html")


def keeps_a_factor(view: access.View) -> access.View:
    """Refuse to remove somebody's only passkey when nothing else would be left."""

    @wraps(view)
    def wrapper(request: HttpRequest, pk: int) -> HttpResponseBase:
        passkey = get_object_or_404(Authenticator, pk=pk, user_id=request.user.pk)
        if is_last_factor(passkey):
            messages.error(request, SecondFactorAdapter.error_messages["cannot_delete_authenticator"])
            return redirect("mfa_index")
        return view(request, pk=pk)

    return wrapper

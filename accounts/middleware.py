"""Keeps staff pages behind a live session and a second factor; must not touch a resident's page."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from audit.recorder import record

from . import access, sessions
from .enums import Audience

SIGNED_OUT_FOR = {
    "idle": _("You were signed out because nothing happened for an hour. Sign in to carry on."),
    "longest": _("You were signed out because you had been signed in for six hours. Sign in to carry on."),
}
OPEN = {Audience.PUBLIC, Audience.ENTRANCE, Audience.SIGNED_IN}


class SecondFactorFirst:
    """Ends sessions that outlived their limits and sends staff without a second factor to set one up.

    Decides by the audience the view declares (accounts.access). A page with none, outside /staff/, is left
    alone, so that residents' pages never read a session.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the next layer."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: list[Any], kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        """Return a redirect instead of the page when the session is over or lacks its second factor."""
        audience = getattr(view, "audience", None)
        if audience == Audience.PUBLIC or (audience is None and not request.path.startswith("/staff/")):
            return None
        if not request.user.is_authenticated:
            return None
        over = sessions.reason_it_is_over(request.session)
        if over:
            return _sign_out(request, over)
        sessions.note_activity(request)
        if audience in OPEN or access.second_factor_age(request) < float("inf"):
            return None
        return None if access.has_second_factor(request.user) else redirect("accounts:second_factor")


def _sign_out(request: HttpRequest, over: str) -> HttpResponseBase:
    user = request.user
    # Not logout(): its signal would record that the person signed out themselves.
    request.session.flush()
    request.user = AnonymousUser()
    record("session.lapsed", target=user, reason=over)
    messages.info(request, SIGNED_OUT_FOR[over])
    return redirect_to_login(request.get_full_path() if request.method == "GET" else "/staff/")

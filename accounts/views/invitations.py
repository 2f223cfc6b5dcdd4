"""Inviting people, and the page behind the link; must not decide (see invitations)."""

import logging
from smtplib import SMTPException

from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from .. import access, invitations
from ..forms import AcceptForm, InviteForm
from ..models import Invitation, User
from ..services import Refused
from .people import administrators

logger = logging.getLogger(__name__)


@administrators
@require_safe
def invited(request: HttpRequest) -> HttpResponse:
    """List open invitations."""
    rows = Invitation.objects.filter(accepted_at=None, revoked_at=None).select_related("invited_by")
    rows = rows.prefetch_related("memberships__team")
    listed = [(row, invitations.lapses_at(row), invitations.has_lapsed(row)) for row in rows]
    return render(request, "accounts/invited.html", {"listed": listed})


@administrators
@access.second_factor_recent
@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: HttpRequest) -> HttpResponse:
    """Invite somebody."""
    form = InviteForm(access.sent(request))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            invitation = invitations.invite(
                data["email"], data["name"], data["job_title"], form.places(), by=access.person_of(request)
            )
        except Refused as refusal:
            form.add_error("email", str(refusal))
        else:
            _send(request, invitation)
            return redirect("accounts:invited")
    return render(request, "accounts/invite.html", {"form": form})


@administrators
@access.second_factor_recent
@require_POST
def renew(request: HttpRequest, pk: int) -> HttpResponse:
    """Send an invitation again, with a new link."""
    try:
        invitation = invitations.renew(get_object_or_404(Invitation, pk=pk), by=access.person_of(request))
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        _send(request, invitation)
    return redirect("accounts:invited")


@administrators
@access.second_factor_recent
@require_POST
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an invitation back."""
    try:
        invitations.revoke(get_object_or_404(Invitation, pk=pk), by=access.person_of(request))
        messages.success(request, _("The invitation is revoked: its link no longer works."))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("accounts:invited")


@access.entrance
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def accept(request: HttpRequest, token: str) -> HttpResponse:
    """Set name and password behind an invitation's link, then go on to the second factor."""
    try:
        invitation = invitations.opened_by(token)
        form = AcceptForm(access.sent(request), invitation=invitation)
        if request.method == "POST" and form.is_valid():
            user = invitations.accept(token, form.cleaned_data["name"], form.cleaned_data["password"])
            return _enter(request, user)
    except invitations.LinkDead:
        return render(request, "accounts/invitation_dead.html", status=410)
    return render(request, "accounts/accept.html", {"form": form, "invitation": invitation})


def _enter(request: HttpRequest, user: User) -> HttpResponse:
    login = Login(user=user, email=user.email, redirect_url="/staff/")
    response: HttpResponse = perform_password_login(request, {"email": user.email}, login)
    request.session.set_expiry(0)
    return response


def _send(request: HttpRequest, invitation: Invitation) -> None:
    try:
        invitations.send(invitation)
    except (OSError, SMTPException):
        logger.exception("Invitation %s could not be sent", invitation.pk)
        messages.error(
            request, _("The invitation is kept, but the mail could not be sent. Try “Send again” in a while.")
        )
    else:
        messages.success(
            request,
            _("Invitation sent to %(email)s. The link works for two days.") % {"email": invitation.email},
        )

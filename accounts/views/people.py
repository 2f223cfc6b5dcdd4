"""Administrators' pages about people: list, one person, roles, leaving; must not decide (see services)."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from audit import queries
from look.paging import kept_query

from .. import access, services, sessions
from ..enums import Role
from ..forms import PeopleFilter, ReasonForm, RolesForm
from ..models import Invitation, User

PER_PAGE = 50
administrators = access.role_required(Role.ADMINISTRATOR)


@administrators
@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """List people, those who may sign in unless asked otherwise."""
    form = PeopleFilter(request.GET if "state" in request.GET else {"state": "active"})
    page = Paginator(_matching(form), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "query": kept_query(request),
        "invitations": Invitation.objects.filter(accepted_at=None, revoked_at=None).count(),
    }
    return render(request, "accounts/people.html", context)


@administrators
@require_safe
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one person: roles, second factor, sessions, what was decided about them."""
    user = get_object_or_404(User, pk=pk)
    context = {
        "person": user,
        "memberships": user.memberships.select_related("team"),
        "has_factor": access.has_second_factor(user),
        "sessions": sessions.open_sessions(user),
        "events": queries.about("accounts.user", pk).order_by("-sequence")[:10],
        "is_self": user.pk == request.user.pk,
    }
    return render(request, "accounts/person.html", context)


@administrators
@access.second_factor_recent
@require_http_methods(["GET", "HEAD", "POST"])
def roles(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what a person is in which team."""
    user = get_object_or_404(User, pk=pk)
    form = RolesForm(access.sent(request), places=services.places_of(user))
    if request.method == "POST" and form.is_valid():
        try:
            services.change_roles(user, form.places(), by=access.person_of(request))
        except services.Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The roles of %(name)s are saved.") % {"name": user})
            return redirect("accounts:person", pk)
    return render(request, "accounts/roles.html", {"person": user, "form": form})


@administrators
@access.second_factor_recent
@require_http_methods(["GET", "HEAD", "POST"])
def deactivate(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop a person from signing in."""
    return _with_reason(
        request,
        get_object_or_404(User, pk=pk, is_active=True),
        act=services.deactivate,
        template="accounts/deactivate.html",
        done=_("%(name)s can no longer sign in."),
    )


@administrators
@access.second_factor_recent
@require_http_methods(["GET", "HEAD", "POST"])
def reset_factor(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove the second factor of somebody who lost theirs."""
    return _with_reason(
        request,
        get_object_or_404(User, pk=pk, is_active=True),
        act=services.reset_second_factor,
        template="accounts/reset_factor.html",
        done=_("%(name)s sets up a new second factor at the next sign-in."),
    )


@administrators
@access.second_factor_recent
@require_POST
def reactivate(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a person sign in again."""
    user = get_object_or_404(User, pk=pk, is_active=False)
    services.reactivate(user, by=access.person_of(request))
    messages.success(request, _("%(name)s can sign in again.") % {"name": user})
    return redirect("accounts:person", pk)


@administrators
@require_POST
def end_sessions(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign a person out everywhere."""
    user = get_object_or_404(User, pk=pk)
    services.end_sessions(user, by=access.person_of(request))
    messages.success(request, _("%(name)s is signed out everywhere.") % {"name": user})
    return redirect("accounts:person", pk)


def _with_reason(request: HttpRequest, user: User, *, act: Any, template: str, done: str) -> HttpResponse:
    form = ReasonForm(access.sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            act(user, by=access.person_of(request), reason=form.cleaned_data["reason"])
        except services.Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, done % {"name": user})
            return redirect("accounts:person", user.pk)
    return render(request, template, {"person": user, "form": form})


def _matching(form: PeopleFilter) -> QuerySet[User]:
    found = User.objects.prefetch_related("memberships__team")
    if not form.is_valid():
        return found
    data = form.cleaned_data
    if data["q"]:
        found = found.filter(Q(name__icontains=data["q"]) | Q(email__icontains=data["q"]))
    if data["state"]:
        found = found.filter(is_active=data["state"] == "active")
    membership = {
        key: value
        for key, value in (("memberships__team", data["team"]), ("memberships__role", data["role"]))
        if value
    }
    return found.filter(**membership).distinct() if membership else found

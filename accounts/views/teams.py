"""Administrators' pages about teams and their remit; must not decide (see services)."""

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from .. import access, services
from ..forms import TeamForm
from ..models import Team
from .people import administrators


@administrators
@require_safe
def teams(request: HttpRequest) -> HttpResponse:
    """List teams with what they publish and how many people they have."""
    people = Count("memberships__user", filter=Q(memberships__user__is_active=True), distinct=True)
    rows = Team.objects.annotate(people=people).prefetch_related("kinds")
    return render(request, "accounts/teams.html", {"teams": rows})


@administrators
@access.second_factor_recent
@require_http_methods(["GET", "HEAD", "POST"])
def new_team(request: HttpRequest) -> HttpResponse:
    """Create a team."""
    return _edit(request, Team())


@administrators
@access.second_factor_recent
@require_http_methods(["GET", "HEAD", "POST"])
def team(request: HttpRequest, slug: str) -> HttpResponse:
    """Change a team's name and remit; show who is in it."""
    return _edit(request, get_object_or_404(Team, slug=slug))


def _edit(request: HttpRequest, team: Team) -> HttpResponse:
    form = TeamForm(access.sent(request), instance=team)
    if request.method == "POST" and form.is_valid():
        services.save_team(form.instance, form.cleaned_data["kinds"], by=access.person_of(request))
        messages.success(request, _("The team is saved."))
        return redirect("accounts:teams")
    members = team.memberships.select_related("user").order_by("user__name", "role") if team.pk else []
    return render(request, "accounts/team.html", {"form": form, "team": team, "members": members})

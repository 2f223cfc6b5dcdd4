"""Administrators' pages about wards; must not decide (see services)."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts import access
from accounts.enums import Role

from . import queries, services
from .forms import WardForm
from .models import Ward

administrators = access.role_required(Role.ADMINISTRATOR)


@administrators
@require_safe
def wards(request: HttpRequest) -> HttpResponse:
    """List the wards with who sits for them, and what is known of each. Two queries."""
    return render(request, "places/wards.html", {"wards": queries.wards_with_counts()})


@administrators
@access.second_factor_recent
@require_http_methods(["GET", "HEAD", "POST"])
def new_ward(request: HttpRequest) -> HttpResponse:
    """Add a ward."""
    return _edit(request, Ward())


@administrators
@access.second_factor_recent
@require_http_methods(["GET", "HEAD", "POST"])
def ward(request: HttpRequest, slug: str) -> HttpResponse:
    """Change a ward and who sits for it."""
    return _edit(request, get_object_or_404(Ward, slug=slug))


def _edit(request: HttpRequest, ward: Ward) -> HttpResponse:
    form = WardForm(access.sent(request), instance=ward)
    if request.method == "POST" and form.is_valid():
        councillors = form.cleaned_data["councillors"]
        services.save_ward(form.instance, councillors, by=access.person_of(request))
        messages.success(request, _("The ward is saved."))
        return redirect("places:wards")
    name = Ward.objects.get(pk=ward.pk).name if ward.pk else ""
    return render(request, "places/ward.html", {"form": form, "name": name})

"""Incidents: what the watch found, with its evidence, and what people said it was."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import person_of, role_required, second_factor_recent, sent
from accounts.enums import Role

from ..enums import Outcome
from ..models import Incident
from ..permissions import ACCOUNT_ROLES, sees_accounts
from ..watch import incidents, listing
from ..watch.forms import CloseForm

ON_A_PAGE = 25

incident_people = role_required(*ACCOUNT_ROLES, Role.ADMINISTRATOR)
second_people = role_required(Role.COMMUNICATIONS_LEAD, Role.ADMINISTRATOR)


@require_safe
@incident_people
def listed(request: HttpRequest) -> HttpResponse:
    """List the incidents that concern the person: open ones first."""
    found = listing.IncidentFilter(request.GET, listing.visible_to(request.user))
    page = Paginator(found.qs, ON_A_PAGE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "form": found.form,
        "page": page,
        "query": f"{query.urlencode()}&" if query else "",
        "may_close": listing.may_close(request.user),
    }
    return render(request, "social/incidents.html", context)


@require_safe
@incident_people
def incident(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one incident: what was seen, what happened since, and what to do now. Eight queries."""
    return _page(request, _find(request, pk), CloseForm())


@require_http_methods(["GET", "HEAD", "POST"])
@second_people
@second_factor_recent
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what it was; an account it stopped stays stopped until two people let it go."""
    shown = _find(request, pk)
    form = CloseForm(sent(request))
    if not form.is_valid():
        return _page(request, shown, form)
    said = form.cleaned_data
    if incidents.close(shown, by=person_of(request), outcome=Outcome(said["outcome"]), note=said["note"]):
        messages.success(request, _("The incident is closed."))
    else:
        messages.info(request, _("Somebody closed it while you were writing. This is what they said."))
    return redirect("social:incident", pk=pk)


def _find(request: HttpRequest, pk: int) -> Incident:
    return get_object_or_404(listing.visible_to(request.user), pk=pk)


def _page(request: HttpRequest, shown: Incident, form: CloseForm) -> HttpResponse:
    context: dict[str, Any] = {
        "incident": shown,
        "account": shown.account,
        "evidence": shown.evidence.all(),
        "moments": listing.moments_of(shown),
        "form": form,
        "may_close": listing.may_close(request.user),
        "sees_account": sees_accounts(request.user),
    }
    return render(request, "social/incident.html", context)

"""The pages of drills: their list, starting one, how one goes, its report, ending it."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import person_of, second_factor_recent, sent

from ..drills import rehearsal, report
from ..models import Drill
from ..permissions import manages_accounts
from ..stopping.forms import DrillForm, LearntForm
from .accounts import account_people, lead_only

ON_A_PAGE = 25


@require_safe
@account_people
def drills(request: HttpRequest) -> HttpResponse:
    """List the drills, the newest first."""
    page = Paginator(report.listed(), ON_A_PAGE).get_page(request.GET.get("page"))
    rows = [(drill, report.total_seconds(drill)) for drill in page]
    context = {"page": page, "rows": rows, "may_manage": manages_accounts(request.user)}
    return render(request, "social/drills.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@lead_only
@second_factor_recent
def start(request: HttpRequest) -> HttpResponse:
    """Ask which practice account, and start."""
    form = DrillForm(sent(request))
    if form.is_valid():
        try:
            drill = rehearsal.start(form.cleaned_data["account"], by=person_of(request))
        except rehearsal.DrillRefused as refusal:
            form.add_error("account", str(refusal))
        else:
            messages.success(request, _("The drill has begun: a rogue post stands on the practice network."))
            return redirect("social:drill", pk=drill.pk)
    return render(request, "social/drill_start.html", {"form": form})


@require_safe
@account_people
def drill(request: HttpRequest, pk: int) -> HttpResponse:
    """Show how a drill goes, or its report; it prints well."""
    shown = get_object_or_404(report.listed().select_related("incident"), pk=pk)
    context = report.page_of(shown) | {"may_manage": manages_accounts(request.user)}
    return render(request, "social/drill.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@lead_only
@second_factor_recent
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """End a drill, or break it off when its account was not let go."""
    shown = get_object_or_404(report.listed(), pk=pk)
    form = LearntForm(sent(request))
    if form.is_valid() and _ended(request, shown, form):
        messages.success(request, _("The drill is over and cleaned up."))
        return redirect("social:drill", pk=pk)
    return render(request, "social/drill_end.html", {"drill": shown, "form": form})


def _ended(request: HttpRequest, shown: Drill, form: LearntForm) -> bool:
    finish = rehearsal.end if shown.released_at else rehearsal.break_off
    try:
        finish(shown, by=person_of(request), note=form.cleaned_data["note"])
    except rehearsal.DrillRefused as refusal:
        form.add_error(None, str(refusal))
        return False
    return True

"""The approver's page and the second check: reading exactly what is decided on, then deciding."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.access import second_factor_recent
from accounts.models import User
from updates import desk, workflow
from updates.forms import decide
from updates.models import Edition
from updates.transitions import TRANSITIONS, Action
from updates.workflow import TransitionRefused, perform

from . import page
from .page import officers_only

CONFLICT = 409


@require_http_methods(["GET", "HEAD", "POST"])
@officers_only
def approve(request: HttpRequest, reference: str, number: int) -> HttpResponseBase:
    """Show what would be approved and take the decision on it; approving needs a fresh second factor."""
    if request.method != "POST":
        return _approve_page(request, desk.find_edition(reference, number), None)
    if request.POST.get("decision") == decide.RETURN:
        return _decided(request, reference, number)
    return _approved(request, reference, number)


@second_factor_recent
def _approved(request: HttpRequest, reference: str, number: int) -> HttpResponseBase:
    return _decided(request, reference, number)


def _decided(request: HttpRequest, reference: str, number: int) -> HttpResponseBase:
    edition = desk.find_edition(reference, number)
    form = decide.DecisionForm(request.POST)
    if not form.is_valid():
        return _approve_page(request, edition, form)
    try:
        message = _carry_out(edition, form.cleaned_data, request.user)
    except TransitionRefused as refusal:
        return _refused(request, edition, form, str(refusal))
    messages.success(request, message)
    return redirect("desk:edition", reference=edition.notice.reference, number=edition.number)


def _carry_out(edition: Edition, data: dict[str, Any], by: Any) -> str:
    """Make the decided moves, all or none, and return the sentence that says so."""
    if data["decision"] == decide.RETURN:
        perform(Action.RETURN, edition, by=by, note=data["reason"])
        return _("Returned with your reason. Its authors see it on their desks.")
    with transaction.atomic():
        perform(Action.APPROVE, edition, by=by, note=data["reason"], seen_hash=data["seen"])
        if data["decision"] == decide.APPROVE:
            return _("Approved. It can now be published or scheduled.")
        perform(Action.PUBLISH, edition, by=by)
    return _("Approved and live. Posts to social accounts are on their way.")


def _refused(
    request: HttpRequest, edition: Edition, form: decide.DecisionForm, sentence: str
) -> HttpResponseBase:
    """Say what was refused over the content as it is now; the reason stays typed, the tick does not."""
    form.data = {name: text for name, text in request.POST.items() if name != "has_read"}
    form.add_error(None, sentence)
    return _approve_page(request, desk.find_edition(edition.notice.reference, edition.number), form, CONFLICT)


def _approve_page(
    request: HttpRequest, edition: Edition, form: decide.DecisionForm | None, status: int = 200
) -> HttpResponse:
    assert isinstance(request.user, User)
    context = {
        **page.reading(edition),
        "form": form or decide.DecisionForm(),
        "why_not": workflow.why_not_approve(edition, request.user),
        "is_waiting": edition.status in TRANSITIONS[Action.APPROVE].sources,
        "contributors": page.contributors(edition),
    }
    return render(request, "desk/approve.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@officers_only
def second_check(request: HttpRequest, reference: str, number: int) -> HttpResponseBase:
    """Show what went out urgently and record that a second person has read it."""
    if request.method == "POST":
        return _checked(request, reference, number)
    return _check_page(request, desk.find_edition(reference, number), decide.SecondCheckForm())


@second_factor_recent
def _checked(request: HttpRequest, reference: str, number: int) -> HttpResponseBase:
    edition = desk.find_edition(reference, number)
    assert isinstance(request.user, User)
    form = decide.SecondCheckForm(request.POST)
    if not form.is_valid():
        return _check_page(request, edition, form)
    data = form.cleaned_data
    try:
        perform(Action.SECOND_CHECK, edition, by=request.user, note=data["reason"], seen_hash=data["seen"])
    except TransitionRefused as refusal:
        form.add_error(None, str(refusal))
        return _check_page(request, desk.find_edition(reference, number), form, CONFLICT)
    messages.success(request, _("The second check is done. Thank you."))
    return redirect("desk:edition", reference=edition.notice.reference, number=edition.number)


def _check_page(request: HttpRequest, edition: Edition, form: Form, status: int = 200) -> HttpResponse:
    assert isinstance(request.user, User)
    offered = {move.action for move in workflow.available(edition, request.user)}
    context = {
        **page.reading(edition),
        "form": form,
        "may_check": Action.SECOND_CHECK in offered,
        "why_not": workflow.why_not_check(edition, request.user),
        "contributors": page.contributors(edition),
    }
    return render(request, "desk/second_check.html", context, status=status)

"""Steps that need two people: asking for one, and what the second person sees and decides."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import person_of, role_required, second_factor_recent, sent
from accounts.enums import Role

from ..enums import Step
from ..forms import ConfirmForm
from ..health import why_stopped
from ..models import Incident, Proposal
from ..permissions import manages_accounts
from ..stopping import proposals, queue, release, revoking, rogue_posts
from ..stopping.forms import AskForm, RefuseForm, ReleaseForm
from .accounts import find_account, lead_only

ON_A_PAGE = 25
CONFLICT = 409

second_people = role_required(Role.COMMUNICATIONS_LEAD, Role.ADMINISTRATOR)


@require_safe
@second_people
def waiting(request: HttpRequest) -> HttpResponse:
    """List what waits for a second person, and what was decided."""
    page = Paginator(proposals.decided(), ON_A_PAGE).get_page(request.GET.get("page"))
    context = {"waiting": proposals.all_open(), "page": page, "person": request.user}
    return render(request, "social/proposals.html", context)


@require_safe
@second_people
def proposal(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one step with everything the second person must know."""
    return _page(request, _find(pk))


@require_http_methods(["GET", "HEAD", "POST"])
@second_people
@second_factor_recent
def agree(request: HttpRequest, pk: int) -> HttpResponse:
    """Agree and carry it out; when the step is not possible now, say why and leave it open."""
    shown = _find(pk)
    if request.method != "POST":
        return _page(request, shown)
    try:
        done = proposals.agree(shown, by=person_of(request))
    except proposals.ProposalRefused as refusal:
        return _page(request, _find(pk), str(refusal))
    messages.success(request, done.result or _("Done: %(step)s.") % {"step": done.get_step_display()})
    return redirect("social:proposal", pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
@second_people
@second_factor_recent
def refuse(request: HttpRequest, pk: int) -> HttpResponse:
    """Refuse, or take one's own wish back."""
    shown = _find(pk)
    form = RefuseForm(sent(request))
    if form.is_valid():
        try:
            proposals.refuse(shown, by=person_of(request), note=form.cleaned_data["note"])
        except proposals.ProposalRefused as refusal:
            return _page(request, _find(pk), str(refusal))
        messages.success(request, _("Nothing was done, and your reason is kept."))
        return redirect("social:proposals")
    is_own = shown.asked_by_id == request.user.pk
    return render(request, "social/proposal_refuse.html", {"form": form, "proposal": shown, "is_own": is_own})


@require_http_methods(["GET", "HEAD", "POST"])
@lead_only
@second_factor_recent
def ask_release(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask that an account may send again."""
    account = find_account(request, pk)
    form = ReleaseForm(sent(request), account=account)
    asked = _asked(form, partial(release.ask_for_release, account, by=person_of(request)))
    shown = {
        "heading": _("Ask to let this account send again?"),
        "open_one": proposals.open_about(account).get(Step.RELEASE),
        "why_not": release.why_not(account),
        "incidents": release.in_the_way(account),
        "consequences": queue.said_of(Step.RELEASE),
    }
    return _answer(request, asked, {"account": account, "form": form} | shown)


@require_http_methods(["GET", "HEAD", "POST"])
@lead_only
@second_factor_recent
def ask_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask that our access to an account is given back."""
    account = find_account(request, pk)
    form = AskForm(sent(request))
    asked = _asked(form, partial(revoking.ask_to_revoke, account, by=person_of(request)))
    shown = {
        "heading": _("Ask to give back our access?"),
        "open_one": proposals.open_about(account).get(Step.REVOKE),
        "why_not": revoking.why_not(account),
        "consequences": queue.said_of(Step.REVOKE),
    }
    return _answer(request, asked, {"account": account, "form": form} | shown)


@require_http_methods(["GET", "HEAD", "POST"])
@lead_only
@second_factor_recent
def ask_remove_post(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask that the post an incident is about is taken down; `pk` is the incident's."""
    incident = get_object_or_404(Incident.objects.select_related("account"), pk=pk)
    account = find_account(request, incident.account_id)
    form = AskForm(sent(request))
    asked = _asked(form, partial(rogue_posts.ask_to_remove, incident, by=person_of(request)))
    shown = {
        "heading": _("Ask to take this post down?"),
        "open_one": proposals.open_posts(account).get(incident.subject),
        "why_not": rogue_posts.why_not(incident),
        "incidents": [incident],
        "consequences": queue.said_of(Step.REMOVE_POST),
    }
    return _answer(request, asked, {"account": account, "form": form} | shown)


def _asked(form: Form, ask: Callable[..., Proposal]) -> Proposal | None:
    """Ask with what the form says; None when it is not filled in, or refused with a sentence on the form."""
    if not form.is_valid():
        return None
    try:
        return ask(**form.cleaned_data)
    except proposals.ProposalRefused as refusal:
        form.add_error(None, str(refusal))
        return None


def _answer(request: HttpRequest, asked: Proposal | None, shown: dict[str, Any]) -> HttpResponse:
    if asked is None:
        return render(request, "social/proposal_ask.html", shown)
    messages.success(request, _("Asked. A second person has to agree."))
    return redirect("social:proposal", pk=asked.pk)


def _find(pk: int) -> Proposal:
    return get_object_or_404(
        Proposal.objects.select_related("account__locked_by", "asked_by", "decided_by", "incident"), pk=pk
    )


def _page(request: HttpRequest, shown: Proposal, refusal: str = "") -> HttpResponse:
    account = shown.account
    context = {
        "proposal": shown,
        "account": account,
        "refusal": refusal,
        "form": ConfirmForm(),
        "why_not": proposals.why_not_agree(shown, request.user),
        "is_own": shown.asked_by_id == request.user.pk,
        "why_stopped": why_stopped(account),
        "incidents": account.incidents.filter(closed_at__isnull=True),
        "waiting": queue.waiting_for(account),
        "consequences": queue.consequences(shown),
        "sees_account": manages_accounts(request.user),
    }
    return render(request, "social/proposal.html", context, status=CONFLICT if refusal else 200)

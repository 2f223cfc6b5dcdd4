"""Templates: the list, writing and approving one, taking it out of use, and starting a notice from it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts import permissions
from accounts.access import person_of, role_required, second_factor_recent, sent
from accounts.enums import Kind, Role
from accounts.models import Team, User
from updates.forms.templates import FillForm, TemplateForm, WhoseForm
from updates.models import NoticeTemplate
from updates.writing import templates
from updates.writing.filling import start_from
from updates.writing.templates import TemplateRefused

from .page import officers_only
from .start import authors_only

CONFLICT = 409
managers_only = role_required(Role.APPROVER, Role.COMMUNICATIONS_LEAD)


@require_safe
@officers_only
def listed(request: HttpRequest) -> HttpResponse:
    """List the templates in use, those of the person's own teams first."""
    person = person_of(request)
    mine = permissions.team_ids(person)
    found = NoticeTemplate.objects.filter(retired_at=None).select_related("team")
    theirs_first = sorted(found, key=lambda each: each.team_id not in mine)
    rows = [_row(each, person) for each in theirs_first]
    context = {"rows": rows, "may_make": bool(_teams(person))}
    return render(request, "desk/templates.html", context)


def _row(template: NoticeTemplate, person: User) -> dict[str, object]:
    return {
        "template": template,
        "is_approved": templates.is_approved(template),
        "may_use": permissions.may_write(person, template.team, template.kind),
    }


@require_http_methods(["GET", "HEAD", "POST"])
@managers_only
def start(request: HttpRequest) -> HttpResponseBase:
    """Ask for which team and kind the template is."""
    teams = _teams(person_of(request))
    form = WhoseForm(sent(request), teams=teams)
    if request.method == "POST" and form.is_valid():
        return redirect("desk:template_write", slug=form.cleaned_data["team"], kind=form.cleaned_data["kind"])
    return render(request, "desk/template_start.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@managers_only
def write(request: HttpRequest, slug: str, kind: str) -> HttpResponseBase:
    """Write a new template."""
    team = get_object_or_404(Team, slug=slug)
    if kind not in Kind.values or kind not in team.kind_values:
        raise Http404
    person = person_of(request)
    if not templates.may_manage(person, team, kind):
        raise PermissionDenied
    form = TemplateForm(sent(request), kind=kind)
    context = {"form": form, "team": team, "kind": Kind(kind), "template": None}
    if request.method != "POST" or not form.is_valid():
        return render(request, "desk/template_write.html", context)
    try:
        made = templates.start_template(team=team, kind=kind, by=person, fields=form.words)
    except TemplateRefused as refusal:
        form.add_error("name", str(refusal))
        return render(request, "desk/template_write.html", context, status=CONFLICT)
    messages.success(request, _("The template is kept."))
    return redirect("desk:template", pk=made.pk)


@require_safe
@officers_only
def template(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one template: its words, its slots, who wrote and who approved it, and what may be done."""
    return _page(request, _find(pk))


def _page(request: HttpRequest, shown: NoticeTemplate, refused: str = "", status: int = 200) -> HttpResponse:
    person = person_of(request)
    context = {
        "template": shown,
        "slots": templates.slots_of(shown),
        "seen": templates.template_hash(shown),
        "is_approved": templates.is_approved(shown),
        "why_not": templates.why_not_approve(shown, person),
        "may_manage": not shown.retired_at and templates.may_manage(person, shown.team, shown.kind),
        "may_use": not shown.retired_at and permissions.may_write(person, shown.team, shown.kind),
        "writers": shown.writers.order_by("name"),
        "refused": refused,
    }
    return render(request, "desk/template.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@managers_only
def edit(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Change a template; whoever changes it no longer approves it."""
    shown, person = _find(pk), person_of(request)
    if not templates.may_manage(person, shown.team, shown.kind):
        raise PermissionDenied
    if shown.retired_at:
        return redirect("desk:template", pk=pk)
    form = TemplateForm(sent(request), kind=shown.kind, template=shown)
    version = _version(request, shown.version)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            templates.save_template(shown, seen_version=version, by=person, fields=form.words)
        except TemplateRefused as refusal:
            form.add_error(None, str(refusal))
            # What stands now has been told; saving again is then on purpose.
            version, status = _find(pk).version, CONFLICT
        else:
            messages.success(request, _("The template is kept."))
            return redirect("desk:template", pk=pk)
    context = {
        "form": form,
        "team": shown.team,
        "kind": Kind(shown.kind),
        "template": shown,
        "version": version,
    }
    return render(request, "desk/template_write.html", context, status=status)


def _version(request: HttpRequest, current: int) -> int:
    typed = request.POST.get("version", "") if request.method == "POST" else str(current)
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else 0  # noqa: PLR2004


@require_http_methods(["GET", "HEAD", "POST"])
@managers_only
def approve(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Take the approval of a template; an address typed or kept leads to the template."""
    return _approve(request, pk) if request.method == "POST" else redirect("desk:template", pk=pk)


@second_factor_recent
def _approve(request: HttpRequest, pk: int) -> HttpResponseBase:
    shown = _find(pk)
    try:
        templates.approve(shown, by=person_of(request), seen_hash=request.POST.get("seen", ""))
    except TemplateRefused as refusal:
        return _page(request, _find(pk), str(refusal), CONFLICT)
    messages.success(request, _("Approved. Filled in and otherwise unchanged, it may go live at once."))
    return redirect("desk:template", pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
@managers_only
def retire(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Ask about and carry out taking a template out of use."""
    shown = _find(pk)
    if not templates.may_manage(person_of(request), shown.team, shown.kind):
        raise PermissionDenied
    if request.method != "POST":
        return render(request, "desk/template_retire.html", {"template": shown})
    try:
        templates.retire(shown, by=person_of(request))
    except TemplateRefused as refusal:
        messages.info(request, str(refusal))
    else:
        messages.success(request, _("The template is retired. What was made from it stays."))
    return redirect("desk:templates")


@require_http_methods(["GET", "HEAD", "POST"])
@authors_only
def use(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Fill a template in and start a notice from it; what was typed stays, whatever is refused."""
    shown, person = _find(pk), person_of(request)
    if not permissions.may_write(person, shown.team, shown.kind):
        raise PermissionDenied
    if request.method != "POST" and shown.retired_at:
        return redirect("desk:template", pk=pk)
    form = FillForm(sent(request), template=shown)
    status = 200
    if request.method == "POST" and form.is_valid():
        version = _version(request, shown.version)
        try:
            edition = start_from(shown, by=person, values=form.values, wards=form.wards, seen_version=version)
        except TemplateRefused as refusal:
            shown, status = _find(pk), CONFLICT
            form = FillForm(request.POST, template=shown)
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Filled in. Read it, then send it for approval or publish it."))
            return redirect("desk:edition", reference=edition.notice.reference, number=edition.number)
    context = {"template": shown, "form": form, "is_approved": templates.is_approved(shown)}
    return render(request, "desk/template_use.html", context, status=status)


def _find(pk: int) -> NoticeTemplate:
    people = ("started_by", "changed_by", "approved_by")
    return get_object_or_404(NoticeTemplate.objects.select_related("team", *people), pk=pk)


def _teams(person: User) -> list[Team]:
    """Return the teams for which `person` may write templates of any kind."""
    every = Team.objects.prefetch_related("kinds").order_by("name")
    return [
        team for team in every if any(templates.may_manage(person, team, kind) for kind in team.kind_values)
    ]

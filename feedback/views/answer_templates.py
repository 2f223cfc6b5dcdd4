"""The list of ready-made answers, and writing one; rules live in answer_templates."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.access import role_required
from accounts.permissions import leads_communications

from .. import answer_templates
from ..answer_forms import TemplateForm
from ..listing import PAGE_SIZE
from ..models import AnswerTemplate
from ..moderation import Refused
from ..permissions import INBOX_ROLES, answering_teams, inbox_teams


@role_required(*INBOX_ROLES)
@require_GET
def listed(request: HttpRequest) -> HttpResponse:
    """List the ready-made answers the person can use, by name."""
    number = request.GET.get("page", "1")
    page = Paginator(answer_templates.readable_by(request.user), PAGE_SIZE).get_page(number)
    mine, for_all = answering_teams(request.user), leads_communications(request.user)
    context = {
        "page": page,
        "rows": [(each, for_all if each.team_id is None else each.team_id in mine) for each in page],
        "may_write": answer_templates.may_write_any(request.user),
        "crumbs": _crumbs(None),
    }
    return render(request, "feedback/answer_templates.html", context)


@role_required(*INBOX_ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest) -> HttpResponse:
    """Write a new ready-made answer."""
    if not answer_templates.may_write_any(request.user):
        raise PermissionDenied
    return _form_page(request, None)


@role_required(*INBOX_ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a ready-made answer."""
    return _form_page(request, _find(request, pk))


@role_required(*INBOX_ROLES)
@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete a ready-made answer."""
    template = _find(request, pk)
    answer_templates.remove(template, by=request.user)
    messages.success(request, _("“%(name)s” is deleted.") % {"name": template.name})
    return redirect("inbox:answer_templates")


def _find(request: HttpRequest, pk: int) -> AnswerTemplate:
    template = get_object_or_404(AnswerTemplate.objects.select_related("team"), pk=pk)
    if template.team_id is not None and template.team_id not in inbox_teams(request.user):
        raise Http404
    if not answer_templates.may_change(request.user, template.team):
        raise PermissionDenied
    return template


def _form_page(request: HttpRequest, template: AnswerTemplate | None) -> HttpResponse:
    form = TemplateForm(
        request.POST if request.method == "POST" else None,
        team_ids=answering_teams(request.user),
        for_all=leads_communications(request.user),
        initial=_initial(template),
    )
    status = 200
    if form.is_bound:
        if form.is_valid() and _save(request, form, template):
            return redirect("inbox:answer_templates")
        status = 400
    name = template.name if template else _("New")
    context = {"form": form, "template": template, "crumbs": _crumbs(name)}
    return render(request, "feedback/answer_template.html", context, status=status)


def _initial(template: AnswerTemplate | None) -> dict[str, Any]:
    return {"team": template.team_id, "name": template.name, "text": template.text} if template else {}


def _save(request: HttpRequest, form: TemplateForm, template: AnswerTemplate | None) -> bool:
    try:
        made = answer_templates.save(template, by=request.user, **form.cleaned_data)
    except Refused as refusal:
        form.add_error("team", str(refusal))
        return False
    messages.success(request, _("“%(name)s” is kept.") % {"name": made.name})
    return True


def _crumbs(here: str | None) -> list[tuple[str, str | None]]:
    crumbs: list[tuple[str, str | None]] = [(_("My desk"), "/staff/"), (_("Inbox"), "/staff/inbox/")]
    if here is None:
        return [*crumbs, (_("Ready-made answers"), None)]
    return [*crumbs, (_("Ready-made answers"), "/staff/inbox/templates/"), (here, None)]

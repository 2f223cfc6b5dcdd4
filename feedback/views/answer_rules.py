"""What teams settle about their answers: who wants a second person, which promises were kept."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.access import role_required
from accounts.enums import Role
from accounts.models import Team
from accounts.permissions import is_administrator

from .. import drafts, promises
from ..answer_forms import RuleForm
from ..listing import PAGE_SIZE
from ..models import Answer
from ..moderation import Refused
from ..permissions import INBOX_ROLES, answering_teams, inbox_teams, moderated_teams
from ..working_days import today


@role_required(Role.MODERATOR, Role.ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def rules(request: HttpRequest) -> HttpResponse:
    """Show, and keep, which teams want a second person to see every answer first."""
    among = _teams(request)
    before = set(among.filter(answering_rule__needs_second_person=True))
    form = RuleForm(
        request.POST if request.method == "POST" else None, among=among, initial={"teams": before}
    )
    if form.is_bound and form.is_valid():
        wanted = set(form.cleaned_data["teams"])
        for team in sorted(wanted ^ before, key=str):
            drafts.set_rule(team, by=request.user, needs_second_person=team in wanted)
        messages.success(request, _("Kept."))
        return redirect("inbox:answering_rules")
    from_inbox = bool(inbox_teams(request.user))
    way = (_("Inbox"), reverse("inbox:queue")) if from_inbox else (_("Teams"), reverse("accounts:teams"))
    context = {"form": form, "crumbs": [(_("My desk"), "/staff/"), way, (_("Second person"), None)]}
    return render(request, "feedback/answering_rules.html", context, status=400 if form.is_bound else 200)


@role_required(*INBOX_ROLES)
@require_GET
def promised(request: HttpRequest) -> HttpResponse:
    """List what the answers of the person's teams promised: what is open first, the soonest on top."""
    rows = promises.made_by(inbox_teams(request.user))
    context = {
        "page": Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page", "1")),
        "mine": answering_teams(request.user),
        "today": today(),
        "crumbs": [(_("My desk"), "/staff/"), (_("Inbox"), "/staff/inbox/"), (_("Promises"), None)],
    }
    return render(request, "feedback/promises.html", context)


@role_required(*INBOX_ROLES)
@require_POST
def kept(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark a promise as kept."""
    answer = get_object_or_404(Answer.objects.select_related("team", "question__notice"), pk=pk)
    if answer.team_id not in inbox_teams(request.user):
        raise Http404
    try:
        promises.keep(answer, by=request.user)
        messages.success(request, _("The promise is marked as kept."))
    except Refused as refusal:
        messages.warning(request, str(refusal))
    return redirect("inbox:promises")


def _teams(request: HttpRequest) -> QuerySet[Team]:
    if is_administrator(request.user):
        return Team.objects.all()
    return Team.objects.filter(pk__in=moderated_teams(request.user))

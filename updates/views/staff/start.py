"""Starting a notice or the next edition of one: one question a page."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.access import role_required
from accounts.enums import Kind, Role
from accounts.models import Team, User
from updates import desk, drafting
from updates.forms.start import KindForm, TeamForm

authors_only = role_required(Role.AUTHOR)


@require_http_methods(["GET", "HEAD", "POST"])
@authors_only
def kind(request: HttpRequest) -> HttpResponseBase:
    """Ask what kind of notice it is; only the kinds the person may write are offered."""
    assert isinstance(request.user, User)
    kinds = [each for each in Kind.values if desk.teams_to_write_for(request.user, each)]
    form = KindForm(request.POST or None, kinds=kinds)
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data["kind"]
        teams = desk.teams_to_write_for(request.user, chosen)
        if len(teams) == 1:
            return _started(request, teams[0], chosen)
        return redirect("desk:start_team", kind=chosen)
    return render(request, "desk/start.html", {"form": form, "has_choice": bool(kinds)})


@require_http_methods(["GET", "HEAD", "POST"])
@authors_only
def team(request: HttpRequest, kind: str) -> HttpResponseBase:
    """Ask which team publishes it, then start the first edition."""
    if kind not in Kind.values:
        raise Http404
    assert isinstance(request.user, User)
    teams = desk.teams_to_write_for(request.user, kind)
    form = TeamForm(request.POST or None, teams=teams)
    if request.method == "POST" and form.is_valid():
        chosen = next(each for each in teams if each.slug == form.cleaned_data["team"])
        return _started(request, chosen, kind)
    return render(request, "desk/start.html", {"form": form, "has_choice": bool(teams)})


@require_http_methods(["GET", "HEAD", "POST"])
@authors_only
def new_edition(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Start the next edition of a notice from what residents see now, or go on with the open one.

    An address typed or kept (GET) changes nothing: it leads to the notice.
    """
    notice = desk.find_notice(reference)
    if request.method != "POST":
        return redirect("desk:notice", reference=notice.reference)
    assert isinstance(request.user, User)
    try:
        edition = drafting.start_edition(notice, by=request.user)
    except drafting.DraftClosed as closed:
        messages.warning(request, str(closed))
        return redirect("desk:notice", reference=notice.reference)
    page = "desk:edit" if edition.is_editable else "desk:edition"
    return redirect(page, reference=notice.reference, number=edition.number)


def _started(request: HttpRequest, team: Team, kind: str) -> HttpResponse:
    assert isinstance(request.user, User)
    edition = drafting.start_notice(team=team, kind=kind, by=request.user)
    return redirect("desk:edit", reference=edition.notice.reference, number=edition.number)

"""The inbox's list: what residents sent to a person's teams, narrowed as they ask; changes nothing."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accounts.access import role_required
from accounts.enums import Role
from accounts.permissions import team_ids
from look.paging import kept_query

from .. import listing, me_too
from ..enums import State
from ..permissions import INBOX_ROLES, inbox_teams
from ..staff_forms import HERE, InboxFilter

# Lists of what is done; everything else is read by what is due first.
_NEWEST_FIRST = (State.PUBLISHED, State.HIDDEN, State.ALL)


@role_required(*INBOX_ROLES)
@require_GET
def queue(request: HttpRequest) -> HttpResponse:
    """List what came in for the person's teams, what is due first on top."""
    teams = inbox_teams(request.user)
    form = InboxFilter(request.GET or {"state": State.TO_DO}, team_ids=teams, sources=listing.sources(teams))
    chosen = form.chosen()
    state = chosen["state"] or State.TO_DO
    rows = _narrowed(_in_state(listing.every(chosen["sort"]), state, request.user), chosen, teams)
    page = listing.page(
        me_too.counted(rows), request.GET.get("page", "1"), newest_first=state in _NEWEST_FIRST
    )
    context = {
        "form": form,
        "page": page,
        "state": state,
        "query": kept_query(request),
        "list_query": list_query(request),
        "moderated_teams": team_ids(request.user, Role.MODERATOR),
        "crumbs": [(_("My desk"), "/staff/"), (_("Inbox"), None)],
    }
    return render(request, "feedback/queue.html", context)


def _in_state(rows: QuerySet[Any], state: str, user: Any) -> QuerySet[Any]:
    return listing.assigned_to(rows, user) if state == State.MINE else listing.in_state(rows, state)


def _narrowed(rows: QuerySet[Any], chosen: dict[str, Any], teams: frozenset[int]) -> QuerySet[Any]:
    rows = rows.filter(team__in=teams)
    if chosen["q"]:
        rows = listing.containing(rows, chosen["q"])
    if chosen["person"]:
        rows = rows.filter(assigned_to=chosen["person"])
    if chosen["team"]:
        rows = rows.filter(team=chosen["team"])
    if source := chosen.get("source"):
        rows = rows.filter(source="" if source == HERE else source)
    return rows.filter(ward=chosen["ward"]) if chosen["ward"] else rows


def list_query(request: HttpRequest) -> str:
    """Return the list's filter as the address carries it along ("?state=waiting"), or nothing."""
    kept = QueryDict(mutable=True)
    for name in ("q", "state", "sort", "team", "ward", "source", "person", "page"):
        if name in request.GET:
            kept[name] = request.GET[name]
    return f"?{kept.urlencode()}" if kept else ""

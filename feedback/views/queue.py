"""The inbox's list: what residents sent to a person's teams, narrowed as they ask; changes nothing."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accounts.access import role_required
from look.paging import kept_query

from .. import bulk, bulk_rows, listing, me_too
from ..bulk_forms import BarForm
from ..enums import State, Status
from ..permissions import INBOX_ROLES, inbox_teams, moderated_teams
from ..staff_forms import HERE, InboxFilter

# Lists of what is done; everything else is read by what is due first.
_NEWEST_FIRST = (State.PUBLISHED, State.HIDDEN, State.ALL)
_CARRIED = ("q", "state", "sort", "team", "ward", "source", "person", "page")


@dataclass(frozen=True)
class Asked:
    """What a list was asked for: its filter, the state, and the rows that fit."""

    form: InboxFilter
    state: str
    rows: QuerySet[Any]


@role_required(*INBOX_ROLES)
@require_GET
def queue(request: HttpRequest) -> HttpResponse:
    """List what came in for the person's teams, what is due first on top."""
    asked = asked_for(request)
    page = listing.page(
        me_too.counted(asked.rows), request.GET.get("page", "1"), newest_first=asked.state in _NEWEST_FIRST
    )
    context = {
        "form": asked.form,
        "page": page,
        "state": asked.state,
        "is_narrowed": any(request.GET.get(name) for name in ("sort", "team", "ward", "source", "person")),
        "query": kept_query(request),
        "list_query": list_query(request),
        "moderated_teams": moderated_teams(request.user),
        "crumbs": [(_("My desk"), "/staff/"), (_("Inbox"), None)],
        **_many(request, page.object_list, asked.rows),
    }
    return render(request, "feedback/queue.html", context)


def asked_for(request: HttpRequest) -> Asked:
    """Return the rows of the person's teams that the address asks for, with the form and the state."""
    teams = inbox_teams(request.user)
    form = InboxFilter(request.GET or {"state": State.TO_DO}, team_ids=teams, sources=listing.sources(teams))
    chosen = form.chosen()
    state = chosen["state"] or State.TO_DO
    rows = _narrowed(_in_state(listing.every(chosen["sort"]), state, request.user), chosen, teams)
    return Asked(form, state, rows)


def _many(request: HttpRequest, voices: Iterable[Any], rows: QuerySet[Any]) -> dict[str, Any]:
    """Return what a moderator needs to decide many at once; nothing for others."""
    teams = moderated_teams(request.user)
    if not teams:
        return {}
    return {
        "bulk_form": BarForm(auto_id="bulk_%s"),
        "bulk_all": rows.filter(status=Status.WAITING, team__in=teams).count(),
        "bulk_most": bulk.MOST,
        "bulk_lately": bulk.lately(request.user),
        "same_words": bulk_rows.times(voices, teams),
        "kept_fields": kept_fields(request),
    }


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


def kept_fields(request: HttpRequest) -> list[tuple[str, str]]:
    """Return the list's filter as hidden fields of a form carry it along."""
    return [(name, request.GET[name]) for name in _CARRIED if name in request.GET]


def list_query(request: HttpRequest) -> str:
    """Return the list's filter as the address carries it along ("?state=waiting"), or nothing."""
    kept = QueryDict(mutable=True)
    for name, value in kept_fields(request):
        kept[name] = value
    return f"?{kept.urlencode()}" if kept else ""

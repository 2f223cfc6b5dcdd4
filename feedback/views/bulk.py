"""Deciding many at once: choosing, confirming, what came of it, undoing; the rules live in bulk."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.access import role_required
from accounts.enums import Role

from .. import bulk, bulk_rows, listing, tasks
from ..bulk_forms import ConfirmForm, WhatForm, seen
from ..enums import BulkState, Status
from ..models import BulkDecision
from ..moderation import Decision, Refused
from ..permissions import inbox_teams, moderated_teams
from .queue import asked_for, kept_fields, list_query

# So many are decided while the person waits (a second or two); the workers do the others.
AT_ONCE = 50


@role_required(Role.MODERATOR)
@require_GET
def choose(request: HttpRequest) -> HttpResponse:
    """Show what would be decided about the chosen rows, and what cannot; without a decision, ask for it."""
    voices, number = _chosen(request)
    form = WhatForm(request.GET if request.GET.get("what") else None)
    what = form.chosen()
    refused = bulk_rows.obstacles(voices, what, request.user) if voices else {}
    can = [each for each in voices if each not in refused]
    context = {
        "form": form,
        "what": what,
        "confirm": ConfirmForm(initial={"what": request.GET.get("what"), "seen": seen(can)}),
        "can": can,
        "groups": bulk_rows.by_words(can),
        "refused": bulk_rows.by_reason(refused),
        "refused_number": len(refused),
        "masked": sum(bulk_rows.is_masked(each) for each in can) if what == bulk.SHOW else 0,
        "told": bulk_rows.told_by_mail(can),
        "most": bulk.MOST if number > bulk.MOST else 0,
        "number": number,
        "chosen_fields": _chosen_fields(request),
        **_around(request, _("Decide about many")),
    }
    return render(request, "feedback/bulk.html", context)


@role_required(Role.MODERATOR)
@require_POST
def decide(request: HttpRequest) -> HttpResponse:
    """Keep what the person confirmed, do the first of it at once, and show what came of it."""
    form = ConfirmForm(request.POST)
    what = form.chosen()
    if what is None:
        messages.warning(request, _("Nothing was decided. Choose again what you decide about."))
        return _to_inbox(request)
    versions = form.cleaned_data["seen"]
    voices = bulk_rows.read(bulk_rows.of_references(versions), bulk.MOST)
    if gone := len(versions) - len(voices):
        messages.warning(request, _("%(number)s are gone: they were deleted meanwhile.") % {"number": gone})
    try:
        made = bulk.plan(
            what,
            {each: versions[each.reference] for each in voices},
            _refused_now(voices, what, request.user, versions),
            by=request.user,
            key=form.cleaned_data["key"],
        )
    except Refused as refusal:
        messages.warning(request, str(refusal))
        return _to_inbox(request)
    return _work(request, made)


@role_required(Role.MODERATOR)
@require_GET
def result(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what came of a person's own bulk decision."""
    made = _own(request, pk)
    items = list(made.items.select_related("voice").order_by("pk"))
    of = {state: [each for each in items if each.state == state] for state in BulkState}
    left = len(of[BulkState.PLANNED]) + len(of[BulkState.UNDOING])
    done = of[BulkState.DONE] + of[BulkState.UNDOING] + of[BulkState.KEPT] + of[BulkState.UNDONE]
    is_hiding = made.decision == Decision.HIDE.value
    context = {
        "made": made,
        "is_hiding": is_hiding,
        "told": bulk_rows.told_by_mail(each.voice for each in done) if is_hiding else 0,
        "done": done,
        "undone": of[BulkState.UNDONE],
        "not_done": bulk_rows.by_reason({each.voice: each.why for each in of[BulkState.REFUSED]}),
        "not_done_number": len(of[BulkState.REFUSED]),
        "not_undone": bulk_rows.by_reason({each.voice: each.why for each in of[BulkState.KEPT]}),
        "not_undone_number": len(of[BulkState.KEPT]),
        "left": left,
        "total": len(items),
        "can_undo": made.undone_at is None and bool(of[BulkState.DONE] or left),
        **_around(request, _("Decided about many")),
    }
    return render(request, "feedback/bulk_result.html", context)


@role_required(Role.MODERATOR)
@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Put everything of a person's own bulk decision back in the queue that nobody decided since."""
    made = _own(request, pk)
    bulk.undo(made, by=request.user)
    return _work(request, made)


def _chosen(request: HttpRequest) -> tuple[list[Any], int]:
    """Return the rows the address asks for, at most as many as may be decided, and how many there are."""
    teams = inbox_teams(request.user)
    if request.GET.get("all"):
        rows = asked_for(request).rows.filter(status=Status.WAITING, team__in=moderated_teams(request.user))
    elif same := request.GET.get("same"):
        first = listing.every().filter(reference=same, team__in=teams).first()
        if first is None:
            raise Http404
        rows = bulk_rows.same_words(first, teams)
    else:
        chosen = request.GET.getlist("row")[: bulk.MOST]
        rows = bulk_rows.of_references(chosen).filter(team__in=teams)
    voices = bulk_rows.read(rows, bulk.MOST)
    return voices, rows.count() if len(voices) == bulk.MOST else len(voices)


def _chosen_fields(request: HttpRequest) -> list[tuple[str, str]]:
    """Return what the address chose, for the hidden fields of the form that asks what to do."""
    names = ("row", "all", "same")
    return [(name, value) for name in names for value in request.GET.getlist(name)] + kept_fields(request)


def _refused_now(voices: list[Any], what: bulk.What, user: Any, versions: dict[str, int]) -> dict[Any, str]:
    """Return what cannot be decided after all; what changed meanwhile is moderation's to tell."""
    found = bulk_rows.obstacles(voices, what, user) if voices else {}
    return {each: why for each, why in found.items() if versions[each.reference] == each.version}


def _work(request: HttpRequest, made: BulkDecision) -> HttpResponse:
    if not bulk.work(made.pk, most=AT_ONCE):
        tasks.hand_over_bulk(made.pk)
    return redirect(f"{reverse('inbox:bulk_result', args=[made.pk])}{list_query(request)}")


def _own(request: HttpRequest, pk: int) -> BulkDecision:
    return get_object_or_404(BulkDecision.objects.select_related("by"), pk=pk, by=request.user)


def _to_inbox(request: HttpRequest) -> HttpResponse:
    return redirect(f"{reverse('inbox:queue')}{list_query(request)}")


def _around(request: HttpRequest, title: str) -> dict[str, Any]:
    back = list_query(request)
    return {
        "list_query": back,
        "crumbs": [(_("My desk"), "/staff/"), (_("Inbox"), f"/staff/inbox/{back}"), (title, None)],
    }

"""A notice and one edition of it as staff see them, and the preview of residents' page."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts import permissions
from accounts.models import User
from updates import desk, workflow
from updates.enums import OPEN_STATUSES, Status
from updates.guards import Move, urgent_kind
from updates.models import Edition
from updates.writing import preapproval, previews, review

from . import page
from .page import officers_only


@require_safe
@officers_only
def notice(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Lead to the edition that counts today: the one being worked on, else the newest."""
    found = desk.edition_to_show(desk.find_notice(reference))
    return redirect("desk:edition", reference=found.notice.reference, number=found.number)


@require_safe
@officers_only
def edition(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Show one edition: its words, what was checked, who did what, and what the person may do with it."""
    shown = desk.find_edition(reference, number)
    assert isinstance(request.user, User)
    context = {
        **page.reading(shown),
        "moves": workflow.available(shown, request.user),
        "may_edit": shown.is_editable and _may_write(request.user, shown),
        "may_start_edition": _may_start_edition(request.user, shown),
        "why_not_approve": workflow.why_not_approve(shown, request.user),
        "may_decide": desk.approvers_for(shown) if shown.status == Status.SUBMITTED else [],
        "contributors": page.contributors(shown),
        "history": page.history(shown),
        "editions": desk.editions_of(shown.notice),
        "sharing": _sharing(request.user, shown),
        **_made_from(shown),
        "may_look": review.may_look(request.user, shown.notice),
    }
    return render(request, "desk/edition.html", context)


@require_safe
@officers_only
def preview(request: HttpRequest, reference: str, number: int) -> HttpResponseBase:
    """Show residents' page of an edition, from their own template, before it is theirs."""
    shown = desk.find_edition(reference, number)
    context = page.residents_see(shown)
    if context is None:
        messages.info(request, _("Fill in the details first, then there is a page to see."))
        return redirect("desk:edition", reference=shown.notice.reference, number=shown.number)
    return render(request, "desk/preview.html", {**context, "back_to": shown})


def _made_from(edition: Edition) -> dict[str, Any]:
    """Return from which template a draft was made and whether it is still nothing else; else nothing."""
    filling = preapproval.filling_of(edition) if edition.status in OPEN_STATUSES else None
    if filling is None:
        return {}
    why_not = preapproval.why_not(edition)
    may_go = not why_not and not urgent_kind(Move(edition, None))
    return {"filling": filling, "is_template_alone": may_go, "why_not_template": why_not}


def _sharing(user: User, edition: Edition) -> dict[str, Any] | None:
    """Return the links to a preview of `edition` for those who may make them, or that are still open."""
    links, may_share = previews.links_of(edition), previews.may_share(user, edition)
    if not links and not (may_share and edition.status in OPEN_STATUSES):
        return None
    alive = [link for link in links if previews.is_alive(link, timezone.now())]
    return {"all": links, "alive": alive, "may_share": may_share}


def _may_write(user: User, edition: Edition) -> bool:
    return permissions.may_write(user, edition.notice.team, edition.notice.kind)


def _may_start_edition(user: User, edition: Edition) -> bool:
    notice = edition.notice
    if notice.live_edition_id is None or notice.withdrawn_at or not _may_write(user, edition):
        return False
    return not notice.editions.filter(status__in=OPEN_STATUSES).exists()

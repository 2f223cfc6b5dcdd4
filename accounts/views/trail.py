"""The audit trail for administrators: search, export as CSV; must not write but to record the export."""

import json
from itertools import chain

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from audit.models import Event
from audit.recorder import record
from look import spreadsheet
from look.paging import kept_query

from .. import access
from ..forms import AuditFilter
from .people import administrators

PER_PAGE = 50
COLUMNS = (
    "sequence", "at", "actor_id", "actor_name", "ip", "action",
    "target_type", "target_id", "target_label", "detail", "hash",
)  # fmt: skip


@administrators
@require_safe
def trail(request: HttpRequest) -> HttpResponse:
    """Show the trail, newest first."""
    form = AuditFilter(request.GET or None)
    page = Paginator(form.found(), PER_PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "page": page, "query": kept_query(request)}
    return render(request, "accounts/trail.html", context)


@administrators
@access.second_factor_recent
@require_POST
def export(request: HttpRequest) -> StreamingHttpResponse:
    """Stream what the filter finds as CSV. A POST, because taking the trail away is itself an event."""
    form = AuditFilter(request.POST)
    events = form.found()
    wanted = {name: value for name, value in request.POST.items() if name in form.fields and value}
    record("audit.exported", actor=request.user, filter=wanted, events=events.count())
    rows = chain([COLUMNS], map(_cells, events.iterator(chunk_size=2000)))
    return spreadsheet.streamed(rows, f"audit-{timezone.localtime():%Y-%m-%d-%H%M}.csv")


def _cells(event: Event) -> list[object]:
    cells = {name: getattr(event, name) for name in COLUMNS}
    detail = json.dumps(event.detail, ensure_ascii=False) if event.detail else ""
    return list({**cells, "at": event.at.isoformat(), "detail": detail}.values())

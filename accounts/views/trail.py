"""The audit trail for administrators: search, export as CSV; must not write but to record the export."""

import csv
import json
from collections.abc import Iterator
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from audit.models import Event
from audit.recorder import record

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
    query = request.GET.copy()
    query.pop("page", None)
    context = {"form": form, "page": page, "query": f"{query.urlencode()}&" if query else ""}
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
    response = StreamingHttpResponse(_lines(events), content_type="text/csv; charset=utf-8")
    stamp = timezone.localtime().strftime("%Y-%m-%d-%H%M")
    response["Content-Disposition"] = f'attachment; filename="audit-{stamp}.csv"'
    return response


class _Echo:
    """Gives back each line that csv writes, so that it can be streamed."""

    def write(self, line: str) -> str:
        return line


def _lines(events: Any) -> Iterator[str]:
    writer = csv.writer(_Echo())
    yield writer.writerow(COLUMNS)
    for event in events.iterator(chunk_size=2000):
        yield writer.writerow([harmless(cell) for cell in _cells(event)])


def _cells(event: Event) -> list[object]:
    cells = {name: getattr(event, name) for name in COLUMNS}
    detail = json.dumps(event.detail, ensure_ascii=False) if event.detail else ""
    return list({**cells, "at": event.at.isoformat(), "detail": detail}.values())


def harmless(cell: object) -> str:
    """Return a cell a spreadsheet will show and not run: what would begin a formula gets an apostrophe."""
    text = "" if cell is None else str(cell)
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text

"""Residents' pages of consultations: pure functions of the database; answering has addresses of its own."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from updates.views.public.page import residents_page, respond
from updates.views.public.paging import page_of, path_of

from .. import listing
from ..consultations import showing
from ..enums import ItemKind, Stage
from ..models import Consultation

# A council has a handful open at a time; the rest of a longer row is found page by page among all.
SHOWN_AT_ONCE = 50
OVER = (Stage.DECIDED, Stage.ARCHIVED, Stage.CANCELLED)


@residents_page
def listed(request: HttpRequest) -> HttpResponse:
    """Show what can be answered now, what comes, what is owed, and page by page what is over. Six queries."""
    rows = showing.public()
    page, problems = page_of(request, rows.filter(stage__in=OVER))
    opened = rows.filter(stage=Stage.OPEN, opened_at__isnull=False).order_by("closes_at", "pk")
    context = {
        "open": _lines(opened),
        "coming": _lines(rows.filter(stage=Stage.OPEN, opened_at__isnull=True).order_by("opens_at", "pk")),
        "owed": _lines(rows.filter(stage=Stage.CLOSED).order_by("closed_at", "pk")),
        "page": page,
        "over": [showing.line(each) for each in page],
        "problems": problems,
        "nav": "say",
    }
    return respond("feedback/consultations/list.html", context, path=path_of("consultations:list", "", page))


def _lines(rows: QuerySet[Consultation]) -> list[dict[str, Any]]:
    return [showing.line(each) for each in rows[:SHOWN_AT_ONCE]]


@residents_page
def page(request: HttpRequest, reference: str) -> HttpResponse:
    """Show one consultation: what it is about, what can change, when; closed, what people said."""
    found = _found(reference)
    return respond("feedback/consultations/page.html", showing.page(found), path=found.get_absolute_url())


@residents_page
def words(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Show what people wrote to one question, page by page; nothing before the consultation has closed."""
    found = _found(reference)
    item = found.items.filter(number=number, kind=ItemKind.TEXT).first()
    if item is None or showing.standing(found) not in ("closed", "decided"):
        raise Http404
    rows = listing.page(showing.remarks(found).filter(item=item), request.GET.get("page", "1"))
    context = {
        "consultation": found,
        "item": item,
        "page": rows,
        "nav": "say",
        "crumbs": [
            (_("Home"), "/"),
            (found.title, found.get_absolute_url()),
            (_("What people wrote"), None),
        ],
    }
    path = reverse("consultations:words", args=[found.reference, number])
    return respond("feedback/consultations/words.html", context, path=path)


def _found(reference: str) -> Consultation:
    found: Consultation = get_object_or_404(showing.public(), reference=reference)
    return found

"""The list of notices with its filter and its search."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from places.lookup import Place, ward_for
from updates import cards, filters
from updates.models import Notice
from updates.search.finding import extracts, search
from updates.search.narrowing import narrowed

from .page import residents_page, respond

PER_PAGE = 20
# More digits than any page number has: int() of a very long text takes long.
_MAX_DIGITS = 6


@residents_page
def notices(request: HttpRequest) -> HttpResponse:
    """Show the list, narrowed by kind, ward, state and days, or what a search finds; at most nine queries."""
    chosen = filters.read(request.GET)
    return _found(request, chosen) if chosen.q else _listed(request, chosen)


def _found(request: HttpRequest, chosen: filters.Chosen) -> HttpResponse:
    """Show what a search finds, the best first, with extracts."""
    found = search(chosen.asked)
    page, problem = page_of(found.keys, request.GET.get("page", ""))
    notices = Notice.objects.with_live_edition().in_bulk(list(page))
    shown = [notices[key] for key in page if key in notices]
    said = extracts(shown, found.words) if shown else {}
    context = {
        "chosen": chosen,
        "found": found,
        "page": page,
        "hits": [(cards.card(notice), said[notice.pk]) for notice in shown if notice.pk in said],
        "problems": [*chosen.problems, *([problem] if problem else [])],
        "place": ward_for(chosen.q),
        "nav": "notices",
    }
    path = f"{reverse('updates:list')}{_own_query(chosen.query, page)}"
    return respond("updates/search.html", context, path=path)


def _listed(request: HttpRequest, chosen: filters.Chosen) -> HttpResponse:
    found = narrowed(chosen.asked)
    if chosen.state == "current":
        # Somebody in a hurry looked their street up: the emergency comes before the food market.
        found = found.order_by("-urgency", "-updated_at", "-id")
    page, problem = page_of(found.with_live_edition(), request.GET.get("page", ""))
    context = {
        "chosen": chosen,
        "page": page,
        "cards": [cards.card(notice) for notice in page],
        "problems": [*chosen.problems, *([problem] if problem else [])],
        "banner_places": [Place(chosen.ward)] if chosen.ward else None,
        "feed_url": f"{reverse('updates:atom')}?{chosen.feed_query}".rstrip("?&"),
        "nav": "notices",
    }
    path = f"{reverse('updates:list')}{_own_query(chosen.query, page)}"
    return respond("updates/list.html", context, path=path)


def page_of(found: QuerySet[Any] | list[int], asked: str) -> tuple[Page[Any], str]:
    """Return the page asked for and "", or the nearest one and a sentence saying so."""
    paginator = Paginator(found, PER_PAGE)
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) <= _MAX_DIGITS else 0
    if asked and not 0 < number <= paginator.num_pages:
        last = _("There is no page “%(asked)s”. This is page %(shown)s of %(last)s.")
        shown = paginator.num_pages if asked.isascii() and asked.isdigit() and number != 0 else 1
        words = {"asked": _shortened(asked), "shown": shown, "last": paginator.num_pages}
        return paginator.page(shown), last % words
    return paginator.page(number or 1), ""


def _shortened(text: str) -> str:
    plain = text.replace("\x00", "")
    return plain if len(plain) <= 2 * _MAX_DIGITS else f"{plain[: 2 * _MAX_DIGITS]}…"


def _own_query(query: str, page: Page[Any]) -> str:
    number = f"page={page.number}" if page.number > 1 else ""
    text = f"{query}{number}".rstrip("&")
    return f"?{text}" if text else ""

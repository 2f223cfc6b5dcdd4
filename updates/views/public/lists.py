"""The list of notices with its filter and its search."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from places.lookup import Place, ward_for
from updates import cards, filters
from updates.models import Notice
from updates.search.finding import extracts, search
from updates.search.narrowing import narrowed

from .page import residents_page, respond
from .paging import page_of, path_of


@residents_page
def notices(request: HttpRequest) -> HttpResponse:
    """Show the list, narrowed by kind, ward, state and days, or what a search finds; at most nine queries."""
    chosen = filters.read(request.GET)
    return _found(request, chosen) if chosen.q else _listed(request, chosen)


def _found(request: HttpRequest, chosen: filters.Chosen) -> HttpResponse:
    """Show what a search finds, the best first, with extracts."""
    found = search(chosen.asked)
    page, problems = page_of(request, found.keys)
    notices = Notice.objects.with_live_edition().in_bulk(list(page))
    shown = [notices[key] for key in page if key in notices]
    said = extracts(shown, found.words) if shown else {}
    context = {
        "chosen": chosen,
        "found": found,
        "page": page,
        "hits": [(cards.card(notice), said[notice.pk]) for notice in shown if notice.pk in said],
        "problems": [*chosen.problems, *problems],
        "place": ward_for(chosen.q),
        "nav": "notices",
    }
    path = path_of("updates:list", chosen.query, page)
    return respond("updates/search.html", context, path=path)


def _listed(request: HttpRequest, chosen: filters.Chosen) -> HttpResponse:
    found = narrowed(chosen.asked)
    if chosen.state == "current":
        # Somebody in a hurry looked their street up: the emergency comes before the food market.
        found = found.order_by("-urgency", "-updated_at", "-id")
    page, problems = page_of(request, found.with_live_edition())
    context = {
        "chosen": chosen,
        "page": page,
        "cards": [cards.card(notice) for notice in page],
        "problems": [*chosen.problems, *problems],
        "banner_places": [Place(chosen.ward)] if chosen.ward else None,
        "feed_url": f"{reverse('updates:atom')}{chosen.for_feed}",
        "nav": "notices",
    }
    path = path_of("updates:list", chosen.query, page)
    return respond("updates/list.html", context, path=path)

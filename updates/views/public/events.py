"""What is on: the coming events by day, and a month at a glance."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from look.months import Month
from updates import cards
from updates.events import asked, listing, occurrences
from updates.events.asked import Asked
from updates.models import NoticeQuerySet, Occurrence

from .page import residents_page, respond
from .paging import page_of, path_of

# Addresses of other years lead nowhere, so that no robot walks through them for ever.
YEARS = range(2020, 2101)


@residents_page
def events(request: HttpRequest) -> HttpResponse:
    """Show every coming date, the soonest first; at most six queries."""
    chosen = asked.read(request.GET)
    dates = occurrences.coming(chosen.events())
    page, problems = page_of(request, dates)
    shown = list(page)
    context = {
        **_common(chosen),
        "page": page,
        "days": listing.by_day(shown),
        "problems": problems,
        "undated": _undated(chosen) if page.number == 1 else [],
        "at_a_glance": Month.of(shown[0].starts_at) if shown else None,
    }
    path = path_of("updates:events", chosen.query, page)
    return respond("updates/events.html", context, path=path)


@residents_page
def month(request: HttpRequest, month: Month) -> HttpResponse:
    """Show one month as a table, what is over included; at most five queries."""
    if month.year not in YEARS:
        raise Http404
    chosen = asked.read(request.GET)
    every = chosen.events("all")
    context = {
        **_common(chosen),
        "month": month,
        "sheet": listing.by_month(month, list(occurrences.between(every, month.starts_at, month.ends_at))),
        "before": month.moved(-1) if _any(every, starts_at__lt=month.starts_at) else None,
        "after": month.moved(1) if _any(every, ends_at__gt=month.ends_at) else None,
    }
    path = f"{reverse('updates:events_month', args=[month])}{chosen.in_address}"
    return respond("updates/events_month.html", context, path=path)


def _common(chosen: Asked) -> dict[str, Any]:
    feed = f"{settings.PORTAL_URL}{reverse('updates:calendar')}"
    feed += f"?ward={chosen.ward.slug}" if chosen.ward else ""
    return {
        "chosen": chosen,
        "nav": "events",
        "feed_url": feed,
        "webcal_url": f"webcal://{feed.partition('://')[2]}",
    }


def _undated(chosen: Asked) -> list[cards.Row]:
    """Return the events that were postponed to a day nobody knows yet."""
    found = chosen.events().filter(starts_at__isnull=True).order_by("-updated_at", "-id")
    return [cards.event_row(notice) for notice in found.select_related("live_edition__event")]


def _any(notices: NoticeQuerySet, **when: Any) -> bool:
    return Occurrence.objects.filter(notice__in=notices.order_by(), **when).exists()

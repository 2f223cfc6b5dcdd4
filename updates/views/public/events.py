"""What is on: the coming events by day, and a month at a glance."""

from datetime import date
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from look import times
from updates import cards
from updates.events import asked, listing, occurrences, words
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
        "month": _month_of(shown),
    }
    path = path_of("updates:events", chosen.query, page)
    return respond("updates/events.html", context, path=path)


@residents_page
def month(request: HttpRequest, year: int, month: int) -> HttpResponse:
    """Show one month as a table, what is over included; at most five queries."""
    if year not in YEARS or not 1 <= month <= 12:  # noqa: PLR2004 a year has as many
        raise Http404
    chosen, first = asked.read(request.GET), date(year, month, 1)
    starts, ends = listing.bounds(first)
    every = chosen.events("all")
    context = {
        **_common(chosen),
        "month": listing.by_month(first, list(occurrences.between(every, starts, ends))),
        "month_name": words.month(first),
        "before": _link(listing.month_before(first)) if _any(every, starts_at__lt=starts) else None,
        "after": _link(listing.next_month(first)) if _any(every, ends_at__gt=ends) else None,
    }
    path = reverse("updates:events_month", args=[year, f"{month:02}"])
    return respond("updates/events_month.html", context, path=f"{path}{chosen.in_address}")


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


def _month_of(shown: list[Occurrence]) -> tuple[str, str] | None:
    return _link(times.in_zone(shown[0].starts_at).date()) if shown else None


def _link(day: date) -> tuple[str, str]:
    return words.month(day), reverse("updates:events_month", args=[day.year, f"{day.month:02}"])


def _any(notices: NoticeQuerySet, **when: Any) -> bool:
    return Occurrence.objects.filter(notice__in=notices.order_by(), **when).exists()

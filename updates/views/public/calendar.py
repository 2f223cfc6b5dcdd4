"""Calendars for people's own programs: one event's file, and the feed of a kind and a ward."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import http_date

from accounts.enums import Kind
from places.models import Ward
from updates.events import calendar, entries
from updates.models import Notice

from .page import residents_page


@residents_page
def single(request: HttpRequest, reference: str) -> HttpResponse:
    """Hand out one event, or planned works, as a calendar file. One query."""
    found = Notice.objects.published().filter(reference=reference.upper(), kind__in=calendar.KINDS)
    notice = found.select_related("live_edition__event", "live_edition__outage").first()
    if notice is None or not entries.entries_of(notice):
        raise Http404
    response = _answer(calendar.of_notice(notice), f"{notice.reference}.ics")
    response["Last-Modified"] = http_date(entries.changed_at(notice).timestamp())
    return response


@residents_page
def feed(request: HttpRequest) -> HttpResponse:
    """Hand out the events, or the planned works (`?kind=outage`), of the borough or of one `?ward=`.

    Not found for a ward or a kind that there is not: a program that subscribed shows that, not all events.
    Three queries.
    """
    kind = request.GET.get("kind") or calendar.KINDS[0]
    if kind not in calendar.KINDS:
        raise Http404
    content = calendar.of_kind(Kind(kind), _ward(request.GET.get("ward", "")))
    # No Last-Modified: what moves to another ward leaves this feed without a newer date.
    return _answer(content, "events.ics", is_feed=True)


def _ward(slug: str) -> Ward | None:
    if not slug:
        return None
    # Compared here, so that no character a database refuses reaches it.
    found = next((ward for ward in Ward.objects.defer("boundary") if ward.slug == slug), None)
    if found is None:
        raise Http404
    return found


def _answer(content: bytes, name: str, *, is_feed: bool = False) -> HttpResponse:
    response = HttpResponse(content, content_type=calendar.CONTENT_TYPE)
    disposition = "inline" if is_feed else "attachment"
    response["Content-Disposition"] = f'{disposition}; filename="{name}"'
    return response

"""The doors to the alerts: the feed of those that hold, and each CAP message."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import http_date

from updates.feeds import alerts, cap
from updates.models import Alert

from .page import residents_page


@residents_page
def feed(request: HttpRequest) -> HttpResponse:
    """Return the current alerts as Atom. One query."""
    return HttpResponse(alerts.feed(alerts.current()), content_type=alerts.CONTENT_TYPE)


@residents_page
def message(request: HttpRequest, identifier: str) -> HttpResponse:
    """Return one CAP message, current or not; it never changes. One query."""
    known = Alert.objects.select_related("notice", "edition__notice", "edition__outage", "edition__picture")
    alert = get_object_or_404(known, identifier=identifier)
    headers = {"Last-Modified": http_date(alert.sent_at.timestamp())}
    return HttpResponse(cap.message(alert), content_type=cap.CONTENT_TYPE, headers=headers)

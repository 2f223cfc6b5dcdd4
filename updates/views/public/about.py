"""What the portal says about itself: accessibility, privacy, and the two files that machines ask for."""

from datetime import date

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from ... import keeping
from .page import residents_page, respond

# The statement is reviewed at least once a year; tests/updates/public fails when a date has passed.
PREPARED_ON = date(2026, 11, 22)
REVIEWED_ON = date(2026, 11, 22)
NEXT_REVIEW_ON = date(2027, 11, 20)


@residents_page
def accessibility(request: HttpRequest) -> HttpResponse:
    """Show the accessibility statement in the model form of SI 2018/952, regulation 8."""
    context = {"prepared_on": PREPARED_ON, "reviewed_on": REVIEWED_ON, "next_review_on": NEXT_REVIEW_ON}
    return respond("updates/accessibility.html", context, path=reverse("updates:accessibility"))


@residents_page
def privacy(request: HttpRequest) -> HttpResponse:
    """Say what the portal keeps about people, why and for how long."""
    context = {"reviewed_on": REVIEWED_ON, "rules": keeping.rules()}
    return respond("updates/privacy.html", context, path=reverse("updates:privacy"))


@residents_page
def security_txt(request: HttpRequest) -> HttpResponse:
    """Say where to report a weakness (RFC 9116)."""
    lines = [
        f"Contact: mailto:{settings.COUNCIL.contact_email}",
        f"Expires: {NEXT_REVIEW_ON.isoformat()}T00:00:00Z",
        "Preferred-Languages: en",
        f"Canonical: {settings.PORTAL_URL}{reverse('updates:security_txt')}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@residents_page
def robots_txt(request: HttpRequest) -> HttpResponse:
    """Keep robots out of staff's pages; everything for residents is open."""
    lines = ["User-agent: *", "Disallow: /staff/", "Disallow: /accounts/"]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")

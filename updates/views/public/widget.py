"""The widget other sites embed, and the page that says how to take the council's words elsewhere."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views.decorators.clickjacking import xframe_options_exempt

from places.models import Ward
from updates import cards, queries

from .page import residents_page, respond

SHOWN = 6
FEEDS = [
    (gettext_lazy("Every notice (Atom)"), "updates:atom"),
    (gettext_lazy("Corrections (Atom)"), "updates:corrections_atom"),
    (gettext_lazy("Events, for your calendar (iCalendar)"), "updates:calendar"),
    (gettext_lazy("Alerts of outages and emergencies (CAP 1.2 in Atom)"), "updates:alerts"),
]


@residents_page
@xframe_options_exempt
def widget(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what affects a ward now, the loudest first. Four queries."""
    ward = Ward.objects.defer("boundary").filter(slug=slug).first()
    if ward is None:
        raise Http404
    found = queries.in_ward(queries.listed(), ward).order_by("-urgency", "-updated_at", "-id")
    notices = list(found.with_live_edition()[: SHOWN + 1])
    context = {
        "ward": ward,
        "cards": [cards.card(notice) for notice in notices[:SHOWN]],
        "has_more": len(notices) > SHOWN,
        "list_url": f"{settings.PORTAL_URL}{reverse('updates:list')}?ward={ward.slug}",
        "portal_url": settings.PORTAL_URL,
    }
    return _for_frames(respond("updates/widget.html", context, path=reverse("updates:widget", args=[slug])))


def _for_frames(answer: HttpResponse) -> HttpResponse:
    """Let any site show `answer` in a frame, as django-csp's decorator does for simpler views."""
    answer._csp_replace = {"frame-ancestors": ["*"]}  # type: ignore[attr-defined]
    return answer


@residents_page
def data(request: HttpRequest) -> HttpResponse:
    """Say how to take what the portal says elsewhere: feeds, calendar, API, widget. One query."""
    wards = list(Ward.objects.defer("boundary"))
    shown = [(ward, _absolute("updates:widget", ward.slug)) for ward in wards]
    context = {
        "widgets": shown,
        "feeds": [(label, _absolute(name)) for label, name in FEEDS],
        "api_url": _absolute("api:openapi"),
        "base_url": _absolute("api:openapi").removesuffix("openapi.json"),
    }
    return respond("updates/data.html", context, path=reverse("updates:data"))


def _absolute(name: str, *values: str) -> str:
    return f"{settings.PORTAL_URL}{reverse(name, args=values)}"

"""The form “Still off here?” and its thanks: uses no session, keeps no address and nobody's name."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.access import public
from accounts.enums import Kind
from audit.context import client_address
from places.lookup import Place
from updates.forms.still_off import StillOffForm
from updates.models import Notice
from updates.outages import staying_off
from visitors.limits import Limit, network, seconds_to_wait

from .page import residents_page, respond

GONE = 410
# One household is one voice for its street; a network that names street after street is no household.
PER_PLACE = (Limit(1, 3600),)
PER_NETWORK = (Limit(20, 3600),)


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask where it is still off, and count the answer once for each network, place and hour."""
    notice = _outage(reference)
    context = _about(notice)
    if not staying_off.is_asked(notice):
        return render(request, "updates/still_off_closed.html", context, status=GONE)
    form = StillOffForm(request.POST if request.method == "POST" else None, notice=notice)
    if form.is_bound and form.is_valid():
        _count_once(request, notice, form.cleaned_data["place"])
        return redirect("updates:still_off_thanks", reference=notice.reference)
    return render(request, "updates/still_off.html", {**context, "form": form})


@residents_page
def thanks(request: HttpRequest, reference: str) -> HttpResponse:
    """Say that it was counted, and what is known; the same words for everybody. Two queries."""
    notice = _outage(reference)
    context = {**_about(notice), "told": staying_off.told(notice)}
    path = reverse("updates:still_off_thanks", args=[notice.reference])
    return respond("updates/still_off_thanks.html", context, path=path)


def _outage(reference: str) -> Notice:
    outages = Notice.objects.published().filter(kind=Kind.OUTAGE).select_related("live_edition__outage")
    return get_object_or_404(outages, reference=reference.upper())


def _count_once(request: HttpRequest, notice: Notice, place: Place) -> None:
    """Count the answer unless the same network gave it within the hour; nobody is told the difference."""
    who = network(client_address(request))
    again = seconds_to_wait("still-off-place", PER_PLACE, f"{who} {notice.reference} {place.key}")
    if not again and not seconds_to_wait("still-off", PER_NETWORK, who):
        staying_off.count(notice, place, timezone.now())


def _about(notice: Notice) -> dict[str, Any]:
    crumbs = [
        (_("Home"), reverse("updates:home")),
        (_("Outages"), reverse("updates:outages")),
        (notice.title, notice.get_absolute_url()),
    ]
    return {
        "notice": notice,
        "crumbs": crumbs,
        "nav": "outages",
        "is_restored": staying_off.is_restored(notice),
    }

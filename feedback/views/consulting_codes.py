"""Codes for letters: made, shown once to print, and as a table; nothing here keeps them."""

from django.conf import settings
from django.db.models import Count, Max, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import person_of, role_required, second_factor_recent, sent
from look import spreadsheet

from ..consultations import codes as codes_
from ..consultations.stages import Refused
from ..entering_forms import CodesForm
from ..enums import ResponseState
from ..models import Consultation
from ..permissions import CONSULTATION_WRITERS
from .consulting import crumbs, find


@role_required(*CONSULTATION_WRITERS)
@second_factor_recent
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def codes(request: HttpRequest, reference: str) -> HttpResponse:
    """List the batches there are, and make another: the answer to that is the letters, shown once."""
    shown = find(request, reference)
    form = CodesForm(sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            made = codes_.make(shown, by=person_of(request), **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return _letters(request, shown, form.cleaned_data["batch"], made)
    context = {
        "form": form,
        "consultation": shown,
        "batches": _batches(shown),
        "crumbs": crumbs(shown, _("Codes for letters")),
    }
    return render(request, "feedback/consulting/codes.html", context)


@role_required(*CONSULTATION_WRITERS)
@never_cache
@require_POST
def table(request: HttpRequest, reference: str) -> HttpResponse:
    """Hand back the codes of the page they are shown on as CSV, those alone that are good here."""
    shown = find(request, reference)
    known = codes_.known(shown, request.POST.get("codes", "").split()[: codes_.MOST_AT_ONCE])
    rows = [[_("Code"), _("Address")], *([code, _address(shown)] for code in known)]
    return spreadsheet.whole(rows, f"codes-{shown.reference}.csv")


def _letters(request: HttpRequest, shown: Consultation, batch: str, made: list[str]) -> HttpResponse:
    context = {
        "consultation": shown,
        "batch": batch,
        "codes": made,
        "address": _address(shown),
        "council": settings.COUNCIL,
        "crumbs": crumbs(shown, _("Codes for letters")),
    }
    return render(request, "feedback/consulting/letters.html", context)


def _address(consultation: Consultation) -> str:
    path = reverse("consultations:page", args=[consultation.reference])
    return f"{settings.PORTAL_URL}{path}"


def _batches(consultation: Consultation) -> list[dict[str, object]]:
    used = Q(response__isnull=False) & ~Q(response__state=ResponseState.STARTED)
    rows = consultation.codes.values("batch").annotate(
        number=Count("pk"), used=Count("response", filter=used), at=Max("made_at")
    )
    return [dict(each) for each in rows.order_by("-at")]

"""The page a letter leads to: only its button confirms the address, never the opened link."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ..consultations import confirming, showing
from ..consultations.answering import NotTaken
from ..enums import ResponseState
from .consultations_answer import GONE, answer_page


@answer_page
def confirm(request: HttpRequest, reference: str, token: str) -> HttpResponse:
    """Ask whether the address is theirs; the button makes it so, and the answer count."""
    consultation = get_object_or_404(showing.public(), reference=reference)
    row = confirming.find(consultation, token)
    if row is None:
        raise Http404
    problem = ""
    if request.method == "POST":
        try:
            confirming.confirm(row, at=timezone.now())
        except NotTaken as refusal:
            problem = str(refusal)
        else:
            return redirect(reverse("consultations:received", args=[reference, row.token]))
    context = {
        "consultation": consultation,
        "row": row,
        "nav": "say",
        "problem": problem,
        "counts": row.state == ResponseState.UNCONFIRMED,
        "is_done": bool(row.email_confirmed_at),
        "crumbs": [(_("Home"), "/"), (consultation.title, consultation.get_absolute_url())],
    }
    template = "feedback/consultations/confirm.html"
    return render(request, template, context, status=GONE if problem else 200)

"""Choosing which questions ask the same, so that one answer does for all; rules live in asked_together."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import role_required

from .. import asked_together
from ..enums import Status
from ..models import Question
from ..moderation import Refused
from ..permissions import INBOX_ROLES, may_answer
from .item_page import CONFLICT, after, find
from .queue import list_query


@role_required(*INBOX_ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
def together(request: HttpRequest, reference: str) -> HttpResponse:
    """Show the questions that may ask the same, and keep which of them are answered together."""
    question = _open_question(request, reference)
    if request.method != "POST":
        return _page(request, question)
    seen = request.POST.get("version", "")
    try:
        number = asked_together.choose(
            question,
            request.POST.getlist("with"),
            by=request.user,
            seen_version=int(seen) if seen.isdecimal() else 0,
        )
    except Refused as refusal:
        return _page(request, _open_question(request, reference), str(refusal))
    messages.success(
        request,
        ngettext(
            "%(number)s other question gets the same answer.",
            "%(number)s other questions get the same answer.",
            number,
        )
        % {"number": number},
    )
    return redirect(after(request, question))


@role_required(*INBOX_ROLES)
@require_POST
def separate(request: HttpRequest, reference: str) -> HttpResponse:
    """Take one question out of those it is asked together with."""
    voice = find(request, reference)
    if not isinstance(voice, Question):
        raise Http404
    try:
        asked_together.separate(voice, by=request.user)
        messages.success(request, _("It is answered on its own."))
    except Refused as refusal:
        messages.warning(request, str(refusal))
    return redirect(after(request, voice))


def _open_question(request: HttpRequest, reference: str) -> Question:
    voice = find(request, reference)
    if not isinstance(voice, Question) or not may_answer(request.user, voice.team):
        raise Http404
    return voice


def _page(request: HttpRequest, question: Question, refusal: str = "") -> HttpResponse:
    found = asked_together.candidates(question)
    ticked = set(request.POST.getlist("with")) if refusal else _likely(found)
    is_open = question.status == Status.PUBLISHED and question.current_answer_id is None
    context = {
        "voice": question,
        "rows": [(each, each.question.reference in ticked) for each in found],
        "waiting": asked_together.waiting_alike(question),
        "is_open": is_open and question.asked_with_id is None,
        "refusal": refusal,
        "list_query": list_query(request),
        "crumbs": [
            (_("My desk"), "/staff/"),
            (_("Inbox"), "/staff/inbox/"),
            (question.reference, reverse("inbox:item", args=[question.reference])),
            (_("Asked together"), None),
        ],
    }
    status = CONFLICT if refusal else 200
    return render(request, "feedback/together.html", context, status=status)


def _likely(found: list[asked_together.Candidate]) -> set[str]:
    """Return what is ticked at first: what was chosen before, else what asks the same."""
    chosen = {each.question.reference for each in found if each.is_joined}
    return chosen or {each.question.reference for each in found if each.is_same}

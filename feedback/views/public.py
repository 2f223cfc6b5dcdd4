"""What residents read of each other's words: pure functions of the database, as every public page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from updates.models import Notice
from updates.views.public.page import residents_page, respond

from .. import listing, me_too
from ..models import Question, Voice


@residents_page
def question(request: HttpRequest, reference: str) -> HttpResponse:
    """Show one question with its answer at its lasting address."""
    rows = me_too.counted(Question.objects.told()).select_related(
        "notice__live_edition", "notice__team", "current_answer__team", "asked_with__current_answer"
    )
    found = get_object_or_404(rows, reference=reference)
    notice = found.notice
    context = {
        "voice": found,
        "notice": notice,
        "crumbs": [(_("Home"), "/"), (notice.title, notice.get_absolute_url()), (found.reference, None)],
    }
    return respond("feedback/question.html", context, path=found.get_absolute_url())


@residents_page
def voices(request: HttpRequest, reference: str) -> HttpResponse:
    """Show everything residents asked and said about one notice, page by page."""
    notice = get_object_or_404(
        Notice.objects.published().select_related("live_edition", "team"), reference=reference
    )
    told = Voice.objects.told().filter(notice=notice)
    rows = me_too.counted(told).select_related("asked_with__current_answer", "photo")
    page = listing.page(rows, request.GET.get("page", "1"))
    context = {
        "notice": notice,
        "page": page,
        "crumbs": [
            (_("Home"), "/"),
            (notice.title, notice.get_absolute_url()),
            (_("Questions and comments"), None),
        ],
    }
    return respond("feedback/voices.html", context, path=reverse("feedback:voices", args=[notice.reference]))

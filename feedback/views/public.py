"""What residents read of each other's words: pure functions of the database, as every public page."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accounts.access import public
from updates.models import Notice

from .. import listing
from ..models import Feedback, Question


@public
@require_GET
def question(request: HttpRequest, reference: str) -> HttpResponse:
    """Show one question with its answer at its lasting address."""
    rows = Question.objects.told().select_related(
        "notice__live_edition", "notice__team", "current_answer__team"
    )
    found = get_object_or_404(rows, reference=reference)
    notice = found.notice
    title = notice.live_edition.title if notice.live_edition else notice.reference
    context = {
        "voice": found,
        "notice": notice,
        "notice_title": title,
        "crumbs": [(_("Home"), "/"), (title, notice.get_absolute_url()), (found.reference, None)],
        "page_url": f"{settings.PORTAL_URL}{found.get_absolute_url()}",
    }
    return render(request, "feedback/question.html", context)


@public
@require_GET
def voices(request: HttpRequest, reference: str) -> HttpResponse:
    """Show everything residents asked and said about one notice, page by page."""
    notice = get_object_or_404(
        Notice.objects.published().select_related("live_edition", "team"), reference=reference
    )
    rows = [Question.objects.told().filter(notice=notice), Feedback.objects.told().filter(notice=notice)]
    page = listing.page(rows, request.GET.get("page", "1"))
    title = notice.live_edition.title if notice.live_edition else notice.reference
    context = {
        "notice": notice,
        "notice_title": title,
        "page": page,
        "crumbs": [(_("Home"), "/"), (title, notice.get_absolute_url()), (_("Questions and comments"), None)],
    }
    return render(request, "feedback/voices.html", context)

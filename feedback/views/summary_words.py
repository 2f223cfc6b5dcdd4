"""The words behind the councillor's numbers and sentences, page by page and as a file; never a name."""

from typing import Any

from django.core.paginator import Page
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accounts.access import role_required
from look.paging import kept_query
from look.spreadsheet import streamed

from .. import export as csv_export
from .. import listing, summarising
from ..digesting.scope import shown
from ..enums import Mood
from ..models import Sentence, Summary, Theme
from ..permissions import SUMMARY_ROLES
from .summary_filter import read

EXPORT_CHUNK = 500
_MOST_DIGITS = 18


@role_required(*SUMMARY_ROLES)
@require_GET
def words(request: HttpRequest) -> HttpResponse:
    """List shown words: behind one sentence, left out by a summary, of one theme or mood, or all asked for.

    Raises Http404 for a sentence, a summary or a theme that is not, or no longer, there.
    """
    heading, note, rows = _asked(request)
    page = listing.page(rows, request.GET.get("page", "1"))
    context = {"heading": heading, "note": note, "page": page, "query": kept_query(request)}
    context["back_query"] = kept_query(request, "sentence", "left_out", "random", "theme", "mood")
    return render(request, "feedback/summary_words.html", context)


def _asked(request: HttpRequest) -> tuple[str, str, Any]:
    if "sentence" in request.GET:
        sentence = _one(Sentence.objects.all(), request.GET["sentence"])
        return _("Behind one sentence"), sentence.text, summarising.behind(sentence)
    if "left_out" in request.GET:
        summary = _one(_FINISHED.all(), request.GET["left_out"])
        return _("What no sentence of the summary says"), "", summarising.uncovered(summary)
    if "random" in request.GET:
        summary = _one(_FINISHED.all(), request.GET["random"])
        keys = [voice.pk for voice in summarising.ten_at_random(summary)]
        note = _("Drawn by chance from everything that is shown, without regard to what they say.")
        return _("Ten at random"), note, listing.every().filter(pk__in=keys)
    return _of_theme(request)


_FINISHED = Summary.objects.filter(finished_at__isnull=False)


def _of_theme(request: HttpRequest) -> tuple[str, str, Any]:
    looking = read(request)
    rows = shown(looking.scope, looking.span)
    heading = _("In their own words")
    if theme := request.GET.get("theme"):
        found = _one(Theme.objects.all(), theme)
        rows, heading = rows.filter(theme=found), str(found)
    if (mood := request.GET.get("mood")) in Mood.values:
        rows = rows.filter(mood=mood)
    return heading, f"{looking.where}, {looking.week_words}", rows


def _one(rows: Any, key: str) -> Any:
    """Return the row of that key. Raises Http404."""
    is_key = key.isascii() and key.isdecimal() and len(key) <= _MOST_DIGITS
    found = rows.filter(pk=int(key)).first() if is_key else None
    if found is None:
        raise Http404
    return found


@role_required(*SUMMARY_ROLES)
@require_GET
def export(request: HttpRequest) -> StreamingHttpResponse:
    """Give the same words as a CSV file."""
    looking = read(request)
    rows = shown(looking.scope, looking.span)
    return streamed(csv_export.rows(every(rows)), f"residents-words-{looking.day.isoformat()}.csv")


def every(rows: Any) -> Any:
    """Give all the words, page by page, so that a large file needs little memory."""
    number, last = 1, 1
    while number <= last:
        found: Page[Any] = listing.page(rows, number, size=EXPORT_CHUNK)
        last = found.paginator.num_pages
        yield from found.object_list
        number += 1

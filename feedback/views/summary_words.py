"""The words behind the councillor's numbers and sentences, page by page and as a file; never a name."""

from typing import Any

from django.core.paginator import Page
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, QueryDict, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accounts.access import role_required
from look.paging import kept_query
from look.spreadsheet import streamed

from .. import export as csv_export
from .. import listing, summaries
from ..digesting.scope import shown
from ..enums import Mood
from ..models import Sentence, Summary, Theme
from ..permissions import SUMMARY_ROLES
from .summary_filter import Looking, read

EXPORT_CHUNK = 500
_MOST_DIGITS = 18


@role_required(*SUMMARY_ROLES)
@require_GET
def words(request: HttpRequest) -> HttpResponse:
    """List shown words: behind one sentence, left out by a summary, of one theme or mood, or all asked for.

    Raises Http404 for a sentence, a summary or a theme that is not, or no longer, there.
    """
    context = list_of(request, read(request), Summary.objects.all())
    context["back_query"] = kept_query(request, "sentence", "left_out", "random", "theme", "mood")
    return render(request, "feedback/summary_words.html", context)


def list_of(request: HttpRequest, looking: Looking, readable: QuerySet[Summary]) -> dict[str, Any]:
    """Return a page of the words asked for, of those `looking` shows and of summaries that are `readable`.

    Raises Http404 for a sentence, a summary or a theme that is not among them.
    """
    heading, note, rows = _asked(request.GET, looking, readable.filter(finished_at__isnull=False))
    page = listing.page(rows, request.GET.get("page", "1"))
    return {"heading": heading, "note": note, "page": page, "query": kept_query(request)}


def _asked(asked: QueryDict, looking: Looking, readable: QuerySet[Summary]) -> tuple[str, str, Any]:
    if "sentence" in asked:
        sentence = _one(Sentence.objects.filter(summary__in=readable), asked["sentence"])
        return _("Behind one sentence"), sentence.text, summaries.behind(sentence)
    if "left_out" in asked:
        summary = _one(readable, asked["left_out"])
        return _("What no sentence of the summary says"), "", summaries.uncovered(summary)
    if "random" in asked:
        summary = _one(readable, asked["random"])
        keys = [voice.pk for voice in summaries.ten_at_random(summary)]
        note = _("Drawn by chance from everything that is shown, without regard to what they say.")
        return _("Ten at random"), note, listing.every().filter(pk__in=keys)
    return _of_theme(asked, looking)


def _of_theme(asked: QueryDict, looking: Looking) -> tuple[str, str, Any]:
    rows = shown(looking.scope, looking.span)
    heading = _("In their own words")
    if theme := asked.get("theme"):
        found = _one(Theme.objects.all(), theme)
        rows, heading = rows.filter(theme=found), str(found)
    if (mood := asked.get("mood")) in Mood.values:
        rows = rows.filter(mood=mood)
    return heading, f"{looking.where}, {looking.week_words}", rows


def _one(rows: Any, key: Any) -> Any:
    """Return the row of that key, as the address has it. Raises Http404."""
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

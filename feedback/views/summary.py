"""The councillor's page: what residents said, in numbers and words; names and addresses never appear."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.core.paginator import Page
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accounts.access import role_required
from look import times
from look.paging import kept_query
from look.spreadsheet import streamed
from places.models import Ward

from .. import export as csv_export
from .. import listing, summary
from ..permissions import SUMMARY_ROLES
from ..staff_forms import MINE, SummaryFilter
from ..summary import Scope
from ..working_days import today

EXPORT_CHUNK = 500


@role_required(*SUMMARY_ROLES)
@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """Show counts by notice, ward, kind and week, what waits for an answer, and the words themselves."""
    day, wards = today(), list(Ward.objects.only("name", "slug"))
    form, chosen, scope, own = _read(request, day, wards)
    rows = summary.scoped(scope, day)
    waiting = summary.unanswered(scope)
    kinds = summary.by_kind(rows)
    oldest = list(waiting[: summary.OLDEST_SHOWN])
    context: dict[str, Any] = {
        "form": form,
        "where": _where(chosen, wards, own),
        "both": summary.together(kinds),
        "when": _when(scope, day),
        "standing": summary.standing(rows),
        "waiting_count": waiting.count(),
        "oldest": [
            (question, (day - times.in_zone(question.received_at).date()).days) for question in oldest
        ],
        "weeks": summary.by_week(summary.scoped(scope, day, whole_time=True), day),
        "kinds": kinds,
        "wards": summary.by_ward(rows, wards),
        "sources": summary.by_source(rows),
        "notices": summary.by_notice(rows),
        "helpful": summary.helpfulness(rows),
        "page": listing.page(summary.words(scope, day), request.GET.get("page", "1")),
        "scope": scope,
        **_addresses(request),
    }
    return render(request, "feedback/summary.html", context)


@role_required(*SUMMARY_ROLES)
@require_GET
def export(request: HttpRequest) -> StreamingHttpResponse:
    """Give the same words as a CSV file."""
    day, wards = today(), list(Ward.objects.only("name", "slug"))
    _form, _chosen, scope, _own = _read(request, day, wards)
    return streamed(csv_export.rows(_every(scope, day)), f"residents-words-{day.isoformat()}.csv")


def _every(scope: Scope, day: dt.date) -> Any:
    """Give all the words within `scope`, page by page, so that a large file needs little memory."""
    number, last = 1, 1
    while number <= last:
        found: Page[Any] = listing.page(summary.words(scope, day), number, size=EXPORT_CHUNK)
        last = found.paginator.num_pages
        yield from found.object_list
        number += 1


def _read(
    request: HttpRequest, day: dt.date, wards: list[Ward]
) -> tuple[SummaryFilter, dict[str, Any], Scope, frozenset[int]]:
    own = frozenset(request.user.seats.values_list("ward_id", flat=True))  # type: ignore[union-attr]
    weeks = [(week.isoformat(), _week_words(week, day)) for week in reversed(summary.weeks(day))]
    everything = ("", _("The last %(number)s weeks") % {"number": summary.WEEKS})
    asked = request.GET.copy()
    asked.setdefault("ward", MINE if own else "")
    form = SummaryFilter(
        asked,
        wards=_ward_choices(wards, bool(own)),
        weeks=[everything, *weeks],
    )
    chosen = form.chosen()
    scope = Scope(
        ward_ids=_ward_ids(chosen["ward"], wards, own),
        kind=chosen["kind"],
        sort=chosen["sort"],
        week=dt.date.fromisoformat(chosen["week"]) if chosen["week"] else None,
        notice=chosen["notice"].upper(),
    )
    return form, chosen, scope, own


def _ward_choices(wards: list[Ward], has_own: bool) -> list[tuple[str, Any]]:
    mine = [(MINE, _("Your wards"))] if has_own else []
    return [*mine, ("", _("The whole borough")), *((ward.slug, ward.name) for ward in wards)]


def _ward_ids(chosen: str, wards: list[Ward], own: frozenset[int]) -> frozenset[int] | None:
    if chosen == MINE:
        return own
    return frozenset(ward.pk for ward in wards if ward.slug == chosen) if chosen else None


def _where(chosen: dict[str, Any], wards: list[Ward], own: frozenset[int]) -> str:
    """Return who speaks: "Quayside", "Millgate and Quayside", or the whole town."""
    if chosen["ward"] == MINE:
        return get_text_list([ward.name for ward in wards if ward.pk in own], _("and"))
    return next((ward.name for ward in wards if ward.slug == chosen["ward"]), settings.COUNCIL.short_name)


def _when(scope: Scope, day: dt.date) -> tuple[dt.date, dt.date]:
    first = scope.week or summary.weeks(day)[0]
    last = (scope.week or summary.monday(day)) + dt.timedelta(days=6)
    return first, min(last, day)


def _week_words(week: dt.date, day: dt.date) -> str:
    if week == summary.monday(day):
        return _("This week")
    if week == summary.monday(day) - dt.timedelta(weeks=1):
        return _("Last week")
    return _("Week of %(day)s") % {"day": times.words(week)}


def _addresses(request: HttpRequest) -> dict[str, str]:
    """Return the query strings that links on the page keep: the filter, for paging, one notice, the file."""
    query = kept_query(request)
    return {
        "query": query,
        "notice_query": kept_query(request, "notice"),
        "export_query": query.removesuffix("&"),
    }

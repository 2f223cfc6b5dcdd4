"""The councillor's page: what residents said, in short and in numbers; names and addresses never appear."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.access import role_required
from accounts.permissions import leads_communications
from look.paging import kept_query

from .. import listing, summaries
from ..analysis.mood import WRONG_PERCENT
from ..digesting import numbers, owed, people, themes, written
from ..digesting.scope import monday, period, shown
from ..models import Reading
from ..permissions import SUMMARY_ROLES
from .summary_filter import Looking, read

NEWEST_SHOWN = 5
RANDOM_SHOWN = 3


@role_required(*SUMMARY_ROLES)
@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """Show what was said in short, what it is about, what waits for an answer, and the newest words."""
    looking = read(request)
    query = kept_query(request)
    context: dict[str, Any] = {
        "looking": looking,
        "form": looking.form,
        "where": looking.where,
        "may_rename": leads_communications(request.user),
        "scope": looking.scope,
        "notice_query": kept_query(request, "notice"),
        "this_week_query": _this_week_query(request, looking),
        "compare_url": reverse("inbox:compare"),
        "words_url": reverse("inbox:words"),
        "words_query": query,
        "export_query": query.removesuffix("&"),
        **_in_short(looking),
        **_in_numbers(looking),
        **_owed(request, looking),
    }
    return render(request, "feedback/summary.html", context)


@role_required(*SUMMARY_ROLES)
@require_POST
def have_read(request: HttpRequest) -> HttpResponse:
    """Remember that the reader has seen everything up to now; the page then tells what is new since."""
    row, _made = Reading.objects.get_or_create(reader_id=request.user.pk)
    row.seen_before_at, row.seen_at = row.seen_at, timezone.now()
    row.save(update_fields=["seen_before_at", "seen_at"])
    messages.success(request, _("Noted. From now on this page tells you what is new since today."))
    return redirect("inbox:summary")


@role_required(*SUMMARY_ROLES)
@require_POST
def choose_digest(request: HttpRequest) -> HttpResponse:
    """Start or stop the weekly digest for the person who asks."""
    wants = request.POST.get("wants") == "yes"
    Reading.objects.update_or_create(reader_id=request.user.pk, defaults={"wants_digest": wants})
    messages.success(
        request, _("You get the digest every Monday.") if wants else _("You get no more weekly digests.")
    )
    return redirect("inbox:summary")


def _this_week_query(request: HttpRequest, looking: Looking) -> str:
    """Return the query of this week, where another was opened without being asked for; else nothing."""
    this = monday(looking.day)
    if "week" in request.GET or looking.scope.week == this:
        return ""
    return f"{kept_query(request)}week={this}"


def _in_short(looking: Looking) -> dict[str, Any]:
    """Return the written summary with its audit, or nothing where none was written."""
    summary = written.latest(looking.scope)
    if summary is None:
        return {"written": None, "of_wards": _of_wards(looking)}
    random = summaries.ten_at_random(summary) if summary.people > written.FEW else []
    return {"written": summaries.page(summary), "random": random[:RANDOM_SHOWN]}


def _of_wards(looking: Looking) -> list[tuple[str, str, str]]:
    """Return each of somebody's several wards with its first sentence and where to read the rest."""
    names = {ward.pk: (ward.name, ward.slug) for ward in looking.wards}
    found = []
    for summary in written.of_wards(looking.scope):
        sentences = summaries.shown(summary)
        if sentences and summary.ward_id in names:
            name, slug = names[summary.ward_id]
            found.append((name, sentences[0].sentence.text, f"?ward={slug}&week={looking.scope.week}"))
    return found


def themes_of(looking: Looking) -> list[tuple[themes.ThemeLine, list[str]]]:
    """Return the themes of what is looked at, each with the names of its wards; none of one notice alone."""
    names = {ward.pk: ward.name for ward in looking.wards}
    found = [] if looking.scope.is_about_some_notices else themes.themes(looking.scope, looking.span)
    return [(line, [names[pk] for pk in line.ward_ids]) for line in found]


def _in_numbers(looking: Looking) -> dict[str, Any]:
    scope, span = looking.scope, looking.span
    all_weeks = period(scope.whole_time(), looking.day)
    rows, notices = numbers.written(scope, span), numbers.about_notices(scope, span)
    standing = numbers.standing(rows)
    kinds = numbers.by_kind(notices)
    return {
        "standing": standing,
        "before": numbers.total(numbers.by_place_and_time(scope, span.before())),
        "people": people.people(scope, span, standing.total),
        "kinds": kinds,
        "both": numbers.together(kinds),
        "themes": themes_of(looking),
        "weeks": numbers.by_week(numbers.by_place_and_time(scope.whole_time(), all_weeks), looking.day),
        "wards": numbers.by_ward(numbers.by_place_and_time(scope, span), looking.wards),
        "sources": numbers.by_source(rows),
        "notices": numbers.by_notice(notices),
        "others": max(0, len(notices) - numbers.TOP_NOTICES),
        "mood_wrong": WRONG_PERCENT,
        "helpful": numbers.helpfulness(numbers.counts(scope, span)),
        "newest": listing.newest(
            shown(scope, span), written.FEW if standing.shown <= written.FEW else NEWEST_SHOWN
        ),
    }


def _owed(request: HttpRequest, looking: Looking) -> dict[str, Any]:
    waiting = owed.unanswered(looking.scope)
    reading = Reading.objects.filter(reader_id=request.user.pk).first()
    return {
        "waiting_count": waiting.count(),
        "oldest": owed.oldest(waiting, looking.day),
        "has_seats": request.user.seats.exists(),  # type: ignore[union-attr]  # role_required looked
        "wants_digest": reading.wants_digest if reading else True,
        "promises": owed.promises(looking.scope, looking.day),
        "news": owed.news(looking.scope, reading.seen_at if reading else None),
    }

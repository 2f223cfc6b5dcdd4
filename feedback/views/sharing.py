"""Read-only links for a committee: making and ending them, and the page they lead to; never a name."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.access import public, role_required
from places.models import Ward

from .. import sharing, summaries
from ..analysis.mood import WRONG_PERCENT
from ..digesting import numbers, owed, people, report, written
from ..models import CommitteeLink, Summary
from ..permissions import SUMMARY_ROLES
from ..sharing_forms import ShareForm
from ..staff_forms import MINE
from .receipt import own_page
from .residents import GONE
from .summary import RANDOM_SHOWN, themes_of
from .summary_files import subject_of
from .summary_filter import Looking, look_at, read
from .summary_words import list_of

# Names the wards of whoever made a link, in the link's filter.
_OWN = "own"


@role_required(*SUMMARY_ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
def share(request: HttpRequest) -> HttpResponse:
    """Make a link to what the page shows as it is filtered now, and list those that work."""
    form = ShareForm(request.POST or None, initial={"query": _plain(request)})
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        sharing.make(by=request.user, name=data["name"], query=data["query"], days=data["days"])
        messages.success(request, _("The link is made. Copy it from the list."))
        return redirect("inbox:share")
    context = {
        "form": form,
        "links": [(link, f"{settings.PORTAL_URL}{_path(link)}") for link in sharing.working()],
        "crumbs": [(_("Summary"), reverse("inbox:summary")), (_("Links for a committee"), None)],
    }
    return render(request, "feedback/share.html", context, status=400 if form.errors else 200)


def _plain(request: HttpRequest) -> str:
    """Return the filter with the reader's own wards named: whoever follows the link has none."""
    looking, query = read(request), QueryDict(mutable=True)
    query.update(looking.form.chosen())
    if query["ward"] == MINE:
        own = looking.scope.ward_ids or ()
        query.setlist(_OWN, [ward.slug for ward in looking.wards if ward.pk in own])
    return query.urlencode()


def _path(link: CommitteeLink) -> str:
    return reverse("feedback:shared", args=[link.token])


@role_required(*SUMMARY_ROLES)
@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """End a link before its time."""
    if sharing.end(get_object_or_404(CommitteeLink, pk=pk), by=request.user):
        messages.success(request, _("The link works no more."))
    return redirect("inbox:share")


@public
@never_cache
@require_GET
def shared(request: HttpRequest, token: str) -> HttpResponse:
    """Show the summary to whoever has the link, until it ends."""
    link, looking = _leads_to(token)
    if link is None or looking is None:
        return _over(request)
    return own_page(render(request, "feedback/shared.html", {"link": link, **_shown(link, looking)}))


def _shown(link: CommitteeLink, looking: Looking) -> dict[str, Any]:
    """Return what stands on the councillors' page for every reader."""
    summary = written.latest(looking.scope)
    total = numbers.standing(numbers.written(looking.scope, looking.span)).total
    waiting = owed.unanswered(looking.scope)
    return {
        "looking": looking,
        "words_url": reverse("feedback:shared_words", args=[link.token]),
        "total": total,
        "people": people.people(looking.scope, looking.span, total),
        "written": summaries.page(summary) if summary else None,
        "random": summaries.ten_at_random(summary)[:RANDOM_SHOWN] if summary else [],
        "themes": themes_of(looking),
        "notices": numbers.by_notice(numbers.about_notices(looking.scope, looking.span)),
        "waiting_count": waiting.count(),
        "oldest": owed.oldest(waiting, looking.day),
        "promises": owed.promises(looking.scope, looking.day),
        "mood_wrong": WRONG_PERCENT,
    }


@public
@never_cache
@require_GET
def shared_words(request: HttpRequest, token: str) -> HttpResponse:
    """List the words behind what the link shows; of other summaries, none. Raises Http404."""
    link, looking = _leads_to(token)
    if link is None or looking is None:
        return _over(request)
    summary = written.latest(looking.scope)
    readable = Summary.objects.filter(pk=summary.pk) if summary else Summary.objects.none()
    context = {"link": link, "looking": looking, **list_of(request, looking, readable)}
    return own_page(render(request, "feedback/shared_words.html", context))


@public
@never_cache
@require_GET
def shared_report(request: HttpRequest, token: str) -> HttpResponse:
    """Give the same as a document."""
    _link, looking = _leads_to(token)
    if looking is None:
        return _over(request)
    return own_page(report.document(subject_of(looking)).response("residents-said.pdf"))


def _leads_to(token: str) -> tuple[CommitteeLink | None, Looking | None]:
    """Return a working link and what it shows, or neither.

    One whose ward is gone, or whose week is no longer told of, leads nowhere: left out like nonsense in a
    filter, it would show the whole borough to people who were sent one ward.
    """
    link = sharing.working().filter(token=token).first()
    if link is None:
        return None, None
    asked = QueryDict(link.query)
    own = Ward.objects.filter(slug__in=asked.getlist(_OWN))
    looking = look_at(asked, frozenset(own.values_list("pk", flat=True)))
    is_gone = len(own) < len(asked.getlist(_OWN)) or looking.form.errors
    return (None, None) if is_gone else (link, looking)


def _over(request: HttpRequest) -> HttpResponse:
    return own_page(render(request, "feedback/shared_over.html", {}, status=GONE))

"""Read-only links for a committee: making and ending them, and the page they lead to; never a name."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.access import public, role_required
from look.paging import kept_query

from .. import sharing, summarising
from ..analysis.mood import WRONG_PERCENT
from ..digesting import numbers, people, report, themes, written
from ..models import CommitteeLink
from ..permissions import SUMMARY_ROLES
from ..sharing_forms import ShareForm
from .receipt import own_page
from .residents import GONE
from .summary_files import subject_of
from .summary_filter import Looking, look_at, read


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
    query = QueryDict(kept_query(request), mutable=True)
    own = read(request).scope.ward_ids
    slugs = [ward.slug for ward in read(request).wards if own is not None and ward.pk in own]
    query["ward"] = slugs[0] if len(slugs) == 1 else ""
    query.setdefault("week", read(request).span.first.isoformat())
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
    if looking is None:
        return own_page(render(request, "feedback/shared_over.html", {}, status=GONE))
    summary = written.latest(looking.scope)
    rows = numbers.written(looking.scope, looking.span)
    total = numbers.standing(rows).total
    context = {
        "link": link,
        "looking": looking,
        "total": total,
        "people": people.people(looking.scope, looking.span, total),
        "written": summarising.page(summary) if summary else None,
        "random": summarising.ten_at_random(summary) if summary else [],
        "themes": [] if looking.scope.is_about_some_notices else themes.themes(looking.scope, looking.span),
        "notices": numbers.by_notice(numbers.about_notices(looking.scope, looking.span)),
        "mood_wrong": WRONG_PERCENT,
    }
    return own_page(render(request, "feedback/shared.html", context))


@public
@never_cache
@require_GET
def shared_report(request: HttpRequest, token: str) -> HttpResponse:
    """Give the same as a document."""
    _link, looking = _leads_to(token)
    if looking is None:
        return own_page(render(request, "feedback/shared_over.html", {}, status=GONE))
    return own_page(report.document(subject_of(looking)).response("residents-said.pdf"))


def _leads_to(token: str) -> tuple[CommitteeLink | None, Looking | None]:
    """Return a working link and what it shows, or neither.

    One whose ward is gone, or whose week is no longer told of, leads nowhere: left out like nonsense in a
    filter, it would show the whole borough to people who were sent one ward.
    """
    link = sharing.working().filter(token=token).first()
    looking = look_at(QueryDict(link.query), frozenset()) if link else None
    return (None, None) if looking is None or looking.form.errors else (link, looking)

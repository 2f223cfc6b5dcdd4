"""My desk, and the list of all notices."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_safe

from accounts import permissions
from accounts.access import staff_only
from look.paging import kept_query
from updates import desk, link_watch
from updates.staff_filters import NoticeFilter

from .page import officers_only

ON_A_PAGE = 25


@require_safe
@staff_only
def home(request: HttpRequest) -> HttpResponse:
    """Show what waits for the person; an elected member's home is their summary."""
    if not desk.is_officer(request.user) and permissions.is_councillor(request.user):
        try:
            return HttpResponseRedirect(reverse("inbox:summary"))
        except NoReverseMatch:
            pass  # a portal without the feedback room: the desk is empty, and says so
    assert request.user.is_authenticated
    may_start = bool(permissions.team_ids(request.user, "author"))
    context = {
        "desk": desk.desk_of(request.user),
        "may_start": may_start,
        "broken_links": link_watch.linking_to_dead(permissions.team_ids(request.user)),
    }
    return render(request, "desk/home.html", context)


@require_safe
@officers_only
def notices(request: HttpRequest) -> HttpResponse:
    """List the notices, filtered and paged; a filter that makes no sense says so and is left out."""
    found = NoticeFilter(request.GET, queryset=desk.all_notices())
    page = Paginator(found.qs, ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "filter": found,
        "form": found.form,
        "page": page,
        "query": kept_query(request),
        "may_start": bool(permissions.team_ids(request.user, "author")),
    }
    return render(request, "desk/notices.html", context)

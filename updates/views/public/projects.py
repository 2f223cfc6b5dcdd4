"""The roadmap of projects, and the same as a list."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from updates.projects import asked, roadmap

from .page import residents_page, respond
from .paging import page_of, path_of


@residents_page
def projects(request: HttpRequest) -> HttpResponse:
    """Show where the town is heading. Ten queries at most, however many projects there are."""
    narrowed = asked.read(request.GET)
    context = {"asked": narrowed, "roadmap": roadmap.draw(narrowed), "nav": "projects"}
    path = f"{reverse('updates:projects')}{narrowed.in_address}"
    return respond("updates/projects.html", context, path=path)


@residents_page
def listed(request: HttpRequest) -> HttpResponse:
    """Show the projects as a table, page by page: for whoever prefers a list, or wants all of a column."""
    narrowed = asked.read(request.GET)
    page, problems = page_of(request, roadmap.listed(narrowed))
    context = {
        "asked": narrowed,
        "page": page,
        "projects": [roadmap.shown(notice) for notice in page],
        "problems": problems,
        "nav": "projects",
    }
    path = path_of("updates:projects_list", narrowed.list_query, page)
    return respond("updates/projects_list.html", context, path=path)

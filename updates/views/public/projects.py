"""The roadmap of projects, and the same as a list."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from updates.projects import asked, roadmap

from .lists import page_of
from .page import residents_page, respond


@residents_page
def projects(request: HttpRequest) -> HttpResponse:
    """Show where the town is heading. Ten queries at most, however many projects there are."""
    narrowed = asked.read(request.GET)
    context = {"asked": narrowed, "roadmap": roadmap.draw(narrowed), "nav": "projects"}
    query = f"?{narrowed.query}".rstrip("?&")
    return respond("updates/projects.html", context, path=f"{reverse('updates:projects')}{query}")


@residents_page
def listed(request: HttpRequest) -> HttpResponse:
    """Show the projects as a table, page by page: for whoever prefers a list, or wants all of a column."""
    narrowed = asked.read(request.GET)
    page, problem = page_of(roadmap.listed(narrowed), request.GET.get("page", ""))
    context = {
        "asked": narrowed,
        "page": page,
        "projects": [roadmap.shown(notice) for notice in page],
        "problems": [problem] if problem else [],
        "nav": "projects",
    }
    number = f"page={page.number}" if page.number > 1 else ""
    query = f"?{narrowed.list_query}{number}".rstrip("?&")
    return respond("updates/projects_list.html", context, path=f"{reverse('updates:projects_list')}{query}")

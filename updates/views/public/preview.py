"""The preview of an edition for whoever holds a link; never kept, never indexed, and telling nobody else."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from accounts.access import public
from accounts.enums import Kind
from updates import notice_page
from updates.writing import previews

from .page import respond

NOT_FOUND = 404


@public
@require_safe
@cache_control(no_store=True, private=True)
def preview_link(request: HttpRequest, token: str) -> HttpResponse:
    """Show the edition as it stands. Every link that does not work gets the same answer, whatever the reason.

    Unlike residents' pages it asks the clock, and counts that it was opened.
    """
    link = previews.find(token, timezone.now())
    if link is None:
        return _closed(respond("updates/preview_gone.html", {}, path="/", status=NOT_FOUND))
    if request.method == "GET":
        previews.count_opening(link)
    edition = link.edition
    if edition.notice.kind != Kind.GENERAL and edition.detail is None:
        return _closed(respond("updates/preview_empty.html", {"edition": edition}, path="/"))
    context = notice_page.context_for(edition, is_preview=True)
    return _closed(respond("updates/preview.html", {**context, "link": link}, path="/"))


def _closed(response: HttpResponse) -> HttpResponse:
    """Keep the address, which is a secret, from search engines and from the next page's server."""
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    response["Referrer-Policy"] = "no-referrer"
    return response

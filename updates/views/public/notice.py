"""One notice's page and its short link."""

from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
)

from updates import cards, notice_page, queries
from updates.models import Notice

from .page import residents_page, respond


@residents_page
def notice(request: HttpRequest, reference: str, slug: str) -> HttpResponse:
    """Show a published notice; any other spelling of its address leads to the right one. Six queries."""
    found = _published(reference)
    if (reference, slug) != (found.reference, found.slug):
        return HttpResponsePermanentRedirect(found.get_absolute_url())
    context = notice_page.context_for(cards.live_edition(found))
    return respond("updates/notice.html", context, path=found.get_absolute_url())


@residents_page
def short(request: HttpRequest, reference: str) -> HttpResponse:
    """Lead from the short link that posts and letters carry to the notice. One query."""
    return HttpResponseRedirect(_published(reference).get_absolute_url())


def _published(reference: str) -> Notice:
    found = queries.find(reference)
    if found is None:
        raise Http404
    return found

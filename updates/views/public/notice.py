"""One notice's page and its short link."""

from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
)

from updates import notice_page, queries

from .page import residents_page, respond


@residents_page
def notice(request: HttpRequest, reference: str, slug: str) -> HttpResponse:
    """Show a published notice; any other spelling of its address leads to the right one.

    Five queries, and those of the slots.
    """
    editions = queries.public_editions(reference)
    if not editions:
        raise Http404
    found = editions[0].notice
    if (reference, slug) != (found.reference, found.slug):
        return HttpResponsePermanentRedirect(found.get_absolute_url())
    live = next(edition for edition in editions if edition.pk == found.live_edition_id)
    context = notice_page.context_for(live, editions=editions)
    return respond("updates/notice.html", context, path=found.get_absolute_url())


@residents_page
def short(request: HttpRequest, reference: str) -> HttpResponse:
    """Lead from the short link in posts and letters, or an address cut short, to the notice. One query."""
    found = queries.find(reference)
    if found is None:
        raise Http404
    return HttpResponseRedirect(found.get_absolute_url())

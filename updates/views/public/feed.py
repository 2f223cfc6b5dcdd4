"""The doors to the Atom feeds of notices and of corrections."""

from django.http import HttpRequest, HttpResponse

from updates.feeds.atom import NoticesFeed
from updates.feeds.corrections import CorrectionsFeed

from .page import residents_page

_notices, _corrections = NoticesFeed(), CorrectionsFeed()


@residents_page
def atom(request: HttpRequest) -> HttpResponse:
    """Return the latest notices as Atom, narrowed like the list by kind and ward."""
    return _without_date(_notices(request))


@residents_page
def corrected(request: HttpRequest) -> HttpResponse:
    """Return the latest corrections as Atom."""
    return _without_date(_corrections(request))


def _without_date(answer: HttpResponse) -> HttpResponse:
    # A minor edition or an ended notice changes the feed, not its latest date: who asked by date alone would
    # never hear. The ETag is made of every byte.
    del answer["Last-Modified"]
    return answer

"""The door to the Atom feed."""

from django.http import HttpRequest, HttpResponse

from updates.feeds.atom import NoticesFeed

from .page import residents_page

_feed = NoticesFeed()


@residents_page
def atom(request: HttpRequest) -> HttpResponse:
    """Return the latest notices as Atom, narrowed like the list by kind and ward."""
    answer = _feed(request)
    # A minor edition or an ended notice changes the feed, not its latest date: who asked by date alone would
    # never hear. The ETag is made of every byte.
    del answer["Last-Modified"]
    return answer

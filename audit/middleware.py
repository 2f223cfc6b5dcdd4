"""Notes where each request came from, for the events it leaves; must not read the session."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from .context import client_address, coming_from


class WhereFrom:
    """Makes the visitor's address known to `audit.recorder` while a request is answered."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the next layer."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request with its address in the context."""
        with coming_from(client_address(request)):
            return self.get_response(request)

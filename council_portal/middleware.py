"""Turns the faults a person can meet into one clear page; must not hide a programming error."""

import logging
from collections.abc import Callable

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

logger = logging.getLogger(__name__)


class Faults:
    """Answers 503 with what to do when the database is away, so that nobody sees a bare error."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the next layer."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer for a database that cannot be reached; leave every other error alone."""
        if not isinstance(exception, OperationalError | InterfaceError):
            return None
        logger.exception("The database could not be reached")
        response = render(None, "503.html", status=503)
        response["Retry-After"] = "30"
        return response

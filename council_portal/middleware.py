"""Turns the faults a person can meet into one clear page; must not hide a programming error."""

import logging
import sys
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.core.signals import got_request_exception
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.defaults import page_not_found
from redis.exceptions import ConnectionError as BrokerAway
from redis.exceptions import TimeoutError as BrokerSlow

logger = logging.getLogger(__name__)

# The database or the cache cannot be reached: nobody's mistake, and it passes.
PASSING = (OperationalError, InterfaceError, BrokerAway, BrokerSlow)
RETRY_AFTER = "30"
"""Seconds until it is worth trying again."""


class Faults:
    """Answers 503 with what to do when database or cache is away, so that nobody sees a bare error."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the next layer, and hear of what breaks in the layers below."""
        self.get_response = get_response
        got_request_exception.connect(_note)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on; what broke in a layer below (a session, say) has become an answer there."""
        response = self.get_response(request)
        return _sorry() if getattr(request, "met_passing_fault", False) else response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer for a view that could not reach database or cache; leave every other error alone."""
        if not isinstance(exception, PASSING):
            return None
        logger.exception("The database or the cache could not be reached")
        return _sorry()


class OwnNotFound:
    """Shows our own page for a wrong address with DEBUG on too, not Django's map of all addresses."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the next layer."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on; an address that leads nowhere gets our page, a view's own answer stays."""
        response = self.get_response(request)
        is_nowhere = response.status_code == HTTPStatus.NOT_FOUND and request.resolver_match is None
        return page_not_found(request, Http404()) if is_nowhere else response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Show our page for what a view did not find."""
        return page_not_found(request, exception) if isinstance(exception, Http404) else None


def _note(request: HttpRequest | None = None, **_about: Any) -> None:
    if request is not None and isinstance(sys.exc_info()[1], PASSING):
        request.met_passing_fault = True  # type: ignore[attr-defined]


def _sorry() -> HttpResponse:
    response = render(None, "503.html", status=503)
    response["Retry-After"] = RETRY_AFTER
    return response

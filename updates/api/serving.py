"""How every answer of the API leaves: open to other sites, cacheable, with an ETag, at a bearable pace."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page

from accounts.access import public
from audit.context import client_address
from visitors.limits import Limit, seconds_to_wait

View = Callable[..., HttpResponseBase]
# How old a copy may be that a cache hands out (seconds).
MAX_AGE = 30
_ALLOWED = "GET, HEAD, OPTIONS"
_PREFLIGHT = {
    "Allow": _ALLOWED,
    "Access-Control-Allow-Methods": _ALLOWED,
    "Access-Control-Allow-Headers": "If-None-Match, If-Modified-Since",
    "Access-Control-Max-Age": "86400",
}


def served(view: View) -> View:
    """Let anybody read from `view`, from any site, so often and no oftener; everything is public data."""
    kept = cache_control(public=True, max_age=MAX_AGE)(conditional_page(view))

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return _open_to_all(_answer(kept, request, *args, **kwargs))

    return public(answered)


def _answer(view: View, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
    if request.method == "OPTIONS":
        return HttpResponse(status=204, headers=_PREFLIGHT)
    if request.method not in {"GET", "HEAD"}:
        return _problem(405, _("The API only reads: use GET."), {"Allow": _ALLOWED})
    limits = [Limit(settings.API_REQUESTS_A_MINUTE, 60)]
    if wait := seconds_to_wait("api", limits, client_address(request)):
        sentence = _("Too many requests. Wait %(seconds)s seconds.") % {"seconds": wait}
        return _problem(429, sentence, {"Retry-After": str(wait)})
    if request.method == "HEAD":
        return _without_body(view, request, *args, **kwargs)
    return view(request, *args, **kwargs)


def _without_body(view: View, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
    """Answer a HEAD as the same GET, and leave the body out."""
    request.method = "GET"
    answer = view(request, *args, **kwargs)
    if isinstance(answer, HttpResponse):
        answer.headers["Content-Length"] = str(len(answer.content))
        answer.content = b""
    return answer


def _problem(status: int, detail: str, headers: dict[str, str]) -> JsonResponse:
    return JsonResponse({"detail": detail}, status=status, headers={"Cache-Control": "no-store", **headers})


def _open_to_all(answer: HttpResponseBase) -> HttpResponseBase:
    answer.headers["Access-Control-Allow-Origin"] = "*"
    answer.headers["Access-Control-Expose-Headers"] = "ETag, Retry-After"
    return answer

"""How every residents' page is answered: without the request in its template, cacheable, with an ETag."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpResponse, HttpResponseBase
from django.template.loader import render_to_string
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page, require_safe

from accounts.access import public
from look.context import council

# How old a copy may be that a cache hands out (seconds).
MAX_AGE = 30

View = Callable[..., HttpResponseBase]


def residents_page(view: View) -> View:
    """Mark a view as a residents' page: read only, the same for everybody, kept by caches for a while."""
    return public(cache_control(public=True, max_age=MAX_AGE)(conditional_page(require_safe(view))))


def respond(template: str, context: dict[str, Any], *, path: str, status: int = 200) -> HttpResponse:
    """Render `template` without the request, so that nothing of the visitor can reach the page.

    `path` is the page's own address, for the canonical link.
    """
    shown = {**council(None), "page_url": f"{settings.PORTAL_URL}{path}", **context}
    return HttpResponse(render_to_string(template, shown), status=status)

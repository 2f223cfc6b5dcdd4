"""One page of a long list: which one is shown, what is said of a number that leads nowhere, its address."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

PER_PAGE = 20
# More digits than any page number has: int() of a very long text takes long.
_MAX_DIGITS = 6


def page_of(request: HttpRequest, found: QuerySet[Any] | list[int]) -> tuple[Page[Any], list[str]]:
    """Return the page asked for, or the nearest one and a sentence saying so."""
    asked, paginator = request.GET.get("page", ""), Paginator(found, PER_PAGE)
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) <= _MAX_DIGITS else 0
    if asked and not 0 < number <= paginator.num_pages:
        last = _("There is no page “%(asked)s”. This is page %(shown)s of %(last)s.")
        shown = paginator.num_pages if number else 1
        words = {"asked": _shortened(asked), "shown": shown, "last": paginator.num_pages}
        return paginator.page(shown), [last % words]
    return paginator.page(number or 1), []


def path_of(url_name: str, query: str, page: Page[Any]) -> str:
    """Return the address of `page` of the list at `url_name`; `query` is as `Narrowed.query` writes it."""
    number = f"page={page.number}" if page.number > 1 else ""
    return f"{reverse(url_name)}?{query}{number}".rstrip("?&")


def _shortened(text: str) -> str:
    plain = text.replace("\x00", "")
    return plain if len(plain) <= 2 * _MAX_DIGITS else f"{plain[: 2 * _MAX_DIGITS]}…"

"""Every address of the portal, found by walking the resolver; must not know what any of them does."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

# Files, not pages: served by the web server in production and by Django only with DEBUG on.
FILES = {"django.views.static.serve", "django.contrib.staticfiles.views.serve"}


@dataclass(frozen=True)
class Route:
    """One address: its full name, its view and the names of what varies in it."""

    name: str
    view: Callable[..., Any]
    varies: frozenset[str]

    def __str__(self) -> str:
        return self.name


def _walk(resolver: URLResolver, space: str, varies: frozenset[str]) -> Iterator[Route]:
    for entry in resolver.url_patterns:
        inside = varies | set(entry.pattern.regex.groupindex)
        if isinstance(entry, URLResolver):
            name = entry.app_name or entry.namespace
            yield from _walk(entry, f"{space}{name}:" if name else space, inside)
        elif isinstance(entry, URLPattern) and not _is_file(entry.callback):
            yield Route(f"{space}{entry.name}", entry.callback, inside)


def _is_file(view: Callable[..., Any]) -> bool:
    return f"{view.__module__}.{getattr(view, '__name__', '')}" in FILES


def all_routes() -> list[Route]:
    """Return every route of the portal, in the order Django tries them."""
    return list(_walk(get_resolver(), "", frozenset()))

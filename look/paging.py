"""What the links between the pages of a list carry along; must not know what is listed."""

from django.http import HttpRequest


def kept_query(request: HttpRequest, *dropped: str) -> str:
    """Return the address's query without the page and `dropped`, to put before "page=": "kind=outage&"."""
    query = request.GET.copy()
    for name in ("page", *dropped):
        query.pop(name, None)
    return f"{query.urlencode()}&" if query else ""

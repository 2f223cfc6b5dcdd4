"""Makes calls to Mastodon servers and says what their refusals mean; knows no posts."""

from datetime import UTC, datetime
from typing import Any

import regex
from django.utils.translation import gettext as _

from outbox.errors import AccountBroken, Blocked, NotSent, Rejected
from social.http import Answer, call, refuse_failure
from social.publishers.base import Credentials

GONE = {404, 410}


def api(base_url: str, path: str) -> str:
    """Return the address of one of the server's functions."""
    return f"{base_url.rstrip('/')}/api/{path}"


def read(credentials: Credentials, path: str, **query: str) -> Answer:
    """Ask the server something with our token."""
    return call("GET", api(credentials.base_url, path), token=credentials.secrets["token"], params=query)


def read_openly(credentials: Credentials, path: str, **query: str) -> Answer:
    """Ask as anybody may, and with our token only where the server lets nobody else look.

    Who takes our token away must not blind the watch.
    """
    answer = call("GET", api(credentials.base_url, path), params=query)
    return read(credentials, path, **query) if answer.status in {401, 403} else answer


def refuse(answer: Answer, *, makes_post: bool = False) -> None:
    """Raise what a failure means on Mastodon; return when there is none."""
    if answer.is_success:
        return
    refuse_failure(answer, makes_post=makes_post)
    message = str(answer.json().get("error", ""))[:300]
    if answer.status == 401:  # noqa: PLR2004
        raise AccountBroken(_("The server does not accept the access token any more. Connect it again."))
    if answer.status == 403 and regex.search(r"suspend|disabled|login is currently", message, regex.I):  # noqa: PLR2004
        raise Blocked(_("The server has blocked this account: %s") % message)
    if answer.status in {403, *GONE}:
        raise AccountBroken(_("The server does not let this account do that (%d).") % answer.status)
    raise Rejected(_("The server refused it: %s") % (message or answer.status))


def unreadable() -> NotSent:
    """Return the error for an answer that makes no sense; for calls that make no post."""
    return NotSent(_("The platform's answer could not be read."))


def objects(answer: Answer) -> list[dict[str, Any]]:
    """Return the list of objects with ids a server answered with."""
    found = answer.json_value()
    if not isinstance(found, list) or not all(map(_has_id, found)):
        raise unreadable()
    return found


def one(answer: Answer) -> dict[str, Any]:
    """Return the object a server answered with; one without an id is none."""
    found = answer.json()
    if not _has_id(found):
        raise unreadable()
    return found


def part(whole: dict[str, Any], name: str) -> dict[str, Any]:
    """Return an object inside another; empty when there is none."""
    found = whole.get(name)
    return found if isinstance(found, dict) else {}


def moment(whole: dict[str, Any], name: str = "created_at") -> datetime:
    """Return a time a server said, aware."""
    try:
        said = datetime.fromisoformat(str(whole.get(name)))
    except ValueError:
        raise unreadable() from None
    return said if said.tzinfo else said.replace(tzinfo=UTC)


def web_page(link: object) -> str:
    """Return the link a server gives if a person may follow it; a server may write anything there."""
    return link if isinstance(link, str) and link.startswith(("https://", "http://")) else ""


def _has_id(value: object) -> bool:
    return isinstance(value, dict) and isinstance(value.get("id"), str | int)

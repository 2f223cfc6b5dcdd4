"""Collects what people write to a Mastodon account, and finds the conversation each of it belongs to."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from social.publishers.base import Credentials, SeenReply
from social.publishers.mastodon_calls import GONE, moment, objects, one, part, read, refuse, web_page
from social.publishers.mastodon_reading import plain

PAGE = 80
"""The most notifications a server gives at once."""
MOST_PAGES = 150
"""12,000 mentions; their calls stay below the 300 in five minutes that servers allow."""
MOST_LOOKUPS = 60
DEEPEST = 100


def replies(credentials: Credentials, since: datetime) -> list[SeenReply]:
    """Return the mentions that reached the account since then, newest first.

    "Since" is when they reached it: a reply from a slow server may have been written long before.
    """
    statuses = list(_mentions(credentials, since))
    conversations = _Conversations(credentials, statuses)
    return [_said(status, conversations.root_of(status)) for status in statuses]


def _mentions(credentials: Credentials, since: datetime) -> Iterator[dict[str, Any]]:
    query = {"limit": str(PAGE), "types[]": "mention"}
    for _page in range(MOST_PAGES):
        answer = read(credentials, "v1/notifications", **query)
        refuse(answer)
        page = objects(answer)
        for notification in page:
            status = part(notification, "status")
            is_recent = moment(notification) >= since
            if is_recent and notification.get("type") == "mention" and "id" in status:
                yield status
        if not page or moment(page[-1]) < since:
            return
        query["max_id"] = str(page[-1]["id"])


def _said(status: dict[str, Any], root_id: str) -> SeenReply:
    account = part(status, "account")
    return SeenReply(
        remote_id=str(status["id"]),
        url=web_page(status.get("url")) or web_page(status.get("uri")),
        text=plain(str(status.get("content", ""))),
        posted_at=moment(status),
        author_handle=str(account.get("acct") or ""),
        author_name=str(account.get("display_name") or ""),
        parent_id=str(status.get("in_reply_to_id") or ""),
        root_id=root_id,
        raw=status,
    )


class _Conversations:
    """Climbs from answers to the posts they answer, asking the server once for each."""

    def __init__(self, credentials: Credentials, known: list[dict[str, Any]]) -> None:
        self._credentials = credentials
        self._known: dict[str, dict[str, Any] | None] = {str(status["id"]): status for status in known}
        self._left = MOST_LOOKUPS

    def root_of(self, status: dict[str, Any]) -> str:
        """Return the first post of a conversation that is ours or answers us; empty for other mentions."""
        root, is_ours = status, False
        for _step in range(DEEPEST):
            parent = self._status(str(root.get("in_reply_to_id") or ""))
            if parent is None:
                break
            root = parent
            is_ours = is_ours or self._is_ours(parent)
        return str(root["id"]) if is_ours else ""

    def _is_ours(self, status: dict[str, Any]) -> bool:
        return str(part(status, "account").get("id")) == self._credentials.remote_account_id

    def _status(self, status_id: str) -> dict[str, Any] | None:
        if status_id and status_id not in self._known and self._left:
            self._left -= 1
            answer = read(self._credentials, f"v1/statuses/{status_id}")
            if answer.status not in GONE:
                refuse(answer)
            self._known[status_id] = None if answer.status in GONE else one(answer)
        return self._known.get(status_id)

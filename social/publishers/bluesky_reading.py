"""Reads Bluesky accounts back: their records as everybody sees them, their profile, what was said to them."""

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import islice
from typing import Any

from django.utils.translation import gettext as _

from outbox.errors import Rejected
from social.publishers.base import Credentials, Profile, Receipt, SeenPost, SeenReply, Thread
from social.publishers.bluesky_session import GONE, read, read_openly, refuse, unreadable

COLLECTION = "app.bsky.feed.post"
REPOST = "app.bsky.feed.repost"
TID_ALPHABET = "234567abcdefghijklmnopqrstuvwxyz"
TID_LENGTH = 13
PAGE = 100
MOST_PAGES = 15
MOST_REPLY_PAGES = 120


def recent(credentials: Credentials, since: datetime) -> list[SeenPost]:
    """Return what the account posted or reposted since then, newest first, read from its repository.

    At most `MOST_PAGES` pages of each: whoever floods an account has been noticed by then.
    """
    found = [
        seen(each)
        for collection in (COLLECTION, REPOST)
        for page in islice(_pages(credentials, collection, since), MOST_PAGES)
        for each in page
        if _made_at(each) >= since
    ]
    return sorted(found, key=lambda post: post.posted_at, reverse=True)


def look(receipt: Receipt, credentials: Credentials) -> SeenPost | None:
    """Return one record as it stands; None when it is gone."""
    answer = read_openly(credentials, "repo.getRecord", record_query(receipt.remote_id))
    if answer.json().get("error") == GONE:
        return None
    refuse(answer)
    return seen(record_in(answer.json()))


def seen(found: dict[str, Any]) -> SeenPost:
    """Return a record as people see it; its CID changes with every byte of it."""
    value, uri = found["value"], str(found["uri"])
    return SeenPost(
        remote_id=uri,
        url=page_of(uri) if f"/{COLLECTION}/" in uri else "",
        text=_written_out(value),
        posted_at=_moment(value.get("createdAt")) or _made_at(found),
        fingerprint=str(found["cid"]),
        links=_links(value),
        raw=found,
    )


def descriptions(shown: SeenPost) -> list[str]:
    """Return what a post's pictures say in words."""
    images = _object(_object(shown.raw.get("value")).get("embed")).get("images")
    return [str(image.get("alt", "")) for image in _objects(images)]


def profile(credentials: Credentials) -> Profile:
    """Return how the account presents itself: its own record, and the handle its server gives it."""
    did = credentials.remote_account_id
    repo = read_openly(credentials, "repo.describeRepo", {"repo": did})
    refuse(repo)
    answer = read_openly(
        credentials, "repo.getRecord", record_query(f"at://{did}/app.bsky.actor.profile/self")
    )
    # An account that never described itself has no such record.
    if answer.json().get("error") != GONE:
        refuse(answer)
    value = _object(answer.json().get("value"))
    return Profile(
        handle=str(repo.json().get("handle", "")),
        name=str(value.get("displayName", "")),
        about=str(value.get("description", "")),
        link=str(value.get("website", "")),
        picture=" ".join(filter(None, (_blob(value.get(name)) for name in ("avatar", "banner")))),
    )


def replies(credentials: Credentials, since: datetime) -> list[SeenReply]:
    """Return the answers and mentions that reached the account since then, newest first.

    The app's own service answers this (app.bsky.notification.listNotifications), through the account's
    server. "Since" is when it learnt of them: people's own clocks may say anything.
    """
    found: list[SeenReply] = []
    query: dict[str, str | list[str]] = {"limit": str(PAGE), "reasons": ["reply", "mention"]}
    for _page in range(MOST_REPLY_PAGES):
        answer = read(credentials, "app.bsky.notification.listNotifications", query)
        refuse(answer)
        page = _objects(answer.json().get("notifications"))
        found += [
            said(each, credentials)
            for each in page
            if each.get("reason") in {"reply", "mention"} and _indexed_at(each) >= since
        ]
        cursor = answer.json().get("cursor")
        if not page or not cursor or _indexed_at(page[-1]) < since:
            break
        query["cursor"] = str(cursor)
    return found


def said(notification: dict[str, Any], credentials: Credentials) -> SeenReply:
    """Return what somebody wrote; outside our own conversations it is a mention."""
    uri, author = str(notification.get("uri", "")), _object(notification.get("author"))
    value = _object(notification.get("record"))
    reply = _object(value.get("reply"))
    parent, root = (str(_object(reply.get(name)).get("uri", "")) for name in ("parent", "root"))
    ours = f"at://{credentials.remote_account_id}/"
    return SeenReply(
        remote_id=uri,
        url=page_of(uri),
        text=_written_out(value),
        posted_at=_moment(value.get("createdAt")) or _indexed_at(notification),
        author_handle=str(author.get("handle", "")),
        author_name=str(author.get("displayName", "")),
        parent_id=parent,
        root_id=root if root.startswith(ours) or parent.startswith(ours) else "",
        raw=notification,
    )


def thread_refs(thread: Thread, credentials: Credentials) -> dict[str, Any]:
    """Return where a post belongs, as its record says it; Rejected when the answered post is gone."""
    root, parent = thread.root.remote_id, thread.parent.remote_id
    known = {uri: _ref(uri, credentials) for uri in dict.fromkeys([root, parent])}
    return {"root": known[root], "parent": known[parent]}


def record_query(uri: str) -> dict[str, str]:
    """Return what getRecord and deleteRecord want to know of an at:// address."""
    _scheme, _empty, repo, collection, rkey = [*uri.split("/"), "", "", "", ""][:5]
    return {"repo": repo, "collection": collection, "rkey": rkey}


def page_of(uri: str) -> str:
    """Return where a person sees a post."""
    query = record_query(uri)
    return f"https://bsky.app/profile/{query['repo']}/post/{query['rkey']}"


def tid_moment(rkey: str) -> datetime | None:
    """Return the moment a record key claims: 53 bits of microseconds; None for keys of another kind."""
    if len(rkey) != TID_LENGTH or not set(rkey) <= set(TID_ALPHABET):
        return None
    number = 0
    for letter in rkey:
        number = (number << 5) | TID_ALPHABET.index(letter)
    try:
        return datetime.fromtimestamp((number >> 10) / 1_000_000, UTC)
    except (ValueError, OverflowError, OSError):
        return None


def _pages(credentials: Credentials, collection: str, since: datetime) -> Iterator[list[dict[str, Any]]]:
    """Yield the repository's records, highest key first, until the keys lie before `since`."""
    query = {"repo": credentials.remote_account_id, "collection": collection, "limit": str(PAGE)}
    while True:
        answer = read_openly(credentials, "repo.listRecords", query)
        refuse(answer)
        records = answer.json().get("records")
        if not isinstance(records, list):
            raise unreadable()
        page = [record_in(each) for each in records]
        yield page
        if not page or not answer.json().get("cursor"):
            return
        query["cursor"] = str(answer.json()["cursor"])
        last = tid_moment(str(page[-1]["uri"]).rpartition("/")[2])
        if last is not None and last < since:
            return


def _ref(uri: str, credentials: Credentials) -> dict[str, str]:
    answer = read_openly(credentials, "repo.getRecord", record_query(uri))
    if answer.json().get("error") == GONE:
        raise Rejected(_("The post it answers is not there any more."))
    refuse(answer)
    found = record_in(answer.json())
    return {"uri": str(found["uri"]), "cid": str(found["cid"])}


def record_in(value: object) -> dict[str, Any]:
    """Return one record of an answer, when it is one."""
    found = _object(value)
    known = isinstance(found.get("uri"), str) and isinstance(found.get("cid"), str)
    if not known or not isinstance(found.get("value"), dict):
        raise unreadable()
    return found


def _made_at(found: dict[str, Any]) -> datetime:
    """The later of what the key and the record claim: a hidden date does not hide a post."""
    by_key = tid_moment(str(found["uri"]).rpartition("/")[2])
    claims = [claim for claim in (by_key, _moment(found["value"].get("createdAt"))) if claim]
    return max(claims, default=datetime.max.replace(tzinfo=UTC))


def _indexed_at(notification: dict[str, Any]) -> datetime:
    moment = _moment(notification.get("indexedAt"))
    if moment is None:
        raise unreadable()
    return moment


def _moment(value: object) -> datetime | None:
    try:
        said_at = datetime.fromisoformat(str(value))
    except ValueError:
        return None
    return said_at if said_at.tzinfo else said_at.replace(tzinfo=UTC)


def _written_out(value: dict[str, Any]) -> str:
    """The text with the whole address where an app shows a shortened one; of a repost, what it repeats."""
    if "text" not in value:
        return str(_object(value.get("subject")).get("uri", ""))
    text = str(value.get("text", "")).encode(errors="replace")
    for start, end, uri in sorted(_facet_links(value), reverse=True):
        text = text[:start] + uri.encode(errors="replace") + text[end:]
    return text.decode(errors="replace")


def _links(value: dict[str, Any]) -> tuple[str, ...]:
    card = _object(_object(value.get("embed")).get("external")).get("uri")
    found = [uri for _start, _end, uri in _facet_links(value)]
    return tuple(dict.fromkeys([*found, *([card] if isinstance(card, str) else [])]))


def _facet_links(value: dict[str, Any]) -> list[tuple[int, int, str]]:
    found = []
    for facet in _objects(value.get("facets")):
        index = _object(facet.get("index"))
        start, end = index.get("byteStart"), index.get("byteEnd")
        for feature in _objects(facet.get("features")):
            uri = feature.get("uri")
            if isinstance(start, int) and isinstance(end, int) and isinstance(uri, str):
                found.append((start, end, uri))
    return found


def _blob(value: object) -> str:
    return str(_object(_object(value).get("ref")).get("$link", ""))


def _object(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _objects(value: object) -> list[dict[str, Any]]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []

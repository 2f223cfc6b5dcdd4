"""Reads Mastodon accounts back: their posts as everybody sees them, and how they present themselves."""

import hashlib
import html
import json
from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import islice
from typing import Any

import regex
from django.utils.translation import gettext as _

from outbox.errors import NotSent
from social.http import Answer
from social.publishers.base import Credentials, Post, Profile, Receipt, SeenPost
from social.publishers.mastodon_calls import (
    GONE,
    moment,
    objects,
    one,
    part,
    read,
    read_openly,
    refuse,
    web_page,
)

PAGE = 40
MOST_PAGES = 15
MENTION = regex.compile(r"(?<![\w/])(@\w[\w.-]*)@[\w.-]+\w")
ANCHOR = regex.compile(r"<a\b[^>]*>", regex.IGNORECASE)
HREF = regex.compile(r"""\bhref=["']([^"']*)["']""", regex.IGNORECASE)
IN_TEXT = regex.compile(r"""\bclass=["'][^"']*\b(mention|hashtag)\b""", regex.IGNORECASE)


def seen(status: dict[str, Any]) -> SeenPost:
    """Return a status as the platform shows it; of a boost, the words that are boosted."""
    said = part(status, "reblog") or status
    content = str(said.get("content", ""))
    return SeenPost(
        remote_id=str(status["id"]),
        url=web_page(status.get("url")) or web_page(status.get("uri")),
        text=plain(content),
        posted_at=moment(status),
        fingerprint=_fingerprint(said),
        links=_links(content),
        made_with=str(part(status, "application").get("name") or ""),
        raw=status,
    )


def same_words(shown: SeenPost, post: Post) -> bool:
    """Say whether a post says exactly this; the link stands in the text and is compared too.

    A boost says nothing of its own.
    """
    return not shown.raw.get("reblog") and _bare(shown.text) == _bare(post.text)


def recent(credentials: Credentials, since: datetime) -> list[SeenPost]:
    """Return what the account posted since then, as everybody may read it, newest first.

    At most `MOST_PAGES` pages: whoever floods an account has been noticed by then.
    """
    pages = islice(_pages(read_openly, credentials, since), MOST_PAGES)
    return [seen(status) for page in pages for status in page if moment(status) >= since]


def own_posts(credentials: Credentials, oldest: datetime) -> Iterator[SeenPost]:
    """Read our own posts with our token, newest first; NotSent when there are too many to be sure."""
    for number, page in enumerate(_pages(read, credentials, oldest)):
        if number == MOST_PAGES:
            raise NotSent(_("There are too many newer posts to look through."))
        yield from (seen(status) for status in page)


def look(receipt: Receipt, credentials: Credentials) -> SeenPost | None:
    """Return one status as it stands; None when it is gone."""
    answer = read_openly(credentials, f"v1/statuses/{receipt.remote_id}")
    if answer.status in GONE:
        return None
    refuse(answer)
    return seen(one(answer))


def profile(credentials: Credentials) -> Profile:
    """Return how the account presents itself; its extra fields count as part of what it says of itself."""
    answer = read_openly(credentials, f"v1/accounts/{credentials.remote_account_id}")
    refuse(answer)
    account = one(answer)
    fields = account.get("fields")
    rows = [f"{plain(str(row.get('name')))}: {plain(str(row.get('value')))}" for row in _rows(fields)]
    return Profile(
        handle=str(account.get("acct") or ""),
        name=str(account.get("display_name") or ""),
        about="\n".join([plain(str(account.get("note") or "")), *rows]).strip(),
        link=web_page(account.get("url")),
        picture=" ".join(filter(None, (web_page(account.get(name)) for name in ("avatar", "header")))),
    )


def plain(content: str) -> str:
    """Return a status's HTML as the words it shows, links written out."""
    lines = regex.sub(r"</p>\s*<p[^>]*>", "\n\n", content, flags=regex.IGNORECASE)
    lines = regex.sub(r"<br\s*/?>", "\n", lines, flags=regex.IGNORECASE)
    return html.unescape(regex.sub(r"<[^>]*>", "", lines)).strip()


def _pages(
    ask: Callable[..., Answer], credentials: Credentials, oldest: datetime
) -> Iterator[list[dict[str, Any]]]:
    path = f"v1/accounts/{credentials.remote_account_id}/statuses"
    query = {"limit": str(PAGE)}
    while True:
        answer = ask(credentials, path, **query)
        refuse(answer)
        page = objects(answer)
        yield page
        if not page or moment(page[-1]) < oldest:
            return
        query["max_id"] = str(page[-1]["id"])


def _bare(text: str) -> str:
    """The words without what servers rewrite: white space, and the domain of a mention."""
    return regex.sub(r"\s+", "", MENTION.sub(r"\1", text))


def _fingerprint(status: dict[str, Any]) -> str:
    """Of what people see, not of the HTML: after an update a server may write the same words otherwise."""
    content = str(status.get("content", ""))
    shown = [
        plain(content),
        _links(content),
        status.get("spoiler_text"),
        status.get("sensitive"),
        status.get("edited_at"),
        [[media.get("id"), media.get("description")] for media in _rows(status.get("media_attachments"))],
    ]
    return hashlib.sha256(json.dumps(shown).encode()).hexdigest()


def _links(content: str) -> tuple[str, ...]:
    """The addresses a reader can follow, without those of mentions and hashtags."""
    anchors = [anchor for anchor in ANCHOR.findall(content) if not IN_TEXT.search(anchor)]
    found = [html.unescape(href.group(1)) for anchor in anchors if (href := HREF.search(anchor))]
    return tuple(dict.fromkeys(web_page(link) for link in found if web_page(link)))


def _rows(value: object) -> list[dict[str, Any]]:
    return [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []

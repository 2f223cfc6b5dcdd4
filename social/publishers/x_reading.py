"""Reads X accounts back: their posts, what others write to them, and how they present themselves.

X shows posts to programs only with access to an account, and charges for each one read.
"""

import hashlib
import html
import json
import unicodedata
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import islice
from typing import Any

import regex
from django.utils import timezone
from django.utils.translation import gettext as _

from outbox.errors import NotSent
from social.http import Answer
from social.publishers.base import Credentials, Post, Profile, Receipt, SeenPost, SeenReply
from social.publishers.x_calls import (
    ask,
    data,
    moment,
    part,
    people_url,
    refuse,
    refuse_errors,
    rows,
    says_gone,
    unreadable,
)

PAGE = 100
MOST_PAGES = 10
"""Of an account's own posts; whoever floods an account has been noticed by then. Mentions end at 800."""
MOST_LOOKUPS = 100
"""Posts X tells us in one call."""
POST_FIELDS = (
    "attachments,author_id,conversation_id,created_at,edit_history_tweet_ids,entities,in_reply_to_user_id,"
    "referenced_tweets,source"
)
USER_FIELDS = "description,entities,name,profile_image_url,protected,url,username"
_MENTIONS = regex.compile(r"^(?:@\w+\s+)+")


def address(remote_id: str, credentials: Credentials) -> str:
    """Return where people see a post, whatever the account calls itself."""
    return f"{people_url(credentials.base_url)}/i/web/status/{remote_id}"


def seen(post: dict[str, Any], credentials: Credentials) -> SeenPost:
    """Return a post as X shows it. An edit gets a new id there; here it stays the post it was first."""
    remote_id = str((_history(post) or [post["id"]])[0])
    return SeenPost(
        remote_id=remote_id,
        url=address(remote_id, credentials),
        text=_words(post),
        posted_at=moment(post),
        fingerprint=_fingerprint(post),
        links=tuple(link["expanded_url"] for link in _links(post)),
        made_with=str(post.get("source") or ""),
        raw=post,
    )


def same_words(shown: SeenPost, post: Post) -> bool:
    """Say whether a post says exactly this: the same words and links, and no more pictures or fewer.

    A repost says nothing of its own. Before an answer X puts the name of whom it answers.
    """
    raw = shown.raw
    if any(other.get("type") in {"retweeted", "quoted"} for other in rows(raw, "referenced_tweets")):
        return False
    pictures = part(raw, "attachments").get("media_keys")
    if len(pictures if isinstance(pictures, list) else []) != len(post.images):
        return False
    texts = [shown.text, post.text]
    if raw.get("in_reply_to_user_id"):
        texts = [_MENTIONS.sub("", text) for text in texts]
    return _bare(texts[0]) == _bare(texts[1])


def recent(credentials: Credentials, since: datetime) -> list[SeenPost]:
    """Return what the account posted since then, newest first, reposts and answers among them."""
    found = islice(_pages(credentials, "tweets", since), MOST_PAGES)
    return [seen(post, credentials) for answer in found for post in _posts(answer) if moment(post) >= since]


def own_posts(credentials: Credentials, oldest: datetime) -> Iterator[SeenPost]:
    """Read our own posts, newest first; NotSent when there are too many to be sure."""
    for number, answer in enumerate(_pages(credentials, "tweets", oldest)):
        if number == MOST_PAGES:
            raise NotSent(_("There are too many newer posts to look through."))
        yield from (seen(post, credentials) for post in _posts(answer))


def look(receipt: Receipt, credentials: Credentials) -> SeenPost | None:
    """Return one post as it stands, after its last edit; None when it is gone."""
    found = _one(receipt.remote_id, credentials)
    if found and (history := _history(found)) and history[-1] != found["id"]:
        found = _one(history[-1], credentials)
    return seen(found, credentials) if found else None


def profile(credentials: Credentials) -> Profile:
    """Return how the account presents itself, its links as they were written."""
    answer = ask(
        credentials,
        "GET",
        f"users/{credentials.remote_account_id}",
        params={"user.fields": USER_FIELDS},
    )
    user = data(answer)
    entities = part(user, "entities")
    return Profile(
        handle=str(user.get("username") or ""),
        name=str(user.get("name") or ""),
        about=_unwrapped(str(user.get("description") or ""), rows(part(entities, "description"), "urls")),
        link=_unwrapped(str(user.get("url") or ""), rows(part(entities, "url"), "urls")),
        picture=str(user.get("profile_image_url") or ""),
    )


def replies(credentials: Credentials, since: datetime) -> list[SeenReply]:
    """Return the posts that name the account, which an answer to it does by itself, newest first."""
    posts: list[dict[str, Any]] = []
    authors: dict[str, dict[str, Any]] = {}
    for answer in islice(_pages(credentials, "mentions", since), MOST_PAGES):
        authors |= {str(user.get("id")): user for user in rows(part(answer.json(), "includes"), "users")}
        posts += [post for post in _posts(answer) if moment(post) >= since]
    ours = _our_conversations(credentials, posts)
    return [
        _said(post, authors.get(str(post.get("author_id")), {}), ours, credentials)
        for post in posts
        if str(post.get("author_id")) != credentials.remote_account_id
    ]


def _said(
    post: dict[str, Any], author: dict[str, Any], ours: set[str], credentials: Credentials
) -> SeenReply:
    answered = [str(other.get("id")) for other in rows(post, "referenced_tweets") if _is_answered(other)]
    conversation = str(post.get("conversation_id") or "")
    handle = str(author.get("username") or "")
    return SeenReply(
        remote_id=str(post["id"]),
        url=address(str(post["id"]), credentials),
        text=_words(post),
        posted_at=moment(post),
        author_handle=handle,
        author_name=str(author.get("name") or ""),
        parent_id=answered[0] if answered else "",
        root_id=conversation if conversation in ours else "",
        raw=post,
    )


def _is_answered(other: dict[str, Any]) -> bool:
    return other.get("type") == "replied_to"


def _our_conversations(credentials: Credentials, posts: list[dict[str, Any]]) -> set[str]:
    """Return the first posts of the conversations that are ours or in which somebody answers us."""
    us = credentials.remote_account_id
    ours = {str(post.get("conversation_id")) for post in posts if str(post.get("in_reply_to_user_id")) == us}
    unsure = {str(post["conversation_id"]) for post in posts if post.get("conversation_id")} - ours
    # The first post of a conversation has its id; one nobody answered yet is no conversation.
    unsure -= {str(post["id"]) for post in posts}
    firsts = sorted(unsure, reverse=True)[:MOST_LOOKUPS]
    if firsts:
        query = {"ids": ",".join(firsts), "tweet.fields": "author_id"}
        answer = ask(credentials, "GET", "tweets", params=query)
        refuse(answer)
        ours |= {
            str(post.get("id")) for post in rows(answer.json(), "data") if str(post.get("author_id")) == us
        }
    return ours


def _one(post_id: str, credentials: Credentials) -> dict[str, Any] | None:
    answer = ask(credentials, "GET", f"tweets/{post_id}", params={"tweet.fields": POST_FIELDS})
    return None if says_gone(answer) else data(answer)


def _pages(credentials: Credentials, which: str, since: datetime) -> Iterator[Answer]:
    """Yield the account's posts, or its mentions, page by page; X has no times that are still to come."""
    if since >= timezone.now():
        return
    query = {
        "max_results": str(PAGE),
        "start_time": since.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "tweet.fields": POST_FIELDS,
        "expansions": "author_id",
        "user.fields": "name,username",
    }
    while True:
        answer = ask(credentials, "GET", f"users/{credentials.remote_account_id}/{which}", params=query)
        refuse(answer)
        yield answer
        following = part(answer.json(), "meta").get("next_token")
        if not isinstance(following, str) or not following:
            return
        query["pagination_token"] = following


def _posts(answer: Answer) -> list[dict[str, Any]]:
    """Return the posts of a page; one without any says so in its `meta`, anything else proves nothing."""
    body = answer.json()
    posts = rows(body, "data")
    if not all(isinstance(post.get("id"), str) for post in posts):
        raise unreadable()
    if not posts and not isinstance(part(body, "meta").get("result_count"), int):
        refuse_errors(answer)
        raise unreadable()
    return posts


def _history(post: dict[str, Any]) -> list[str]:
    found = post.get("edit_history_tweet_ids")
    return [str(each) for each in found] if isinstance(found, list) else []


def _words(post: dict[str, Any]) -> str:
    """Return a post's words as they were written: X escapes three characters and shortens addresses."""
    text = html.unescape(str(post.get("text", "")))
    pictures = [link for link in _urls(post) if link.get("media_key") or _is_picture(link)]
    for link in pictures:
        text = text.replace(str(link["url"]), "")
    return _unwrapped(text, _links(post)).strip()


def _unwrapped(text: str, links: list[dict[str, Any]]) -> str:
    for link in links:
        if isinstance(link.get("expanded_url"), str):
            text = text.replace(str(link.get("url")), link["expanded_url"])
    return text


def _links(post: dict[str, Any]) -> list[dict[str, Any]]:
    return [link for link in _urls(post) if not link.get("media_key") and not _is_picture(link)]


def _urls(post: dict[str, Any]) -> list[dict[str, Any]]:
    found = rows(part(post, "entities"), "urls")
    return [link for link in found if link.get("url") and isinstance(link.get("expanded_url"), str)]


def _is_picture(link: dict[str, Any]) -> bool:
    """X puts the address of a post's own pictures behind its words."""
    pattern = r"https?://[^/]+/[^/]+/status/\d+/(?:photo|video)/\d+"
    return regex.fullmatch(pattern, str(link.get("expanded_url"))) is not None


def _bare(text: str) -> str:
    """The words without what X rewrites: white space, and how an address begins and ends."""
    plain = unicodedata.normalize("NFC", text)
    return regex.sub(r"\s+", "", regex.sub(r"https?://|/(?=\s|$)", "", plain))


def _fingerprint(post: dict[str, Any]) -> str:
    shown = [
        _words(post),
        [link["expanded_url"] for link in _links(post)],
        part(post, "attachments").get("media_keys"),
        _history(post),
    ]
    return hashlib.sha256(json.dumps(shown).encode()).hexdigest()

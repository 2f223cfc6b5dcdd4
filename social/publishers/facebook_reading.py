"""Reads Facebook Pages back: what they post and comment, what others write to them, their profile."""

import hashlib
import json
from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from typing import Any

from django.utils.translation import gettext as _

from outbox.errors import NotSent
from social.publishers.base import Credentials, Post, Profile, Receipt, SeenPost, SeenReply
from social.publishers.facebook_calls import (
    ask,
    is_gone,
    moment,
    one,
    pages,
    part,
    people_url,
    refuse,
    rows,
    web_page,
)
from social.text import urls

PAGE = "25"
"""Few at a time: texts may have 63,206 characters, and an answer may have two million bytes."""
MOST_PAGES = 40
"""1,000 posts since a moment; Facebook itself shows about 600 a year."""
MOST_CONVERSATIONS = 100
"""How many of the newest posts are asked for comments: Facebook has no list of a Page's comments."""
MOST_COMMENT_PAGES = 420
"""A little more than 10,000 comments under one post."""

_ATTACHMENTS = "attachments{media_type,unshimmed_url,target{id},subattachments{target{id}}}"
_COMMENT = "id,message,created_time,from{id,name},parent{id},permalink_url,is_hidden,application{name}"
_POST = f"id,message,created_time,permalink_url,is_hidden,is_published,application{{name}},{_ATTACHMENTS}"
_NEWEST_COMMENT = "comments.filter(stream).order(reverse_chronological).limit(1){created_time}"
_MENTION = "id,message,created_time,from{id,name},permalink_url"
_PROFILE = "id,username,name,about,description,link,website,cover{cover_id},picture{cache_key}"


def is_comment(remote_id: str, page_id: str) -> bool:
    """Say whether an id is a comment's: a post's begins with its Page's."""
    return not remote_id.startswith(f"{page_id}_")


def address(remote_id: str, credentials: Credentials) -> str:
    """Return where people see one of the Page's posts, or a comment below it. Pure."""
    page_id, site = credentials.remote_account_id, people_url(credentials.base_url)
    if not is_comment(remote_id, page_id):
        return f"{site}/{remote_id}"
    post, _underscore, comment = remote_id.partition("_")
    return f"{site}/{page_id}_{post}?comment_id={comment}"


def same_words(shown: SeenPost, post: Post) -> bool:
    """Say whether a post says exactly this; white space is Facebook's to tidy.

    A link outside the words is a card, which posts with pictures and comments cannot have.
    """
    if "".join(shown.text.split()) != "".join(post.text.split()):
        return False
    needs_card = bool(post.link) and post.link not in post.text and not post.images
    return not needs_card or "attachments" not in shown.raw or post.link in shown.links


def recent(credentials: Credentials, since: datetime) -> list[SeenPost]:
    """Return what the Page posted since then, its own comments among it, newest first."""
    since = _to_the_second(since)
    said = [seen(post, credentials) for post in _posts(credentials, since)]
    said += [
        seen(comment, credentials) for comment, _below_post in _comments(credentials, since, is_ours=True)
    ]
    return sorted(said, key=lambda each: each.posted_at, reverse=True)


def look(receipt: Receipt, credentials: Credentials) -> SeenPost | None:
    """Return one post or comment as it stands; None when it is gone and the Page itself is still ours."""
    fields = _COMMENT if is_comment(receipt.remote_id, credentials.remote_account_id) else _POST
    answer = ask(credentials, receipt.remote_id, fields=fields)
    if is_gone(answer):
        insist_on_page(credentials)
        return None
    refuse(answer, about_object=True)
    return seen(one(answer), credentials)


def insist_on_page(credentials: Credentials) -> None:
    """Make sure that we still see the Page: "no such post" may also mean "not for you"."""
    refuse(ask(credentials, credentials.remote_account_id, fields="id"))


def profile(credentials: Credentials) -> Profile:
    """Return how the Page presents itself; its pictures by their lasting keys, for their addresses change."""
    answer = ask(credentials, credentials.remote_account_id, fields=_PROFILE)
    refuse(answer)
    page = one(answer)
    picture = part(part(page, "picture"), "data").get("cache_key")
    keys = [picture, part(page, "cover").get("cover_id")]
    about = [page.get("about"), page.get("description"), page.get("website")]
    return Profile(
        handle=str(page.get("username") or page["id"]),
        name=str(page.get("name") or ""),
        about="\n".join(str(words) for words in about if words),
        link=web_page(page.get("link")),
        picture=" ".join(str(key) for key in keys if key),
    )


def replies(credentials: Credentials, since: datetime) -> list[SeenReply]:
    """Return others' comments, posts on the Page's wall and mentions since then, newest first."""
    since = _to_the_second(since)
    comments = [_comment(said, post) for said, post in _comments(credentials, since, is_ours=False)]
    posts = {str(post["id"]): _reply(post) for post in _elsewhere(credentials, since)}
    return sorted([*comments, *posts.values()], key=lambda said: said.posted_at, reverse=True)


def seen(post: dict[str, Any], credentials: Credentials) -> SeenPost:
    """Return a post or comment of ours as the platform shows it."""
    text = str(post.get("message") or "")
    cards = [web_page(each.get("unshimmed_url")) for each in _attachments(post)]
    written = [text[start:end] for start, end in urls(text)]
    return SeenPost(
        remote_id=str(post["id"]),
        url=web_page(post.get("permalink_url")) or address(str(post["id"]), credentials),
        text=text,
        posted_at=moment(post),
        fingerprint=_fingerprint(text, cards, post),
        links=tuple(dict.fromkeys(filter(None, [*written, *cards]))),
        made_with=str(part(post, "application").get("name") or ""),
        raw=post,
    )


def pictures(shown: SeenPost) -> int:
    """Return how many pictures a post has."""
    return len([target for target in _targets(dict(shown.raw)) if target])


def _to_the_second(since: datetime) -> datetime:
    """Facebook tells no fractions: what was posted in this very second is not older."""
    return since.replace(microsecond=0)


def _posts(credentials: Credentials, since: datetime) -> Iterator[dict[str, Any]]:
    """Yield the Page's posts since then, newest first; NotSent when there are too many to be sure."""
    path = f"{credentials.remote_account_id}/published_posts"
    for number, page in enumerate(pages(credentials, path, fields=_POST, limit=PAGE)):
        yield from (post for post in page if moment(post) >= since)
        if page and moment(page[-1]) < since:
            return
        if number + 1 >= MOST_PAGES:
            raise NotSent(_("There are too many newer posts to look through."))


def _comments(
    credentials: Credentials, since: datetime, *, is_ours: bool
) -> Iterator[tuple[dict[str, Any], str]]:
    """Yield comments since then, ours or others', with the id of the post they are below."""
    path = f"{credentials.remote_account_id}/published_posts"
    found = pages(credentials, path, fields=f"id,created_time,{_NEWEST_COMMENT}", limit="100")
    newest = islice((post for page in found for post in page), MOST_CONVERSATIONS)
    for post in newest:
        if any(moment(comment) >= since for comment in _newest_comment(post)):
            for comment in _below(credentials, str(post["id"]), since):
                if (part(comment, "from").get("id") == credentials.remote_account_id) == is_ours:
                    yield comment, str(post["id"])


def _newest_comment(post: dict[str, Any]) -> list[dict[str, Any]]:
    return rows(part(post, "comments")) if "comments" in post else []


def _below(credentials: Credentials, post_id: str, since: datetime) -> Iterator[dict[str, Any]]:
    """Yield every comment below a post since then, those below comments too, newest first."""
    order = {"filter": "stream", "order": "reverse_chronological", "limit": PAGE}
    found = pages(credentials, f"{post_id}/comments", about_object=True, fields=_COMMENT, **order)
    for page in islice(found, MOST_COMMENT_PAGES):
        for comment in page:
            if moment(comment) < since:
                return
            yield comment


def _elsewhere(credentials: Credentials, since: datetime) -> Iterator[dict[str, Any]]:
    """Yield what others posted on the Page's wall, and their posts that name the Page."""
    mine = credentials.remote_account_id
    for name in ("visitor_posts", "tagged"):
        found = pages(credentials, f"{mine}/{name}", fields=_MENTION, limit=PAGE)
        for page in islice(found, MOST_PAGES):
            yield from (
                post for post in page if moment(post) >= since and part(post, "from").get("id") != mine
            )
            if page and moment(page[-1]) < since:
                break


def _comment(comment: dict[str, Any], post_id: str) -> SeenReply:
    return _reply(comment, str(part(comment, "parent").get("id") or post_id), post_id)


def _reply(said: dict[str, Any], parent_id: str = "", root_id: str = "") -> SeenReply:
    author = part(said, "from")
    return SeenReply(
        remote_id=str(said["id"]),
        url=web_page(said.get("permalink_url")),
        text=str(said.get("message") or ""),
        posted_at=moment(said),
        author_handle=str(author.get("id") or ""),
        author_name=str(author.get("name") or ""),
        parent_id=parent_id,
        root_id=root_id,
        raw=said,
    )


def _fingerprint(text: str, cards: list[str], post: dict[str, Any]) -> str:
    """Of the words, the links and the pictures; not of a card's title, which Facebook reads anew."""
    shown = [text, cards, _targets(post), bool(post.get("is_hidden")), post.get("is_published", True)]
    return hashlib.sha256(json.dumps(shown).encode()).hexdigest()


def _targets(post: dict[str, Any]) -> list[str]:
    """Return the ids of the pictures of a post."""
    found = _attachments(post)
    inner = [row for each in found for row in _data(part(each, "subattachments"))]
    photos = inner or [each for each in found if each.get("media_type") == "photo"]
    return [str(part(photo, "target").get("id") or "") for photo in photos]


def _attachments(post: dict[str, Any]) -> list[dict[str, Any]]:
    return _data(part(post, "attachments"))


def _data(whole: dict[str, Any]) -> list[dict[str, Any]]:
    found = whole.get("data")
    return [row for row in found if isinstance(row, dict)] if isinstance(found, list) else []

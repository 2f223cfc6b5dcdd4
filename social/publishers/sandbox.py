"""Speaks to the practice network inside the portal: a real publisher without the world outside."""

import hashlib
import json
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, ClassVar

from django.conf import settings

from social.enums import Channel
from social.models import SandboxPost
from social.publishers.base import (
    Credentials,
    Health,
    Identity,
    Limits,
    NoticeContent,
    Post,
    Profile,
    Receipt,
    SeenPost,
    SeenReply,
    Thread,
)
from social.publishers.composing import common_problems, posts_of
from social.sandbox import network
from social.text import graphemes, urls


class Sandbox:
    """Publisher for the practice network."""

    channel: ClassVar[Channel] = Channel.SANDBOX
    limits: ClassVar[Limits] = Limits(characters=400, parts=3)
    needs_server: ClassVar[bool] = False
    needs_secret: ClassVar[bool] = False
    has_worldwide_ids: ClassVar[bool] = True
    can_edit: ClassVar[bool] = True
    can_reply: ClassVar[bool] = True
    watch_every: ClassVar[int] = 30

    def compose(self, content: NoticeContent, wording: str, limits: Limits) -> list[Post]:
        """Return the post or the thread."""
        return posts_of(content, wording, limits, lambda text: self.count(text, limits) <= limits.characters)

    def count(self, text: str, limits: Limits) -> int:
        """Count graphemes; links count as written."""
        return graphemes(text)

    def problems(self, post: Post, limits: Limits) -> list[str]:
        """Return why the network would refuse the post."""
        return common_problems(post, limits, self.count(post.text, limits))

    def sign_in(self, base_url: str, handle: str, secret: str) -> Identity:
        """Any name will do here."""
        return Identity(handle, handle, handle, {}, self.limits)

    def page(self, base_url: str, handle: str, remote_account_id: str) -> str:
        """Where anybody can look at the account."""
        return network.page_of(handle)

    def check(self, credentials: Credentials) -> Health:
        """The practice network is always well."""
        return Health(credentials.handle, "", self.limits)

    def publish(
        self, post: Post, credentials: Credentials, *, key: str, thread: Thread | None = None
    ) -> Receipt:
        """Post it; the same key gives the first post back."""
        return network.add(credentials.remote_account_id, post, key, thread)

    def find(self, post: Post, credentials: Credentials, *, key: str) -> Receipt | None:
        """Look for the post by its key."""
        found = network.find(credentials.remote_account_id, key)
        return network.receipt_of(found) if found and self.matches(_seen(found), post) else None

    def receipt_from_link(self, link: str, base_url: str, remote_account_id: str) -> Receipt | None:
        """Look the link's post up in the network, whose pages stand on the portal itself."""
        if not link.startswith(f"{settings.PORTAL_URL}/"):
            return None
        found = network.find_by_id(remote_account_id, link.rstrip("/").rpartition("/")[2])
        return network.receipt_of(found) if found else None

    def repeat_is_safe(self, age: timedelta) -> bool:
        """The key is unique in the network's own table."""
        return True

    def edit(self, receipt: Receipt, post: Post, credentials: Credentials) -> None:
        """Change the words; the page then says that it was edited."""
        network.edit(credentials.remote_account_id, receipt.remote_id, post)

    def remove(self, receipt: Receipt, credentials: Credentials) -> None:
        """Take the post down; a second time does nothing."""
        network.remove(credentials.remote_account_id, receipt.remote_id)

    def price(self, post: Post) -> Decimal:
        """Practising is free."""
        return Decimal(0)

    def matches(self, seen: SeenPost, post: Post) -> bool:
        """The network shows text and link as they were given."""
        return seen.text == post.text and (not post.link or post.link in seen.links)

    def timeline(self, credentials: Credentials, since: datetime) -> list[SeenPost]:
        """Read the network's own table."""
        return [_seen(post) for post in network.posts_of(credentials.remote_account_id, since)]

    def look(self, receipt: Receipt, credentials: Credentials) -> SeenPost | None:
        """Read one post of the network's own table."""
        found = network.find_by_id(credentials.remote_account_id, receipt.remote_id)
        return _seen(found) if found else None

    def profile(self, credentials: Credentials) -> Profile:
        """An account here is its handle and nothing else."""
        handle = credentials.remote_account_id
        return Profile(handle=handle, name=handle, link=network.page_of("account", handle))

    def replies(self, credentials: Credentials, since: datetime) -> list[SeenReply]:
        """Read what other accounts wrote to ours."""
        handle = credentials.remote_account_id
        answers = [_said(post, post.root_id) for post in network.answers_to(handle, since)]
        mentions = [_said(post, "") for post in network.mentions_of(handle, since)]
        return sorted(answers + mentions, key=lambda said: said.posted_at, reverse=True)

    def revoke(self, credentials: Credentials) -> None:
        """There is no access to give back: the network asks for no secret."""


def _seen(post: SandboxPost) -> SeenPost:
    written = tuple(post.text[start:end] for start, end in urls(post.text))
    return SeenPost(
        remote_id=post.remote_id,
        url=network.receipt_of(post).remote_url,
        text=post.text,
        posted_at=post.posted_at,
        fingerprint=_fingerprint(post),
        links=tuple(dict.fromkeys([*written, *([post.link] if post.link else [])])),
        raw=_raw(post),
    )


def _said(post: SandboxPost, root_id: str) -> SeenReply:
    return SeenReply(
        remote_id=post.remote_id,
        url=network.receipt_of(post).remote_url,
        text=post.text,
        posted_at=post.posted_at,
        author_handle=post.handle,
        author_name=post.handle,
        parent_id=post.parent_id,
        root_id=root_id,
        raw=_raw(post),
    )


def _fingerprint(post: SandboxPost) -> str:
    shown = [post.text, post.link, post.images, str(post.edited_at or "")]
    return hashlib.sha256(json.dumps(shown).encode()).hexdigest()


def _raw(post: SandboxPost) -> dict[str, Any]:
    """What the network would answer if it were outside: its row in plain words, the key left out."""
    return {
        "id": post.remote_id,
        "handle": post.handle,
        "text": post.text,
        "link": post.link,
        "language": post.language,
        "images": post.images,
        "posted_at": post.posted_at.isoformat(),
        "edited_at": post.edited_at.isoformat() if post.edited_at else None,
        "parent_id": post.parent_id,
        "root_id": post.root_id,
    }

"""The practice network's own store of posts; behaves like a platform, knows nothing of notices."""

import re
import secrets
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from outbox.errors import Rejected
from social.models import SandboxPost
from social.models.sandbox import SandboxPostQuerySet
from social.publishers.base import Post, Receipt, Thread


def add(handle: str, post: Post, key: str, thread: Thread | None = None) -> Receipt:
    """Store a post once per key and return its receipt; Rejected when what it answers is gone."""
    made = SandboxPost.objects.filter(key=key).first() or _stored(
        key, thread.parent.remote_id if thread else "", handle=handle, **_words_of(post)
    )
    return receipt_of(made)


def say(handle: str, text: str, parent: Receipt | None = None) -> Receipt:
    """Post as anybody at all, for drills and the demo town: a rogue post, or a resident's answer."""
    words = {"handle": handle, "text": text}
    return receipt_of(_stored(secrets.token_hex(20), parent.remote_id if parent else "", **words))


def find(handle: str, key: str) -> SandboxPost | None:
    """Return the post with this key, if it is on show."""
    return SandboxPost.objects.on_show().filter(handle=handle, key=key).first()


def find_by_id(handle: str, remote_id: str) -> SandboxPost | None:
    """Return the account's post with this id, if it is on show."""
    return SandboxPost.objects.on_show().filter(handle=handle, remote_id=remote_id).first()


def posts_of(handle: str, since: datetime) -> list[SandboxPost]:
    """Return what an account posted since then and still shows, newest first."""
    return list(SandboxPost.objects.on_show().filter(handle=handle, posted_at__gte=since))


def answers_to(handle: str, since: datetime) -> list[SandboxPost]:
    """Return what others wrote since then under an account's posts, however deep; newest first."""
    mine = SandboxPost.objects.filter(handle=handle).values("remote_id")
    return list(_others(handle, since).filter(Q(root_id__in=mine) | Q(parent_id__in=mine)))


def mentions_of(handle: str, since: datetime) -> list[SandboxPost]:
    """Return what others wrote elsewhere since then with the account's name in it; newest first."""
    mine = SandboxPost.objects.filter(handle=handle).values("remote_id")
    elsewhere = _others(handle, since).exclude(Q(root_id__in=mine) | Q(parent_id__in=mine))
    return [post for post in elsewhere.filter(text__icontains=f"@{handle}") if _names(post.text, handle)]


def edit(handle: str, remote_id: str, post: Post) -> None:
    """Give a post other words; the same words again change nothing. Rejected when it is gone."""
    shown = find_by_id(handle, remote_id)
    if shown is None:
        raise Rejected(_("The post is not there any more."))
    words = _words_of(post)
    if any(getattr(shown, name) != value for name, value in words.items()):
        SandboxPost.objects.filter(pk=shown.pk).update(**words, edited_at=timezone.now())


def remove(handle: str, remote_id: str) -> None:
    """Take a post off show."""
    SandboxPost.objects.on_show().filter(handle=handle, remote_id=remote_id).update(removed_at=timezone.now())


def receipt_of(post: SandboxPost) -> Receipt:
    """Return the network's id of a post and the page it stands on."""
    return Receipt(post.remote_id, page_of("post", post.handle, post.remote_id))


def page_of(name: str, *where: str) -> str:
    """Return the address of one of the network's pages; empty while they are switched off."""
    path = path_of(name, *where)
    # The network's pages can be switched off while its posts remain.
    return f"{settings.PORTAL_URL}{path}" if path and settings.SANDBOX_NETWORK else ""


def path_of(name: str, *where: str) -> str:
    """Return the path of one of the network's pages; a name that is no plain word has none."""
    try:
        return reverse(f"sandbox:{name}", args=where)
    except NoReverseMatch:
        return ""


def _others(handle: str, since: datetime) -> SandboxPostQuerySet:
    return SandboxPost.objects.on_show().exclude(handle=handle).filter(posted_at__gte=since)


def _stored(key: str, parent_id: str, **words: Any) -> SandboxPost:
    own = words | {"remote_id": secrets.token_hex(8), "parent_id": parent_id}
    if parent_id:
        own["root_id"] = _root_of(parent_id)
    made, _is_new = SandboxPost.objects.get_or_create(key=key, defaults=own)
    return made


def _root_of(parent_id: str) -> str:
    parent = SandboxPost.objects.on_show().filter(remote_id=parent_id).first()
    if parent is None:
        raise Rejected(_("The post it answers is not there any more."))
    return parent.root_id or parent.remote_id


def _words_of(post: Post) -> dict[str, Any]:
    return {
        "text": post.text,
        "link": post.link,
        "language": post.language,
        "images": [{"name": image.name, "alt": image.alt} for image in post.images],
    }


def _names(text: str, handle: str) -> bool:
    return re.search(rf"@{re.escape(handle)}(?![\w-])", text, re.IGNORECASE) is not None

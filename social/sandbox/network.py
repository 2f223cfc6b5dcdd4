"""The practice network's own store of posts; behaves like a platform, knows nothing of notices."""

import secrets

from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from social.models import SandboxPost
from social.publishers.base import Post, Receipt


def add(handle: str, post: Post, key: str) -> Receipt:
    """Store a post once per key and return its receipt."""
    made, _is_new = SandboxPost.objects.get_or_create(
        key=key,
        defaults={
            "handle": handle,
            "remote_id": secrets.token_hex(8),
            "text": post.text,
            "link": post.link,
            "language": post.language,
            "images": [{"name": image.name, "alt": image.alt} for image in post.images],
        },
    )
    return _receipt(made)


def find(handle: str, key: str) -> Receipt | None:
    """Return the receipt of the post with this key, if it is on show."""
    found = SandboxPost.objects.on_show().filter(handle=handle, key=key).first()
    return _receipt(found) if found else None


def find_by_id(handle: str, remote_id: str) -> Receipt | None:
    """Return the receipt of the post with this id, if it is on show."""
    found = SandboxPost.objects.on_show().filter(handle=handle, remote_id=remote_id).first()
    return _receipt(found) if found else None


def remove(handle: str, remote_id: str) -> None:
    """Take a post off show."""
    SandboxPost.objects.on_show().filter(handle=handle, remote_id=remote_id).update(removed_at=timezone.now())


def _receipt(post: SandboxPost) -> Receipt:
    try:
        page = reverse("sandbox:post", args=[post.handle, post.remote_id])
    except NoReverseMatch:
        # A name that is no plain word has no page of its own.
        return Receipt(post.remote_id)
    # The network's pages can be switched off while its posts remain.
    return Receipt(post.remote_id, f"{settings.PORTAL_URL}{page}" if settings.SANDBOX_NETWORK else "")

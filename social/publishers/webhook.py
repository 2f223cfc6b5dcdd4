"""Tells receivers outside, in signed calls, what was posted, changed and taken down (docs/webhooks.md).

A receiver keeps apart what it has had by the event's id, so that the same call twice does no harm.
"""

import hashlib
import json
import secrets
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, ClassVar
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.core.files.storage import default_storage
from django.utils import timezone
from django.utils.translation import gettext as _

from outbox.errors import AccountBroken, Rejected
from social.enums import Channel
from social.http import Answer, call, refuse_failure
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
from social.publishers.images import approved
from social.signing import sign
from social.text import graphemes

REMEMBERED = timedelta(hours=23)
"""Receivers promise to know an event's id for 24 hours; we stop relying on it a little earlier."""
NOT_LET_IN = {401, 403, 404, 405, 410}
LONGEST_ID, LONGEST_URL = 200, 500


class Webhook:
    """Publisher for receivers of signed calls."""

    channel: ClassVar[Channel] = Channel.WEBHOOK
    limits: ClassVar[Limits] = Limits(characters=5000)
    needs_server: ClassVar[bool] = True
    needs_secret: ClassVar[bool] = True
    has_worldwide_ids: ClassVar[bool] = True
    can_edit: ClassVar[bool] = True
    can_reply: ClassVar[bool] = False
    watch_every: ClassVar[int] = 0

    def compose(self, content: NoticeContent, wording: str, limits: Limits) -> list[Post]:
        """Return one post; what becomes of it is the receiver's business."""
        return posts_of(content, wording, limits, lambda text: self.count(text, limits) <= limits.characters)

    def count(self, text: str, limits: Limits) -> int:
        """Count graphemes; links count as written."""
        return graphemes(text)

    def problems(self, post: Post, limits: Limits) -> list[str]:
        """Return why a post would not be sent."""
        return common_problems(post, limits, self.count(post.text, limits))

    def sign_in(self, base_url: str, handle: str, secret: str) -> Identity:
        """Prove the address and the shared secret with a signed call that says nothing.

        Without a secret one is made, and nothing is called: the receiver cannot know it yet.
        """
        known = {"secret": secret or secrets.token_urlsafe(32)}
        name = handle or urlsplit(base_url).netloc
        credentials = Credentials(base_url, name, base_url, known)
        if secret:
            self.check(credentials)
        return Identity(base_url, name, name, known, self.limits)

    def page(self, base_url: str, handle: str, remote_account_id: str) -> str:
        """A receiver has no page for people."""
        return ""

    def check(self, credentials: Credentials) -> Health:
        """Send a signed event that says nothing."""
        _send(credentials, "ping", f"ping-{secrets.token_hex(12)}", {})
        return Health(credentials.handle, credentials.handle, self.limits)

    def publish(
        self, post: Post, credentials: Credentials, *, key: str, thread: Thread | None = None
    ) -> Receipt:
        """Tell the receiver of a new post; any answer of success means that it has it."""
        answer = _send(credentials, "post.created", key, _described(post), makes_post=True)
        return _receipt(answer.json(), key)

    def find(self, post: Post, credentials: Credentials, *, key: str) -> Receipt | None:
        """Nothing can be looked up; while the receiver remembers the event, a repeat settles it."""
        return None

    def receipt_from_link(self, link: str, base_url: str, remote_account_id: str) -> Receipt | None:
        """Take the last part of a link on the receiver's own site for the post's id."""
        parsed = urlsplit(link)
        post_id = parsed.path.rstrip("/").rpartition("/")[2]
        is_theirs = bool(parsed.netloc) and parsed.netloc == urlsplit(base_url).netloc
        return Receipt(post_id[:LONGEST_ID], link) if is_theirs and post_id else None

    def repeat_is_safe(self, age: timedelta) -> bool:
        """While the receiver remembers the event's id."""
        return age < REMEMBERED

    def edit(self, receipt: Receipt, post: Post, credentials: Credentials) -> None:
        """Tell the receiver what the post says from now on."""
        told = _described(post) | {"id": receipt.remote_id}
        said = hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()
        _send(credentials, "post.updated", f"{receipt.remote_id}-updated-{said[:16]}", told)

    def remove(self, receipt: Receipt, credentials: Credentials) -> None:
        """Tell the receiver that the post is taken down."""
        told = {"id": receipt.remote_id, "created_at": _now()}
        _send(credentials, "post.removed", f"{receipt.remote_id}-removed", told)

    def price(self, post: Post) -> Decimal:
        """Posting is free."""
        return Decimal(0)

    def matches(self, seen: SeenPost, post: Post) -> bool:
        """Nothing is ever seen."""
        return False

    def timeline(self, credentials: Credentials, since: datetime) -> list[SeenPost]:
        """A receiver cannot be read back."""
        raise _unreadable()

    def look(self, receipt: Receipt, credentials: Credentials) -> SeenPost | None:
        """A receiver cannot be read back."""
        raise _unreadable()

    def profile(self, credentials: Credentials) -> Profile:
        """A receiver cannot be read back."""
        raise _unreadable()

    def replies(self, credentials: Credentials, since: datetime) -> list[SeenReply]:
        """A receiver cannot be read back."""
        raise _unreadable()

    def revoke(self, credentials: Credentials) -> None:
        """Only the receiver can stop believing in the shared secret."""
        raise Rejected(_("Ask whoever runs the receiver to change the shared secret, then connect it again."))


def _send(
    credentials: Credentials, kind: str, event_id: str, told: dict[str, Any], *, makes_post: bool = False
) -> Answer:
    """Make one signed call; the same event has the same body, only its signature's time differs."""
    event = {"id": event_id, "kind": kind, "created_at": told.pop("created_at", "") or _now()}
    body = json.dumps(event | ({"post": told} if told else {}), ensure_ascii=False).encode()
    headers = {
        "content-type": "application/json",
        "council-portal-event": event_id,
        "idempotency-key": event_id,
        **sign(credentials.secrets["secret"], timezone.now(), body),
    }
    answer = call("POST", credentials.base_url, headers=headers, content=body, makes_post=makes_post)
    _refuse(answer, makes_post)
    return answer


def _refuse(answer: Answer, makes_post: bool) -> None:
    if answer.is_success:
        return
    refuse_failure(answer, makes_post=makes_post)
    if answer.status in NOT_LET_IN:
        raise AccountBroken(
            _("The receiver does not take our calls (%d). Check its address and the shared secret.")
            % answer.status
        )
    said = answer.json()
    words = next((said[name] for name in ("message", "error") if isinstance(said.get(name), str)), "")
    raise Rejected(_("The receiver refused it: %s") % (words[:300] or answer.status))


def _described(post: Post) -> dict[str, Any]:
    return {
        # A notice's short link ends with its reference.
        "reference": post.link.rstrip("/").rpartition("/")[2],
        "text": post.text,
        "link": post.link,
        "language": post.language,
        "images": [_picture(image.name, image.alt) for image in post.images if approved(image)],
        "created_at": post.created_at,
    }


def _picture(name: str, alt: str) -> dict[str, str]:
    return {"url": urljoin(settings.PORTAL_URL, default_storage.url(name)), "alt": alt}


def _receipt(said: dict[str, Any], event_id: str) -> Receipt:
    """Keep the receiver's own id and link where it gives them; else the event's id stands for the post."""
    own, link = said.get("id"), said.get("url")
    is_id = isinstance(own, str | int) and not isinstance(own, bool) and 0 < len(str(own)) <= LONGEST_ID
    is_link = isinstance(link, str) and link.startswith(("https://", "http://")) and len(link) <= LONGEST_URL
    return Receipt(str(own) if is_id else event_id, str(link) if is_link else "")


def _now() -> str:
    return timezone.now().isoformat(timespec="seconds").replace("+00:00", "Z")


def _unreadable() -> Rejected:
    return Rejected(_("A receiver cannot be read back."))

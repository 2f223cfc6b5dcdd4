"""Speaks to Mastodon and servers with its interface over plain HTTP; keeps nothing itself.

The Idempotency-Key alone is not enough (kept one hour; some servers ignore it), so an unknown outcome is
settled by reading the account's own posts back.
"""

import time
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, ClassVar
from urllib.parse import urlsplit

import regex
from django.utils.translation import gettext as _

from outbox.errors import Blocked, NotSent, OutcomeUnknown, Rejected
from social.enums import Channel
from social.http import call
from social.publishers import mastodon_access as access
from social.publishers import mastodon_reading as reading
from social.publishers.base import (
    AppRegistration,
    Credentials,
    Health,
    Identity,
    Limits,
    NoticeContent,
    Post,
    PostImage,
    Profile,
    Receipt,
    SeenPost,
    SeenReply,
    Thread,
)
from social.publishers.composing import common_problems, posts_of
from social.publishers.images import load
from social.publishers.mastodon_calls import GONE, api, one, read, refuse, web_page
from social.publishers.mastodon_replies import replies
from social.text import graphemes, urls

KEY_LIFETIME = timedelta(minutes=50)
"""Servers keep the Idempotency-Key for an hour; we stop relying on it earlier."""
CLOCK_SKEW = timedelta(minutes=10)
"""How far a server's clock may be behind ours before we stop looking further back."""
MEDIA_WAITS = (0.5, 1, 2, 4, 8)
"""Seconds between looks at a picture the server is still working on."""


class Mastodon:
    """Publisher for Mastodon and compatible servers."""

    channel: ClassVar[Channel] = Channel.MASTODON
    limits: ClassVar[Limits] = Limits(
        characters=500, url_weight=23, alt_characters=1500, image_bytes=8_000_000, parts=5
    )
    needs_server: ClassVar[bool] = True
    needs_secret: ClassVar[bool] = True
    has_worldwide_ids: ClassVar[bool] = False
    can_edit: ClassVar[bool] = True
    can_reply: ClassVar[bool] = True
    watch_every: ClassVar[int] = 45

    def compose(self, content: NoticeContent, wording: str, limits: Limits) -> list[Post]:
        """Return the post or the thread; the server itself makes links and their card."""
        return posts_of(content, wording, limits, lambda text: self.count(text, limits) <= limits.characters)

    def count(self, text: str, limits: Limits) -> int:
        """Count graphemes; a link counts its fixed weight, of a mention only the name."""
        return graphemes(_as_counted(text, limits.url_weight or 0))

    def problems(self, post: Post, limits: Limits) -> list[str]:
        """Return why the server would refuse the post."""
        return common_problems(post, limits, self.count(post.text, limits))

    def sign_in(self, base_url: str, handle: str, secret: str) -> Identity:
        """Prove an access token made in the account's own settings."""
        return access.identity(base_url, {"token": secret}, handle, self.limits)

    def register_app(self, base_url: str, redirect_uri: str) -> AppRegistration:
        """Make the council's own program known to a server, which every server wants before OAuth."""
        return access.register(base_url, redirect_uri)

    def authorise_url(self, app: AppRegistration, redirect_uri: str, state: str, challenge: str) -> str:
        """Return where the person agrees to let us act for the account."""
        return access.authorise_url(app, redirect_uri, state, challenge)

    def identities(self, app: AppRegistration, redirect_uri: str, code: str, verifier: str) -> list[Identity]:
        """Exchange the code for a token, which is for one account."""
        secrets = access.exchange(app, redirect_uri, code, verifier)
        return [access.identity(app.base_url, secrets, "", self.limits)]

    def page(self, base_url: str, handle: str, remote_account_id: str) -> str:
        """Where anybody can look at the account."""
        return f"{base_url.rstrip('/')}/@{handle.partition('@')[0]}"

    def check(self, credentials: Credentials) -> Health:
        """Ask the server who we are and what it accepts; its tokens do not lapse."""
        account = access.own_account(credentials.base_url, credentials.secrets["token"])
        if account.get("suspended"):
            raise Blocked(_("The server has suspended this account."))
        return Health(
            handle=str(account.get("acct") or credentials.handle),
            display_name=str(account.get("display_name") or ""),
            limits=access.limits_of(credentials.base_url, self.limits),
        )

    def publish(
        self, post: Post, credentials: Credentials, *, key: str, thread: Thread | None = None
    ) -> Receipt:
        """Post it, with the pictures uploaded first; visibility and language are always said."""
        if thread is not None:
            _insist_on_parent(thread.parent, credentials)
        body = self._body(post, credentials) | {"visibility": "public"}
        if thread is not None:
            body["in_reply_to_id"] = thread.parent.remote_id
        answer = call(
            "POST",
            api(credentials.base_url, "v1/statuses"),
            token=credentials.secrets["token"],
            headers={"idempotency-key": key},
            json=body,
            makes_post=True,
        )
        refuse(answer, makes_post=True)
        return _receipt(answer.json())

    def find(self, post: Post, credentials: Credentials, *, key: str) -> Receipt | None:
        """Read our own posts back, newest first, until well before this one was made."""
        oldest = datetime.fromisoformat(post.created_at) - CLOCK_SKEW
        for seen in reading.own_posts(credentials, oldest):
            if self.matches(seen, post):
                return Receipt(seen.remote_id, seen.url)
        return None

    def receipt_from_link(self, link: str, base_url: str, remote_account_id: str) -> Receipt | None:
        """Take the id off the end of a link on the account's own server."""
        parsed = urlsplit(link)
        post_id = parsed.path.rstrip("/").rpartition("/")[2]
        if parsed.netloc != urlsplit(base_url).netloc or not regex.fullmatch(r"[0-9A-Za-z]{1,40}", post_id):
            return None
        return Receipt(post_id, link)

    def repeat_is_safe(self, age: timedelta) -> bool:
        """While the server remembers our key it answers a repeat with the first post."""
        return age < KEY_LIFETIME

    def edit(self, receipt: Receipt, post: Post, credentials: Credentials) -> None:
        """Put other words and pictures in the post's place; the server keeps and shows the earlier ones.

        Pictures are uploaded again: nothing the server says tells whether its picture is the approved one.
        """
        url = api(credentials.base_url, f"v1/statuses/{receipt.remote_id}")
        body = self._body(post, credentials)
        answer = call("PUT", url, token=credentials.secrets["token"], json=body)
        if answer.status in GONE:
            raise Rejected(_("The post is not there any more."))
        refuse(answer)

    def remove(self, receipt: Receipt, credentials: Credentials) -> None:
        """Delete the post; 404 means that it is gone already."""
        url = api(credentials.base_url, f"v1/statuses/{receipt.remote_id}")
        answer = call("DELETE", url, token=credentials.secrets["token"])
        if answer.status not in GONE:
            refuse(answer)

    def price(self, post: Post) -> Decimal:
        """Posting is free."""
        return Decimal(0)

    def matches(self, seen: SeenPost, post: Post) -> bool:
        """Compare the words without what servers rewrite; the link is among them."""
        return reading.same_words(seen, post)

    def timeline(self, credentials: Credentials, since: datetime) -> list[SeenPost]:
        """Read the account's public page, boosts among them."""
        return reading.recent(credentials, since)

    def look(self, receipt: Receipt, credentials: Credentials) -> SeenPost | None:
        """Read one post as anybody may."""
        return reading.look(receipt, credentials)

    def profile(self, credentials: Credentials) -> Profile:
        """Read the account's public profile."""
        return reading.profile(credentials)

    def replies(self, credentials: Credentials, since: datetime) -> list[SeenReply]:
        """Collect what mentioned the account, which every answer to it does."""
        return replies(credentials, since)

    def addressed(self, text: str, handle: str) -> str:
        """Put the name in front: a server tells people of what mentions them, not of every answer."""
        name = handle.lstrip("@")
        return text if not name or f"@{name}" in text.split() else f"@{name} {text}"

    def revoke(self, credentials: Credentials) -> None:
        """Give the access token back; it is worth nothing from then on."""
        access.revoke(credentials)

    def _body(self, post: Post, credentials: Credentials) -> dict[str, Any]:
        media = [_upload(image, credentials, self.limits.image_bytes) for image in post.images]
        return {"status": post.text, "media_ids": media, "language": post.language}


def _as_counted(text: str, url_weight: int) -> str:
    """Return the text as the server measures it: links as long as their weight, mentions without domain."""
    pieces, position = [], 0
    for start, end in urls(text):
        pieces += [reading.MENTION.sub(r"\1", text[position:start]), "x" * url_weight]
        position = end
    return "".join([*pieces, reading.MENTION.sub(r"\1", text[position:])])


def _insist_on_parent(parent: Receipt, credentials: Credentials) -> None:
    """Refuse to answer a post that is gone: some servers would make a post of its own out of it."""
    answer = read(credentials, f"v1/statuses/{parent.remote_id}")
    if answer.status in GONE:
        raise Rejected(_("The post it answers is not there any more."))
    refuse(answer)


def _upload(image: PostImage, credentials: Credentials, most_bytes: int) -> str:
    """Upload one picture with its description and wait until the server can use it; makes no post yet."""
    picture = load(image, most_bytes)
    name = "picture.png" if picture.mime == "image/png" else "picture.jpg"
    answer = call(
        "POST",
        api(credentials.base_url, "v2/media"),
        token=credentials.secrets["token"],
        files={"file": (name, picture.data, picture.mime)},
        data={"description": image.alt},
    )
    refuse(answer)
    media_id = str(one(answer)["id"])
    if answer.status == 202:  # noqa: PLR2004
        _wait_for_media(media_id, credentials)
    return media_id


def _wait_for_media(media_id: str, credentials: Credentials) -> None:
    for wait in MEDIA_WAITS:
        time.sleep(wait)
        answer = read(credentials, f"v1/media/{media_id}")
        refuse(answer)
        if answer.status == 200:  # noqa: PLR2004
            return
    raise NotSent(_("The server is still working on the picture."))


def _receipt(status: dict[str, Any]) -> Receipt:
    """Read the id of a post; a success without one proves nothing either way."""
    if not isinstance(status.get("id"), str | int):
        raise OutcomeUnknown(_("The platform's answer could not be read."))
    return Receipt(str(status["id"]), web_page(status.get("url")) or web_page(status.get("uri")))

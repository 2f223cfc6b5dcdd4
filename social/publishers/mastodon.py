"""Speaks to Mastodon and servers with its interface over plain HTTP; keeps nothing itself.

The Idempotency-Key alone is not enough (kept one hour; some servers ignore it), so an unknown outcome is
settled by reading the account's own posts back.
"""

import html
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar
from urllib.parse import urlsplit

import regex
from django.utils.translation import gettext as _

from outbox.errors import AccountBroken, Blocked, NotSent, OutcomeUnknown, Rejected
from social.enums import Channel
from social.http import Answer, call, refuse_failure
from social.publishers.base import (
    Credentials,
    Health,
    Identity,
    Limits,
    NoticeContent,
    Post,
    PostImage,
    Receipt,
    Thread,
)
from social.publishers.composing import common_problems, post_text
from social.publishers.images import load
from social.text import graphemes, urls

KEY_LIFETIME = timedelta(minutes=50)
"""Servers keep the Idempotency-Key for an hour; we stop relying on it earlier."""
CLOCK_SKEW = timedelta(minutes=10)
"""How far a server's clock may be behind ours before we stop looking further back."""
PAGE = 40
MOST_PAGES = 15
MEDIA_WAITS = (0.5, 1, 2, 4, 8)
"""Seconds between looks at a picture the server is still working on."""
MENTION = regex.compile(r"(?<![\w/])(@\w[\w.-]*)@[\w.-]+\w")


class Mastodon:
    """Publisher for Mastodon and compatible servers."""

    channel: ClassVar[Channel] = Channel.MASTODON
    limits: ClassVar[Limits] = Limits(
        characters=500, url_weight=23, alt_characters=1500, image_bytes=8_000_000
    )
    needs_server: ClassVar[bool] = True
    needs_secret: ClassVar[bool] = True
    has_worldwide_ids: ClassVar[bool] = False

    def compose(self, content: NoticeContent, wording: str, limits: Limits) -> list[Post]:
        """Return one post; the server itself makes links and their card."""
        text = post_text(content, wording, lambda text: self.count(text, limits) <= limits.characters)
        images = (content.image,) if content.image else ()
        return [Post(text=text, link=content.url, language=content.language, images=images)]

    def count(self, text: str, limits: Limits) -> int:
        """Count graphemes; a link counts its fixed weight, of a mention only the name."""
        return graphemes(_as_counted(text, limits.url_weight or 0))

    def problems(self, post: Post, limits: Limits) -> list[str]:
        """Return why the server would refuse the post."""
        return common_problems(post, limits, self.count(post.text, limits))

    def sign_in(self, base_url: str, handle: str, secret: str) -> Identity:
        """Prove an access token made in the account's own settings."""
        account = _own_account(base_url, secret)
        return Identity(
            remote_account_id=str(account["id"]),
            handle=str(account.get("acct") or account.get("username") or handle),
            display_name=str(account.get("display_name") or ""),
            secrets={"token": secret},
            limits=_limits_of(base_url),
        )

    def check(self, credentials: Credentials) -> Health:
        """Ask the server who we are and what it accepts."""
        account = _own_account(credentials.base_url, credentials.secrets["token"])
        if account.get("suspended"):
            raise Blocked(_("The server has suspended this account."))
        return Health(
            handle=str(account.get("acct") or credentials.handle),
            display_name=str(account.get("display_name") or ""),
            limits=_limits_of(credentials.base_url),
        )

    def publish(
        self, post: Post, credentials: Credentials, *, key: str, thread: Thread | None = None
    ) -> Receipt:
        """Post it, with the pictures uploaded first; visibility and language are always said."""
        body = {
            "status": post.text,
            "media_ids": [_upload(image, credentials, self.limits.image_bytes) for image in post.images],
            "visibility": "public",
            "language": post.language,
        }
        answer = call(
            "POST",
            _api(credentials.base_url, "v1/statuses"),
            token=credentials.secrets["token"],
            headers={"idempotency-key": key},
            json=body,
            makes_post=True,
        )
        _refuse(answer, makes_post=True)
        return _receipt(answer.json())

    def find(self, post: Post, credentials: Credentials, *, key: str) -> Receipt | None:
        """Read our own posts back, newest first, until well before this one was made."""
        oldest = datetime.fromisoformat(post.created_at) - CLOCK_SKEW
        for status in _own_posts(credentials, oldest):
            if _same_words(status, post):
                return _receipt(status)
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

    def remove(self, receipt: Receipt, credentials: Credentials) -> None:
        """Delete the post; 404 means that it is gone already."""
        url = _api(credentials.base_url, f"v1/statuses/{receipt.remote_id}")
        answer = call("DELETE", url, token=credentials.secrets["token"])
        if answer.status not in {404, 410}:
            _refuse(answer)


# --- Counting and recognising ----------------------------------------------------------------------


def _as_counted(text: str, url_weight: int) -> str:
    """Return the text as the server measures it: links as long as their weight, mentions without domain."""
    pieces, position = [], 0
    for start, end in urls(text):
        pieces += [MENTION.sub(r"\1", text[position:start]), "x" * url_weight]
        position = end
    return "".join([*pieces, MENTION.sub(r"\1", text[position:])])


def _same_words(status: dict[str, Any], post: Post) -> bool:
    """Say whether a post of ours says exactly this; the link stands in the text and is compared too."""
    shown = html.unescape(regex.sub(r"<[^>]*>", "", str(status.get("content", ""))))
    return _bare(shown) == _bare(post.text)


def _bare(text: str) -> str:
    """The words without what servers rewrite: white space, and the domain of a mention."""
    return regex.sub(r"\s+", "", MENTION.sub(r"\1", text))


def _own_posts(credentials: Credentials, oldest: datetime) -> Iterator[dict[str, Any]]:
    url = _api(credentials.base_url, f"v1/accounts/{credentials.remote_account_id}/statuses")
    query: dict[str, str] = {"limit": str(PAGE), "exclude_reblogs": "true"}
    for _page in range(MOST_PAGES):
        answer = call("GET", url, token=credentials.secrets["token"], params=query)
        _refuse(answer)
        page = answer.json_value()
        if not isinstance(page, list):
            raise NotSent(_("The platform's answer could not be read."))
        yield from page
        if not page or _made_at(page[-1]) < oldest:
            return
        query["max_id"] = str(page[-1]["id"])
    raise NotSent(_("There are too many newer posts to look through."))


def _made_at(status: dict[str, Any]) -> datetime:
    try:
        moment = datetime.fromisoformat(str(status.get("created_at")))
    except ValueError:
        raise NotSent(_("The platform's answer could not be read.")) from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


# --- Calls -----------------------------------------------------------------------------------------


def _api(base_url: str, path: str) -> str:
    return f"{base_url.rstrip('/')}/api/{path}"


def _own_account(base_url: str, token: str) -> dict[str, Any]:
    answer = call("GET", _api(base_url, "v1/accounts/verify_credentials"), token=token)
    _refuse(answer)
    if not answer.json().get("id"):
        raise NotSent(_("The platform's answer could not be read."))
    return answer.json()


def _limits_of(base_url: str) -> Limits:
    """Ask the server for its limits; what it does not say stays as Mastodon's own default."""
    usual = Mastodon.limits
    answer = call("GET", _api(base_url, "v2/instance"))
    if not answer.is_success:
        return usual
    configuration = _object(answer.json().get("configuration"))
    statuses = _object(configuration.get("statuses"))
    media = _object(configuration.get("media_attachments"))
    return Limits(
        characters=_count(statuses.get("max_characters"), usual.characters),
        url_weight=_count(statuses.get("characters_reserved_per_url"), usual.url_weight or 0),
        alt_characters=_count(media.get("description_limit"), usual.alt_characters),
        image_bytes=usual.image_bytes,
    )


def _object(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _count(value: object, usual: int) -> int:
    return value if isinstance(value, int) and 0 < value < 1_000_000 else usual  # noqa: PLR2004


def _upload(image: PostImage, credentials: Credentials, most_bytes: int) -> str:
    """Upload one picture with its description and wait until the server can use it; makes no post yet."""
    picture = load(image, most_bytes)
    name = "picture.png" if picture.mime == "image/png" else "picture.jpg"
    answer = call(
        "POST",
        _api(credentials.base_url, "v2/media"),
        token=credentials.secrets["token"],
        files={"file": (name, picture.data, picture.mime)},
        data={"description": image.alt},
    )
    _refuse(answer)
    media_id = str(answer.json().get("id", ""))
    if not media_id:
        raise NotSent(_("The platform's answer could not be read."))
    if answer.status == 202:  # noqa: PLR2004
        _wait_for_media(media_id, credentials)
    return media_id


def _wait_for_media(media_id: str, credentials: Credentials) -> None:
    for wait in MEDIA_WAITS:
        time.sleep(wait)
        answer = call(
            "GET", _api(credentials.base_url, f"v1/media/{media_id}"), token=credentials.secrets["token"]
        )
        _refuse(answer)
        if answer.status == 200:  # noqa: PLR2004
            return
    raise NotSent(_("The server is still working on the picture."))


def _receipt(status: dict[str, Any]) -> Receipt:
    """Read the id of a post; a success without one proves nothing either way."""
    if not isinstance(status.get("id"), str | int):
        raise OutcomeUnknown(_("The platform's answer could not be read."))
    return Receipt(str(status["id"]), _web_page(status.get("url")) or _web_page(status.get("uri")))


def _web_page(link: object) -> str:
    """Return the link a server gives if a person may follow it; a server may write anything there."""
    return link if isinstance(link, str) and link.startswith(("https://", "http://")) else ""


def _refuse(answer: Answer, *, makes_post: bool = False) -> None:
    """Raise what a failure means on Mastodon; return when there is none."""
    if answer.is_success:
        return
    refuse_failure(answer, makes_post=makes_post)
    message = str(answer.json().get("error", ""))[:300]
    if answer.status == 401:  # noqa: PLR2004
        raise AccountBroken(_("The server does not accept the access token any more. Connect it again."))
    if answer.status == 403 and regex.search(r"suspend|disabled|login is currently", message, regex.I):  # noqa: PLR2004
        raise Blocked(_("The server has blocked this account: %s") % message)
    if answer.status in {403, 404, 410}:
        raise AccountBroken(_("The server does not let this account do that (%d).") % answer.status)
    raise Rejected(_("The server refused it: %s") % (message or answer.status))

"""Speaks to Bluesky (an atproto PDS) over plain HTTP; keeps nothing itself.

A post's address (rkey) comes from stored data, so putting the same record twice makes one post: the server
answers 200 both times, and refuses other bytes under the same address because of `swapRecord: null`.
"""

import hashlib
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, ClassVar

from django.utils.translation import gettext as _

from outbox.errors import AccountBroken, Blocked, NotSent, OutcomeUnknown, Rejected
from social.enums import Channel
from social.http import Answer, call, refuse_failure
from social.publishers.base import (
    Credentials,
    Facet,
    Health,
    Identity,
    Limits,
    NoticeContent,
    Post,
    Receipt,
    Secrets,
    Thread,
)
from social.publishers.composing import common_problems, post_text
from social.publishers.images import load
from social.text import bytes_before, graphemes, urls

COLLECTION = "app.bsky.feed.post"
TID_ALPHABET = "234567abcdefghijklmnopqrstuvwxyz"
TID_LENGTH = 13
BLOCKS = {"AccountTakedown", "AccountDeactivated", "AccountSuspended"}
LAPSED = {"ExpiredToken", "InvalidToken", "AuthMissing"}


class Bluesky:
    """Publisher for Bluesky and any other PDS that holds app.bsky records."""

    channel: ClassVar[Channel] = Channel.BLUESKY
    # The record: 300 graphemes and 3,000 bytes; a blob: 1,000,000 bytes on every PDS version.
    limits: ClassVar[Limits] = Limits(characters=300, bytes=3000, alt_characters=2000, image_bytes=1_000_000)
    needs_server: ClassVar[bool] = True
    needs_secret: ClassVar[bool] = True
    # A DID is the same account, whichever server's address it was connected by.
    has_worldwide_ids: ClassVar[bool] = True

    def compose(self, content: NoticeContent, wording: str, limits: Limits) -> list[Post]:
        """Return one post; its links carry facets, without which Bluesky shows them dead."""
        text = post_text(content, wording, lambda text: _fits(text, limits))
        facets = tuple(
            Facet(bytes_before(text, start), bytes_before(text, end), text[start:end])
            for start, end in urls(text)
        )
        return [
            Post(
                text=text,
                link=content.url,
                language=content.language,
                link_title=content.title,
                link_summary=content.summary,
                images=(content.image,) if content.image else (),
                facets=facets,
            )
        ]

    def count(self, text: str, limits: Limits) -> int:
        """Count graphemes; links count as written."""
        return graphemes(text)

    def problems(self, post: Post, limits: Limits) -> list[str]:
        """Return why the record would be refused."""
        return common_problems(post, limits, self.count(post.text, limits))

    def sign_in(self, base_url: str, handle: str, secret: str) -> Identity:
        """Open a session with an app password."""
        session = _create_session(base_url, handle, secret)
        return Identity(
            remote_account_id=session["did"],
            handle=session["handle"],
            display_name=session["handle"],
            secrets=_kept(session, secret),
            limits=self.limits,
        )

    def check(self, credentials: Credentials) -> Health:
        """Ask the server whose session this is; renews it when it lapsed."""
        answer = _with_session(credentials, lambda token: _get(credentials, "server.getSession", {}, token))
        _refuse(answer)
        handle = str(answer.json().get("handle", "")) or credentials.handle
        if answer.json().get("active", True) is False:
            raise Blocked(_("The platform has switched this account off."))
        return Health(handle=handle, display_name=handle, limits=self.limits)

    def publish(
        self, post: Post, credentials: Credentials, *, key: str, thread: Thread | None = None
    ) -> Receipt:
        """Put the record under its own address."""
        body = {
            "repo": credentials.remote_account_id,
            "collection": COLLECTION,
            "rkey": record_key(post, key),
            "record": self._record(post, credentials),
            "validate": True,
            # Sent as null: the address must be free, or hold exactly this record.
            "swapRecord": None,
        }
        answer = _with_session(
            credentials, lambda token: _post(credentials, "repo.putRecord", token, makes_post=True, json=body)
        )
        if answer.json().get("error") == "InvalidSwap":
            return self._already_there(post, credentials, key)
        _refuse(answer, makes_post=True)
        return _receipt(answer, credentials)

    def find(self, post: Post, credentials: Credentials, *, key: str) -> Receipt | None:
        """Read the record at the post's own address."""
        query = {
            "repo": credentials.remote_account_id,
            "collection": COLLECTION,
            "rkey": record_key(post, key),
        }
        answer = _with_session(credentials, lambda token: _get(credentials, "repo.getRecord", query, token))
        if answer.json().get("error") == "RecordNotFound":
            return None
        _refuse(answer)
        value = answer.json().get("value")
        if not isinstance(value, dict):
            raise NotSent(_("The platform's answer could not be read."))
        if (value.get("text"), value.get("createdAt")) != (post.text, post.created_at):
            return None
        return _receipt(answer, credentials)

    def receipt_from_link(self, link: str, base_url: str, remote_account_id: str) -> Receipt | None:
        """Read the record key off a link to bsky.app, or take an at:// address."""
        rkey = link.rstrip("/").rpartition("/")[2]
        is_post = "/post/" in link or f"/{COLLECTION}/" in link
        if not is_post or len(rkey) != TID_LENGTH or not set(rkey) <= set(TID_ALPHABET):
            return None
        return Receipt(f"at://{remote_account_id}/{COLLECTION}/{rkey}", _page(remote_account_id, rkey))

    def repeat_is_safe(self, age: timedelta) -> bool:
        """Putting the same record again never makes a second post, however late."""
        return True

    def remove(self, receipt: Receipt, credentials: Credentials) -> None:
        """Delete the record; deleting it twice is no error there."""
        body = {
            "repo": credentials.remote_account_id,
            "collection": COLLECTION,
            "rkey": receipt.remote_id.rpartition("/")[2],
        }
        answer = _with_session(
            credentials, lambda token: _post(credentials, "repo.deleteRecord", token, json=body)
        )
        _refuse(answer)

    def _record(self, post: Post, credentials: Credentials) -> dict[str, Any]:
        record: dict[str, Any] = {
            "$type": COLLECTION,
            "text": post.text,
            "createdAt": post.created_at,
            "langs": [post.language],
            "facets": [_facet(facet) for facet in post.facets],
        }
        return record | {"embed": self._embed(post, credentials)}

    def _embed(self, post: Post, credentials: Credentials) -> dict[str, Any]:
        """Pictures, or else a card for the link: Bluesky shows one or the other."""
        if post.images:
            images = [_image(image, credentials, self.limits.image_bytes) for image in post.images]
            return {"$type": "app.bsky.embed.images", "images": images}
        card = {"uri": post.link, "title": post.link_title, "description": post.link_summary}
        return {"$type": "app.bsky.embed.external", "external": card}

    def _already_there(self, post: Post, credentials: Credentials, key: str) -> Receipt:
        """The address is taken: by this very post (made by an earlier try), or by a stranger's."""
        found = self.find(post, credentials, key=key)
        if found is None:
            raise Rejected(_("Another post already stands at this post's address."))
        return found


def record_key(post: Post, key: str) -> str:
    """Return the record's TID: 53 bits of stored time in microseconds, 10 bits of our own key."""
    micros = int(datetime.fromisoformat(post.created_at).timestamp() * 1_000_000) & ((1 << 53) - 1)
    ours = int.from_bytes(hashlib.sha256(key.encode()).digest()[:2]) & 0x3FF
    number = (micros << 10) | ours
    return "".join(TID_ALPHABET[(number >> shift) & 31] for shift in range(60, -1, -5))


def _fits(text: str, limits: Limits) -> bool:
    return graphemes(text) <= limits.characters and len(text.encode()) <= (limits.bytes or 0)


def _facet(facet: Facet) -> dict[str, Any]:
    return {
        "index": {"byteStart": facet.start, "byteEnd": facet.end},
        "features": [{"$type": "app.bsky.richtext.facet#link", "uri": facet.uri}],
    }


def _image(image: Any, credentials: Credentials, most_bytes: int) -> dict[str, Any]:
    picture = load(image, most_bytes)
    answer = _with_session(
        credentials,
        lambda token: _post(
            credentials,
            "repo.uploadBlob",
            token,
            content=picture.data,
            headers={"content-type": picture.mime},
        ),
    )
    _refuse(answer)
    ratio = {"width": picture.width, "height": picture.height}
    return {"image": answer.json().get("blob"), "alt": image.alt, "aspectRatio": ratio}


def _receipt(answer: Answer, credentials: Credentials) -> Receipt:
    uri = answer.json().get("uri")
    if not isinstance(uri, str) or not uri.startswith("at://"):
        raise OutcomeUnknown(_("The platform's answer could not be read."))
    return Receipt(uri, _page(credentials.remote_account_id, uri.rpartition("/")[2]))


def _page(did: str, rkey: str) -> str:
    return f"https://bsky.app/profile/{did}/post/{rkey}"


# --- Sessions --------------------------------------------------------------------------------------


def _with_session(credentials: Credentials, ask: Callable[[str], Answer]) -> Answer:
    """Make a call with the stored session; when it lapsed, renew it once and call again."""
    answer = ask(credentials.secrets.get("access", ""))
    if not _session_lapsed(answer):
        return answer
    fresh = credentials.renew(credentials.secrets, lambda current: _renewed(credentials.base_url, current))
    return ask(fresh["access"])


def _session_lapsed(answer: Answer) -> bool:
    return answer.status in {400, 401} and answer.json().get("error") in LAPSED


def _renewed(base_url: str, current: Secrets) -> Secrets:
    """Trade the refresh token for a new session, or sign in again when it is used up.

    A network error here is NotSent: it says nothing about whether the account still lets us in.
    """
    answer = call("POST", _xrpc(base_url, "server.refreshSession"), token=current.get("refresh", ""))
    if _session_lapsed(answer):
        session = _create_session(base_url, current["identifier"], current["password"])
    else:
        _refuse(answer)
        session = _session(answer)
    return _kept(session, current["password"], current["identifier"])


def _create_session(base_url: str, handle: str, secret: str) -> dict[str, str]:
    answer = call(
        "POST", _xrpc(base_url, "server.createSession"), json={"identifier": handle, "password": secret}
    )
    _refuse(answer)
    return _session(answer)


def _session(answer: Answer) -> dict[str, str]:
    found = answer.json()
    # An answer without both tokens never replaces the ones we have.
    if not all(
        isinstance(found.get(name), str) and found[name] for name in ("did", "accessJwt", "refreshJwt")
    ):
        raise NotSent(_("The platform's answer could not be read."))
    return {**found, "handle": str(found.get("handle", ""))}


def _kept(session: dict[str, str], password: str, identifier: str = "") -> Secrets:
    return {
        "identifier": identifier or session["did"],
        "password": password,
        "access": session["accessJwt"],
        "refresh": session["refreshJwt"],
    }


# --- Calls -----------------------------------------------------------------------------------------


def _xrpc(base_url: str, name: str) -> str:
    return f"{base_url.rstrip('/')}/xrpc/com.atproto.{name}"


def _get(credentials: Credentials, name: str, query: dict[str, str], token: str) -> Answer:
    return call("GET", _xrpc(credentials.base_url, name), token=token, params=query)


def _post(credentials: Credentials, name: str, token: str, **content: Any) -> Answer:
    return call("POST", _xrpc(credentials.base_url, name), token=token, **content)


def _refuse(answer: Answer, *, makes_post: bool = False) -> None:
    """Raise what a failure means on Bluesky; return when there is none."""
    if answer.is_success:
        return
    error = str(answer.json().get("error", ""))
    if error in BLOCKS:
        raise Blocked(_("Bluesky has blocked this account (%s).") % error)
    refuse_failure(answer, makes_post=makes_post)
    if answer.status == 401 or error in LAPSED or error == "AuthFactorTokenRequired":  # noqa: PLR2004
        raise AccountBroken(_("Bluesky does not accept the stored app password any more. Connect it again."))
    if answer.status in {403, 404}:
        raise AccountBroken(_("The account's server does not let us do this (%d).") % answer.status)
    message = str(answer.json().get("message", ""))[:300]
    raise Rejected(_("Bluesky refused it: %s") % (message or answer.status))

"""Speaks to Bluesky (an atproto PDS) over plain HTTP; keeps nothing itself.

A post's address (rkey) comes from stored data, so putting the same record twice makes one post: the server
answers 200 both times, and refuses other bytes under the same address because of `swapRecord: null`.
"""

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import ClassVar

from django.utils.translation import gettext as _

from outbox.errors import Blocked, OutcomeUnknown, Rejected
from social.enums import Channel
from social.http import Answer, call
from social.publishers import bluesky_reading as reading
from social.publishers.base import (
    Credentials,
    Facet,
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
from social.publishers.bluesky_reading import COLLECTION, TID_ALPHABET, TID_LENGTH
from social.publishers.bluesky_record import record_key, record_of
from social.publishers.bluesky_session import (
    GONE,
    create_session,
    kept,
    read,
    refuse,
    unreadable,
    with_session,
    xrpc,
)
from social.publishers.bluesky_session import (
    post as send,
)
from social.publishers.composing import common_problems, posts_of
from social.text import bytes_before, graphemes, hashtags, urls


class Bluesky:
    """Publisher for Bluesky and any other PDS that holds app.bsky records."""

    channel: ClassVar[Channel] = Channel.BLUESKY
    # The record: 300 graphemes and 3,000 bytes; a blob: 1,000,000 bytes on every PDS version.
    limits: ClassVar[Limits] = Limits(
        characters=300, bytes=3000, alt_characters=2000, image_bytes=1_000_000, parts=5
    )
    needs_server: ClassVar[bool] = True
    needs_secret: ClassVar[bool] = True
    # A DID is the same account, whichever server's address it was connected by.
    has_worldwide_ids: ClassVar[bool] = True
    # Apps show no edits and no history of them: a changed record would be a silent change.
    can_edit: ClassVar[bool] = False
    can_reply: ClassVar[bool] = True
    watch_every: ClassVar[int] = 30

    def compose(self, content: NoticeContent, wording: str, limits: Limits) -> list[Post]:
        """Return the post or the thread; links and hashtags carry facets, without which they are dead text.

        What stands on the link's card is ours to say: Bluesky looks at no page by itself.
        """
        posts = posts_of(content, wording, limits, lambda text: _fits(text, limits))
        return [
            replace(
                post,
                link_title=content.title if post.link else "",
                link_summary=content.summary if post.link else "",
                facets=_facets(post.text),
            )
            for post in posts
        ]

    def count(self, text: str, limits: Limits) -> int:
        """Count graphemes; links count as written."""
        return graphemes(text)

    def problems(self, post: Post, limits: Limits) -> list[str]:
        """Return why the record would be refused."""
        return common_problems(post, limits, self.count(post.text, limits))

    def sign_in(self, base_url: str, handle: str, secret: str) -> Identity:
        """Open a session with an app password."""
        session = create_session(base_url, handle, secret)
        return Identity(
            remote_account_id=session["did"],
            handle=session["handle"],
            display_name=session["handle"],
            secrets=kept(session, secret),
            limits=self.limits,
        )

    def page(self, base_url: str, handle: str, remote_account_id: str) -> str:
        """Where anybody can look at the account."""
        return f"https://bsky.app/profile/{remote_account_id}"

    def check(self, credentials: Credentials) -> Health:
        """Ask the server whose session this is, renewing it when it lapsed, and who else may act for it."""
        answer = read(credentials, "server.getSession", {})
        refuse(answer)
        handle = str(answer.json().get("handle", "")) or credentials.handle
        if answer.json().get("active", True) is False:
            raise Blocked(_("The platform has switched this account off."))
        return Health(
            handle=handle,
            display_name=handle,
            limits=self.limits,
            app_passwords=_app_passwords(credentials),
        )

    def publish(
        self, post: Post, credentials: Credentials, *, key: str, thread: Thread | None = None
    ) -> Receipt:
        """Put the record under its own address."""
        body = {
            "repo": credentials.remote_account_id,
            "collection": COLLECTION,
            "rkey": record_key(post, key),
            "record": record_of(post, credentials, thread, self.limits.image_bytes),
            "validate": True,
            # Sent as null: the address must be free, or hold exactly this record.
            "swapRecord": None,
        }
        answer = with_session(
            credentials, lambda token: send(credentials, "repo.putRecord", token, makes_post=True, json=body)
        )
        if answer.json().get("error") == "InvalidSwap":
            return self._already_there(post, credentials, key)
        refuse(answer, makes_post=True)
        return _receipt(answer)

    def find(self, post: Post, credentials: Credentials, *, key: str) -> Receipt | None:
        """Read the record at the post's own address."""
        uri = f"at://{credentials.remote_account_id}/{COLLECTION}/{record_key(post, key)}"
        answer = read(credentials, "repo.getRecord", reading.record_query(uri))
        if answer.json().get("error") == GONE:
            return None
        refuse(answer)
        seen = reading.seen(reading.record_in(answer.json()))
        is_this_one = seen.raw["value"].get("createdAt") == post.created_at and self.matches(seen, post)
        return Receipt(seen.remote_id, seen.url) if is_this_one else None

    def receipt_from_link(self, link: str, base_url: str, remote_account_id: str) -> Receipt | None:
        """Read the record key off a link to bsky.app, or take an at:// address."""
        rkey = link.rstrip("/").rpartition("/")[2]
        is_post = "/post/" in link or f"/{COLLECTION}/" in link
        if not _is_on_bluesky(link):
            return None
        if not is_post or len(rkey) != TID_LENGTH or not set(rkey) <= set(TID_ALPHABET):
            return None
        uri = f"at://{remote_account_id}/{COLLECTION}/{rkey}"
        return Receipt(uri, reading.page_of(uri))

    def repeat_is_safe(self, age: timedelta) -> bool:
        """Putting the same record again never makes a second post, however late."""
        return True

    def edit(self, receipt: Receipt, post: Post, credentials: Credentials) -> None:
        """Refuse: a post is taken down and posted anew instead."""
        raise Rejected(_("A post on Bluesky cannot be changed."))

    def remove(self, receipt: Receipt, credentials: Credentials) -> None:
        """Delete the record; deleting it twice is no error there."""
        body = reading.record_query(receipt.remote_id) | {"repo": credentials.remote_account_id}
        refuse(
            with_session(credentials, lambda token: send(credentials, "repo.deleteRecord", token, json=body))
        )

    def price(self, post: Post) -> Decimal:
        """Posting is free."""
        return Decimal(0)

    def matches(self, seen: SeenPost, post: Post) -> bool:
        """A record keeps every byte: the words, the addresses behind them, and the pictures' descriptions."""
        return seen.text == post.text and reading.descriptions(seen) == [image.alt for image in post.images]

    def timeline(self, credentials: Credentials, since: datetime) -> list[SeenPost]:
        """Read the account's public repository, reposts among them."""
        return reading.recent(credentials, since)

    def look(self, receipt: Receipt, credentials: Credentials) -> SeenPost | None:
        """Read one record as anybody may."""
        return reading.look(receipt, credentials)

    def profile(self, credentials: Credentials) -> Profile:
        """Read the account's public profile."""
        return reading.profile(credentials)

    def replies(self, credentials: Credentials, since: datetime) -> list[SeenReply]:
        """Collect answers and mentions from the account's notifications."""
        return reading.replies(credentials, since)

    def revoke(self, credentials: Credentials) -> None:
        """Take our app password away, or else end our session and say what a person has to do.

        Measured on the reference server: an access token already handed out goes on posting until it lapses,
        up to two hours after it was made. Whoever revokes keeps watching that long.
        """
        names = _app_passwords(credentials)
        # A session does not say which password opened it; the only one there is must be ours.
        if len(names) == 1:
            body = {"name": names[0]}
            refuse(
                with_session(
                    credentials,
                    lambda token: send(credentials, "server.revokeAppPassword", token, json=body),
                )
            )
            return
        token = credentials.secrets.get("refresh", "")
        refuse(call("POST", xrpc(credentials.base_url, "server.deleteSession"), token=token))
        raise Rejected(
            _("Our session is ended, but the app password still works. Delete it in the account's settings.")
        )

    def _already_there(self, post: Post, credentials: Credentials, key: str) -> Receipt:
        """The address is taken: by this very post (made by an earlier try), or by a stranger's."""
        found = self.find(post, credentials, key=key)
        if found is None:
            raise Rejected(_("Another post already stands at this post's address."))
        return found


def _facets(text: str) -> tuple[Facet, ...]:
    links = [(*_bytes(text, start, end), text[start:end], "") for start, end in urls(text)]
    tags = [(*_bytes(text, start, end), "", text[start + 1 : end]) for start, end in hashtags(text)]
    return tuple(Facet(*facet) for facet in sorted(links + tags))


def _bytes(text: str, start: int, end: int) -> tuple[int, int]:
    return bytes_before(text, start), bytes_before(text, end)


def _fits(text: str, limits: Limits) -> bool:
    return graphemes(text) <= limits.characters and len(text.encode()) <= (limits.bytes or 0)


def _app_passwords(credentials: Credentials) -> tuple[str, ...]:
    answer = read(credentials, "server.listAppPasswords", {})
    refuse(answer)
    found = answer.json().get("passwords")
    if not isinstance(found, list) or not all(isinstance(each, dict) for each in found):
        raise unreadable()
    return tuple(str(each.get("name", "")) for each in found)


def _receipt(answer: Answer) -> Receipt:
    uri = answer.json().get("uri")
    if not isinstance(uri, str) or not uri.startswith("at://"):
        raise OutcomeUnknown(_("The platform's answer could not be read."))
    return Receipt(uri, reading.page_of(uri))


def _is_on_bluesky(link: str) -> bool:
    """Say whether the link is a record's own address, or leads to the site where people read them."""
    return link.startswith(("at://", "https://bsky.app/", "http://bsky.app/"))

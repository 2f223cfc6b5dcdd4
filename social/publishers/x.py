"""Speaks for accounts on X through its API, version 2, over plain HTTP; keeps nothing itself.

X knows no key of ours and refuses only some doubles: an unknown outcome is settled by reading the account
back, and never repeated blindly.
"""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, ClassVar
from urllib.parse import urlsplit

import regex
from django.conf import settings
from django.utils.translation import gettext as _

from outbox.errors import NotSent, OutcomeUnknown, Rejected
from social.enums import Channel
from social.http import Answer
from social.publishers import x_access as access
from social.publishers import x_reading as reading
from social.publishers.base import (
    AppRegistration,
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
from social.publishers.x_calls import ask, part, people_url, refuse, says_gone
from social.publishers.x_counting import ADDRESS_WEIGHT, has_address, weight
from social.publishers.x_media import upload

CLOCK_SKEW = timedelta(minutes=10)
"""How far X's clock may be behind ours before we stop looking further back."""
MOST_IMAGES = 4
ON_X = {f"{prefix}{name}" for prefix in ("", "www.", "mobile.") for name in ("x.com", "twitter.com")}
_NOT_ALLOWED = regex.compile("[\ufeff\ufffe\uffff]")
_CASHTAG = regex.compile(r"(?<![\w$])\$[A-Za-z]{1,6}(?![\w$])")


class X:
    """Publisher for accounts on X."""

    channel: ClassVar[Channel] = Channel.X
    # One part: X lets programs answer only where they were asked to, so a thread may break off.
    limits: ClassVar[Limits] = Limits(
        characters=280, url_weight=ADDRESS_WEIGHT, alt_characters=1000, image_bytes=5_000_000, parts=1
    )
    needs_server: ClassVar[bool] = True
    needs_secret: ClassVar[bool] = True
    has_worldwide_ids: ClassVar[bool] = True
    can_edit: ClassVar[bool] = False
    can_reply: ClassVar[bool] = True
    watch_every: ClassVar[int] = 45

    def compose(self, content: NoticeContent, wording: str, limits: Limits) -> list[Post]:
        """Return one post; X makes the link's card from the notice's own page."""
        return posts_of(content, wording, limits, lambda text: self.count(text, limits) <= limits.characters)

    def count(self, text: str, limits: Limits) -> int:
        """Count as X does; where that is not certain, more and never less."""
        return weight(text, limits.url_weight or ADDRESS_WEIGHT)

    def problems(self, post: Post, limits: Limits) -> list[str]:
        """Return why X would refuse the post."""
        found = common_problems(post, limits, self.count(post.text, limits))
        if len(post.images) > MOST_IMAGES:
            found.append(_("X takes four pictures at most."))
        if any(_units(image.alt) > limits.alt_characters for image in post.images) and not found:
            found.append(_("The description of the picture is too long for this platform."))
        if _NOT_ALLOWED.search(post.text):
            found.append(
                _("The text contains invisible control characters. Type it again instead of pasting.")
            )
        if len(_CASHTAG.findall(post.text)) > 1:
            found.append(_("X takes one word with a dollar sign before it, such as $GBP, and no more."))
        return found

    def sign_in(self, base_url: str, handle: str, secret: str) -> Identity:
        """Prove an access token made by hand; it lasts two hours. Sign in through X for lasting access."""
        return access.identity(base_url, {"access": secret}, self.limits)

    def authorise_url(self, app: AppRegistration, redirect_uri: str, state: str, challenge: str) -> str:
        """Return where the person agrees to let us act for the account."""
        return access.authorise_url(app, redirect_uri, state, challenge)

    def identities(self, app: AppRegistration, redirect_uri: str, code: str, verifier: str) -> list[Identity]:
        """Exchange the code for access, which is to one account."""
        return [access.identity_of_code(app, redirect_uri, code, verifier, self.limits)]

    def page(self, base_url: str, handle: str, remote_account_id: str) -> str:
        """Where anybody can look at the account."""
        return f"https://x.com/{handle}"

    def check(self, credentials: Credentials) -> Health:
        """Ask X who we are, renewing our access if it has lapsed."""
        return access.health(credentials, self.limits)

    def publish(
        self, post: Post, credentials: Credentials, *, key: str, thread: Thread | None = None
    ) -> Receipt:
        """Post it, with the pictures uploaded and described first."""
        body: dict[str, Any] = {"text": post.text}
        if post.images:
            media = [upload(image, credentials, self.limits.image_bytes) for image in post.images]
            body["media"] = {"media_ids": media}
        if thread is not None:
            body["reply"] = {"in_reply_to_tweet_id": thread.parent.remote_id}
        answer = ask(credentials, "POST", "tweets", json=body, makes_post=True)
        if thread is not None:
            _refuse_answering(answer)
        refuse(answer, makes_post=True)
        return _receipt(answer, credentials)

    def find(self, post: Post, credentials: Credentials, *, key: str) -> Receipt | None:
        """Read our own posts back, newest first, until well before this one was made."""
        oldest = datetime.fromisoformat(post.created_at) - CLOCK_SKEW
        for seen in reading.own_posts(credentials, oldest):
            if self.matches(seen, post):
                return Receipt(seen.remote_id, seen.url)
        return None

    def receipt_from_link(self, link: str, base_url: str, remote_account_id: str) -> Receipt | None:
        """Read the id off a link; whose post it is does not show in it."""
        try:
            parsed = urlsplit(link)
        except ValueError:
            return None
        found = regex.match(r"/(?:i/web|i|\w{1,15})/status/(\d{1,19})(?:/|$)", parsed.path)
        if (
            found is None
            or parsed.scheme not in {"https", "http"}
            or not _is_on_site(parsed.netloc, base_url)
        ):
            return None
        return Receipt(found[1], link)

    def repeat_is_safe(self, age: timedelta) -> bool:
        """Never: X refuses some doubles and lets others through."""
        return False

    def edit(self, receipt: Receipt, post: Post, credentials: Credentials) -> None:
        """X lets only accounts that pay for it edit, and for an hour: never relied upon."""
        raise Rejected(_("A post on X cannot be changed. Take it down and post it anew."))

    def remove(self, receipt: Receipt, credentials: Credentials) -> None:
        """Delete the post; one that is gone already is no error."""
        answer = ask(credentials, "DELETE", f"tweets/{receipt.remote_id}")
        if says_gone(answer):
            return
        refuse(answer)
        if part(answer.json(), "data").get("deleted") is True:
            return
        if reading.look(receipt, credentials) is not None:
            raise NotSent(_("X did not take the post down."))

    def price(self, post: Post) -> Decimal:
        """Return the price of the post and of describing its pictures, by the council's list of prices."""
        prices = settings.X_PRICES
        kind = "post_with_link" if has_address(post.text) else "post"
        return Decimal(prices[kind] + len(post.images) * prices["picture"])

    def matches(self, seen: SeenPost, post: Post) -> bool:
        """Compare words, links and the number of pictures."""
        return reading.same_words(seen, post)

    def timeline(self, credentials: Credentials, since: datetime) -> list[SeenPost]:
        """Read the account's posts; with our access, for X has no public reading for programs."""
        return reading.recent(credentials, since)

    def look(self, receipt: Receipt, credentials: Credentials) -> SeenPost | None:
        """Read one post."""
        return reading.look(receipt, credentials)

    def profile(self, credentials: Credentials) -> Profile:
        """Read the account's public profile."""
        return reading.profile(credentials)

    def replies(self, credentials: Credentials, since: datetime) -> list[SeenReply]:
        """Collect what named the account, which answers to it do by themselves."""
        return reading.replies(credentials, since)

    def revoke(self, credentials: Credentials) -> None:
        """Give our access back; a copy of it is worth nothing from then on."""
        access.revoke(credentials)


def _refuse_answering(answer: Answer) -> None:
    """Raise for an answer X does not take, so that the words can go out as a post of their own.

    X lets most programs answer only where their account was named, and nobody a post that is gone.
    """
    said = str(answer.json().get("detail", ""))
    if answer.status == 403 and regex.search(r"reply|conversation", said, regex.IGNORECASE):  # noqa: PLR2004
        raise Rejected(_("X does not take this as an answer to that post: %s") % said[:300])


def _receipt(answer: Answer, credentials: Credentials) -> Receipt:
    """Read the id of a post; a success without one proves nothing either way, even one with errors in it."""
    remote_id = part(answer.json(), "data").get("id")
    if not isinstance(remote_id, str) or not remote_id:
        raise OutcomeUnknown(_("The platform's answer could not be read."))
    return Receipt(remote_id, reading.address(remote_id, credentials))


def _is_on_site(host: str, base_url: str) -> bool:
    site = urlsplit(people_url(base_url)).netloc
    return host == site or (host in ON_X and site in ON_X)


def _units(text: str) -> int:
    """UTF-16 units; X does not say how it counts descriptions, and no way of counting gives more."""
    return len(text.encode("utf-16-le", errors="replace")) // 2

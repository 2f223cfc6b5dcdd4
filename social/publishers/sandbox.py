"""Speaks to the practice network inside the portal: a real publisher without the world outside."""

from datetime import timedelta
from typing import ClassVar

from social.enums import Channel
from social.publishers.base import Credentials, Health, Identity, Limits, NoticeContent, Post, Receipt, Thread
from social.publishers.composing import common_problems, post_text
from social.sandbox import network
from social.text import graphemes


class Sandbox:
    """Publisher for the practice network."""

    channel: ClassVar[Channel] = Channel.SANDBOX
    limits: ClassVar[Limits] = Limits(characters=400)
    needs_server: ClassVar[bool] = False
    needs_secret: ClassVar[bool] = False
    has_worldwide_ids: ClassVar[bool] = True

    def compose(self, content: NoticeContent, wording: str, limits: Limits) -> list[Post]:
        """Return one post."""
        text = post_text(content, wording, lambda text: self.count(text, limits) <= limits.characters)
        images = (content.image,) if content.image else ()
        return [Post(text=text, link=content.url, language=content.language, images=images)]

    def count(self, text: str, limits: Limits) -> int:
        """Count graphemes; links count as written."""
        return graphemes(text)

    def problems(self, post: Post, limits: Limits) -> list[str]:
        """Return why the network would refuse the post."""
        return common_problems(post, limits, self.count(post.text, limits))

    def sign_in(self, base_url: str, handle: str, secret: str) -> Identity:
        """Any name will do here."""
        return Identity(handle, handle, handle, {}, self.limits)

    def check(self, credentials: Credentials) -> Health:
        """The practice network is always well."""
        return Health(credentials.handle, "", self.limits)

    def publish(
        self, post: Post, credentials: Credentials, *, key: str, thread: Thread | None = None
    ) -> Receipt:
        """Post it; the same key gives the first post back."""
        return network.add(credentials.remote_account_id, post, key)

    def find(self, post: Post, credentials: Credentials, *, key: str) -> Receipt | None:
        """Look for the post by its key."""
        return network.find(credentials.remote_account_id, key)

    def receipt_from_link(self, link: str, base_url: str, remote_account_id: str) -> Receipt | None:
        """Look the link's post up in the network."""
        return network.find_by_id(remote_account_id, link.rstrip("/").rpartition("/")[2])

    def repeat_is_safe(self, age: timedelta) -> bool:
        """The key is unique in the network's own table."""
        return True

    def remove(self, receipt: Receipt, credentials: Credentials) -> None:
        """Take the post down; a second time does nothing."""
        network.remove(credentials.remote_account_id, receipt.remote_id)

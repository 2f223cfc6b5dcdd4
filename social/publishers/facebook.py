"""Speaks for Facebook Pages through the Graph API over plain HTTP; keeps nothing itself.

Facebook knows no key of ours: an unknown outcome is settled by reading the Page back, and never repeated
blindly.
"""

import json
from datetime import datetime, timedelta
from decimal import Decimal
from typing import ClassVar
from urllib.parse import parse_qs, urlsplit

import regex
from django.utils.translation import gettext as _

from outbox.errors import OutcomeUnknown, Rejected
from social.enums import Channel
from social.http import Answer
from social.publishers import facebook_access as access
from social.publishers import facebook_reading as reading
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
from social.publishers.facebook_calls import OFFICIAL, delete, is_gone, one, people_url, refuse, tell
from social.publishers.images import load

CLOCK_SKEW = timedelta(minutes=10)
"""How far Facebook's clock may be behind ours before we stop looking further back."""
ON_FACEBOOK = {"facebook.com", "www.facebook.com", "m.facebook.com", "web.facebook.com"}


class Facebook:
    """Publisher for Facebook Pages."""

    channel: ClassVar[Channel] = Channel.FACEBOOK
    limits: ClassVar[Limits] = Limits(characters=63_206, alt_characters=1000, image_bytes=4_000_000)
    needs_server: ClassVar[bool] = True
    needs_secret: ClassVar[bool] = True
    has_worldwide_ids: ClassVar[bool] = True
    can_edit: ClassVar[bool] = True
    can_reply: ClassVar[bool] = True
    watch_every: ClassVar[int] = 45

    def compose(self, content: NoticeContent, wording: str, limits: Limits) -> list[Post]:
        """Return one post; Facebook makes the link's card from the notice's own page."""
        return posts_of(content, wording, limits, lambda text: self.count(text, limits) <= limits.characters)

    def count(self, text: str, limits: Limits) -> int:
        """Count UTF-16 units: Facebook does not say how it counts, and no way of counting gives more."""
        return len(text.encode("utf-16-le", errors="replace")) // 2

    def problems(self, post: Post, limits: Limits) -> list[str]:
        """Return why Facebook would refuse the post."""
        return common_problems(post, limits, self.count(post.text, limits))

    def sign_in(self, base_url: str, handle: str, secret: str) -> Identity:
        """Prove a Page's access token that somebody made by hand, such as a system user's."""
        return access.identity_of_token(base_url or OFFICIAL, secret, self.limits)

    def authorise_url(self, app: AppRegistration, redirect_uri: str, state: str, challenge: str) -> str:
        """Return where the person agrees and chooses Pages."""
        return access.authorise_url(app, redirect_uri, state, challenge)

    def identities(self, app: AppRegistration, redirect_uri: str, code: str, verifier: str) -> list[Identity]:
        """Exchange the code for one identity per Page, for the person to choose from."""
        return access.identities(app, redirect_uri, code, verifier, self.limits)

    def page(self, base_url: str, handle: str, remote_account_id: str) -> str:
        """Where anybody can look at the account."""
        return f"https://www.facebook.com/{remote_account_id}"

    def check(self, credentials: Credentials) -> Health:
        """Ask what our access may do and until when."""
        return access.health(credentials, self.limits)

    def publish(
        self, post: Post, credentials: Credentials, *, key: str, thread: Thread | None = None
    ) -> Receipt:
        """Post it on the Page, or as its comment below a post or comment; pictures go first, unseen."""
        photos = [_upload(image, credentials, self.limits.image_bytes) for image in post.images]
        if thread is not None:
            return _comment(post, photos, credentials, thread.parent)
        form = {"message": post.text, "published": "true"}
        if photos:
            form["attached_media"] = json.dumps([{"media_fbid": photo} for photo in photos])
        elif post.link:
            form["link"] = post.link
        answer = tell(credentials, f"{credentials.remote_account_id}/feed", form, makes_post=True)
        refuse(answer, makes_post=True)
        return _receipt(answer, credentials)

    def find(self, post: Post, credentials: Credentials, *, key: str) -> Receipt | None:
        """Read the Page's posts and comments since this one was made; take the one that says just this."""
        oldest = datetime.fromisoformat(post.created_at) - CLOCK_SKEW
        for seen in reading.recent(credentials, oldest):
            if self.matches(seen, post):
                return Receipt(seen.remote_id, reading.address(seen.remote_id, credentials))
        return None

    def receipt_from_link(self, link: str, base_url: str, remote_account_id: str) -> Receipt | None:
        """Read the figures off a link; None for letters (pfbid…), which only Facebook can turn into them."""
        try:
            parsed = urlsplit(link)
            query = parse_qs(parsed.query)
        except ValueError:
            return None
        post = _post_in(parsed.path, query, remote_account_id)
        if not _is_on_site(parsed.netloc, base_url) or not post:
            return None
        [comment] = query.get("comment_id", [""])[:1]
        if comment:
            return Receipt(f"{post}_{comment}", link) if _is_figures(comment) else None
        return Receipt(f"{remote_account_id}_{post}", link)

    def repeat_is_safe(self, age: timedelta) -> bool:
        """Never: Facebook refuses some doubles (code 506) and lets others through."""
        return False

    def edit(self, receipt: Receipt, post: Post, credentials: Credentials) -> None:
        """Put other words in the post's place; pictures and the link's card stay as they are."""
        shown = reading.look(receipt, credentials)
        if shown is None:
            raise Rejected(_("The post is not there any more."))
        if reading.pictures(shown) != len(post.images):
            raise Rejected(_("Facebook cannot change a post's pictures. Take it down and post it anew."))
        refuse(tell(credentials, receipt.remote_id, {"message": post.text}), about_object=True)

    def remove(self, receipt: Receipt, credentials: Credentials) -> None:
        """Delete a post or comment; one that is gone already is no error while the Page itself is ours."""
        answer = delete(credentials, receipt.remote_id)
        if is_gone(answer):
            reading.insist_on_page(credentials)
            return
        refuse(answer, about_object=True)

    def price(self, post: Post) -> Decimal:
        """Posting is free."""
        return Decimal(0)

    def matches(self, seen: SeenPost, post: Post) -> bool:
        """Compare the words and the link."""
        return reading.same_words(seen, post)

    def timeline(self, credentials: Credentials, since: datetime) -> list[SeenPost]:
        """Read the Page's posts and its own comments; with our token, for Facebook has no public reading."""
        return reading.recent(credentials, since)

    def look(self, receipt: Receipt, credentials: Credentials) -> SeenPost | None:
        """Read one post or comment."""
        return reading.look(receipt, credentials)

    def profile(self, credentials: Credentials) -> Profile:
        """Read the Page's own fields."""
        return reading.profile(credentials)

    def replies(self, credentials: Credentials, since: datetime) -> list[SeenReply]:
        """Collect comments, what others post on the Page's wall, and posts that name the Page."""
        return reading.replies(credentials, since)

    def revoke(self, credentials: Credentials) -> None:
        """Take our program's permissions away; every token made with them is worth nothing from then on."""
        access.revoke(credentials)


def _upload(image: PostImage, credentials: Credentials, most_bytes: int) -> str:
    """Upload one picture with its description, shown to nobody yet, and return its id."""
    picture = load(image, most_bytes)
    name = "picture.png" if picture.mime == "image/png" else "picture.jpg"
    form = {"published": "false", "alt_text_custom": image.alt}
    files = {"source": (name, picture.data, picture.mime)}
    answer = tell(credentials, f"{credentials.remote_account_id}/photos", form, files=files)
    refuse(answer)
    return str(one(answer)["id"])


def _comment(post: Post, photos: list[str], credentials: Credentials, parent: Receipt) -> Receipt:
    if len(photos) > 1:
        raise Rejected(_("A comment on Facebook has room for one picture."))
    form = {"message": post.text} | ({"attachment_id": photos[0]} if photos else {})
    answer = tell(credentials, f"{parent.remote_id}/comments", form, makes_post=True)
    refuse(answer, makes_post=True, about_object=True)
    return _receipt(answer, credentials)


def _receipt(answer: Answer, credentials: Credentials) -> Receipt:
    """Read the id of a post; a success without one proves nothing either way."""
    remote_id = answer.json().get("id")
    if not isinstance(remote_id, str) or not remote_id:
        raise OutcomeUnknown(_("The platform's answer could not be read."))
    return Receipt(remote_id, reading.address(remote_id, credentials))


def _is_on_site(host: str, base_url: str) -> bool:
    site = urlsplit(people_url(base_url)).netloc
    return host == site or (host in ON_FACEBOOK and site in ON_FACEBOOK)


def _post_in(path: str, query: dict[str, list[str]], page_id: str) -> str:
    """Return the figures of a post of this Page in a link's path or query; empty when there are none."""
    if path.rstrip("/") in {"/permalink.php", "/story.php"}:
        post, owner = query.get("story_fbid", [""])[0], query.get("id", [""])[0]
        return post if owner == page_id and _is_figures(post) else ""
    if found := regex.fullmatch(r"/(\d{1,30})_(\d{1,30})/?", path):
        return found[2] if found[1] == page_id else ""
    found = regex.fullmatch(r"/([^/]+)/posts/(?:[^/]+/)?(\d{1,30})/?", path)
    if not found or (_is_figures(found[1]) and found[1] != page_id):
        return ""
    return str(found[2])


def _is_figures(text: str) -> bool:
    return regex.fullmatch(r"[0-9]{1,30}", text) is not None

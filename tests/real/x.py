"""A small stateful stand-in for X's API, version 2; keeps accounts and posts, and knows no HTTP.

No server of X's can be had for tests; X's own document of the API judges every call
(tests/real/x_document.py).
"""

import base64
import hashlib
import html
import re
import secrets
import threading
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count

from .x_document import Document
from .x_refusals import (
    TYPES,
    Fault,
    Refusal,
    Said,
    duplicate,
    forbidden,
    invalid_grant,
    not_found,
    suspended,
    too_many,
    unauthorised,
)

ADDRESS = re.compile(r"https?://[^\s<>\"]+[^\s<>\".,;:!?)]")
EPOCH_MS = 1_288_834_974_657
"""When X's ids begin."""


@dataclass
class User:
    """An account, what it says of itself, and the pair of tokens in force."""

    id: str
    username: str
    name: str
    description: str = ""
    url: str = ""
    is_suspended: bool = False
    access: str = ""
    refresh: str = ""
    posts_left: int = 100


@dataclass
class Post:
    """One version of a post."""

    id: str
    author: User
    text: str
    created_at: datetime
    parent: str = ""
    root: str = ""
    media: tuple[str, ...] = ()
    history: tuple[str, ...] = ()
    quoted: str = ""


class X:
    """Accounts, their posts and pictures; `faults` is what goes wrong next, `problems` what was not right."""

    client_id, client_secret = "portal", "secret-of-the-program"

    def __init__(self, base_url: str, document: Document) -> None:
        self.base_url = base_url
        self.document = document
        self.users: dict[str, User] = {}
        self.posts: dict[str, Post] = {}
        self.media: dict[str, Said] = {}
        self.faults: list[Fault] = []
        self.problems: list[str] = []
        self.codes: dict[str, tuple[User, str]] = {}
        self.changing = threading.RLock()
        self._numbers = count(1)

    # --- What the tests do to it ---------------------------------------------------------------------
    def make_account(self, name: str) -> User:
        """Open an account."""
        number = next(self._numbers)
        user = User(str(1_000_000 + number), f"{name}{number}", name.title())
        self.users[user.id] = user
        return user

    def agree(self, user: User, challenge: str = "") -> str:
        """Agree, as the account's owner, that the council's program may act for it; return the code."""
        code = secrets.token_hex(8)
        self.codes[code] = (user, challenge)
        return code

    def lapse(self, user: User) -> None:
        """Let two hours pass for the access of an account."""
        user.access = ""

    def words(self, user: User) -> list[str]:
        """Return the words of an account's posts, newest first, as they were written."""
        mine = [post for post in self.posts.values() if post.author is user and not self._is_replaced(post)]
        return [post.text for post in reversed(mine)]

    def say(self, user: User, text: str, parent: str = "", *, age: timedelta = timedelta()) -> str:
        """Post as anybody, without the API; return the id."""
        return self._add(user, text, parent, (), age).id

    def revise(self, post_id: str, text: str) -> str:
        """Edit a post as its owner may in the app: a new version with an id of its own."""
        old = self.posts[post_id]
        new = self._add(old.author, text, old.parent, old.media)
        new.history = (*old.history[:-1], old.id, new.id)
        for earlier in new.history[:-1]:
            self.posts[earlier].history = new.history
        return new.id

    # --- Posts ---------------------------------------------------------------------------------------
    def create(self, me: User, body: Said) -> Said:
        """Make a post."""
        if me.posts_left == 0:
            raise too_many(int(time.time()) + 900)
        media = tuple(body.get("media", {}).get("media_ids", ()))
        if any(not self.media.get(each, {}).get("is_ready") for each in media):
            raise Refusal(400, "Invalid Request", "Your media IDs are invalid.", f"{TYPES}invalid-request")
        parent = body.get("reply", {}).get("in_reply_to_tweet_id", "")
        if parent and parent not in self.posts:
            raise forbidden("You attempted to reply to a Tweet that is deleted or not visible to you.")
        if any(post.author is me and post.text == body["text"] for post in self.posts.values()):
            raise duplicate()
        me.posts_left -= 1
        made = self._add(me, body["text"], parent, media)
        return {"data": {"id": made.id, "text": self._shown(made)["text"]}}

    def delete(self, me: User, post_id: str) -> Said:
        """Delete a post with all its versions."""
        post = self.posts.get(post_id)
        if post and post.author is not me:
            raise forbidden("You are not authorized to delete this Tweet.")
        for each in post.history if post else ():
            self.posts.pop(each, None)
        return {"data": {"deleted": True}}

    def one(self, post_id: str) -> Said:
        """Return a post, or X's success with an error in it."""
        post = self.posts.get(post_id)
        return {"data": self._shown(post)} if post else {"errors": [not_found(post_id)]}

    def several(self, query: dict[str, str]) -> Said:
        """Return posts by their ids."""
        ids = query["ids"].split(",")
        found = [self._shown(self.posts[each]) for each in ids if each in self.posts]
        lacking = [not_found(each) for each in ids if each not in self.posts]
        return ({"data": found} if found else {}) | ({"errors": lacking} if lacking else {})

    def listed(self, query: dict[str, str], *, of: User | None = None, naming: User | None = None) -> Said:
        """Return a page of an account's posts, or of the posts that name it, newest first."""
        since = datetime.fromisoformat(query["start_time"])
        if since > datetime.now(UTC):
            raise Refusal(400, "Invalid Request", "'start_time' is to come.", f"{TYPES}invalid-request")
        fits = [
            post
            for post in sorted(self.posts.values(), key=lambda post: int(post.id), reverse=True)
            if post.created_at >= since
            and not self._is_replaced(post)
            and (post.author is of if of else naming is not None and self._names(post, naming))
        ]
        start, size = int(query.get("pagination_token", "p0000000000000000")[1:]), int(query["max_results"])
        page = fits[start : start + size]
        meta: Said = {"result_count": len(page)}
        if not page:
            return {"meta": meta}
        meta |= {"newest_id": page[0].id, "oldest_id": page[-1].id}
        if start + size < len(fits):
            meta["next_token"] = f"p{start + size:016d}"
        authors = {post.author.id: post.author for post in page}
        return {
            "data": [self._shown(post) for post in page],
            "includes": {"users": [self.user(each)["data"] for each in authors.values()]},
            "meta": meta,
        }

    def user(self, user: User) -> Said:
        """Return what an account says of itself."""
        about: Said = {"id": user.id, "username": user.username, "name": user.name}
        about |= {"description": user.description, "protected": False}
        about["profile_image_url"] = f"{self.base_url}/picture/{user.id}.png"
        if user.url:
            link = {"start": 0, "end": 23, "url": "https://t.co/profile", "expanded_url": user.url}
            about |= {"url": "https://t.co/profile", "entities": {"url": {"urls": [link]}}}
        return {"data": about}

    def _add(
        self, user: User, text: str, parent: str, media: tuple[str, ...], age: timedelta = timedelta()
    ) -> Post:
        with self.changing:
            now = datetime.now(UTC) - age
            post_id = str((int(now.timestamp() * 1000) - EPOCH_MS << 22) + next(self._numbers))
            root = self.posts[parent].root if parent in self.posts else post_id
            made = Post(post_id, user, text, now, parent, root, media, (post_id,))
            self.posts[post_id] = made
            return made

    def _is_replaced(self, post: Post) -> bool:
        return post.history[-1] != post.id

    def _names(self, post: Post, user: User) -> bool:
        parent = self.posts.get(post.parent)
        while parent:
            if parent.author is user:
                return post.author is not user
            parent = self.posts.get(parent.parent)
        return f"@{user.username}" in post.text

    def _shown(self, post: Post) -> Said:
        """Return a post as X tells it: addresses shortened, three characters escaped."""
        text, links = post.text, []
        parent = self.posts.get(post.parent)
        if parent and parent.author is not post.author:
            text = f"@{parent.author.username} {text}"
        for number, address in enumerate(dict.fromkeys(ADDRESS.findall(text))):
            short = f"https://t.co/{post.id[-8:]}{number}"
            text = text.replace(address, short)
            links.append({"start": 0, "end": 23, "url": short, "expanded_url": address})
        shown: Said = {
            "id": post.id,
            "author_id": post.author.id,
            "conversation_id": post.root,
            "created_at": f"{post.created_at:%Y-%m-%dT%H:%M:%S}.{post.created_at.microsecond // 1000:03d}Z",
            "edit_history_tweet_ids": list(post.history),
            "source": "Council Portal",
        }
        if parent:
            shown["in_reply_to_user_id"] = parent.author.id
            shown["referenced_tweets"] = [{"type": "replied_to", "id": parent.id}]
        if post.quoted:
            shown["referenced_tweets"] = [{"type": "quoted", "id": post.quoted}]
        if post.media:
            keys = [f"3_{each}" for each in post.media]
            shown["attachments"] = {"media_keys": keys}
            short = f"https://t.co/{post.id[-8:]}p"
            text = f"{text} {short}"
            page = f"https://x.com/{post.author.username}/status/{post.id}/photo/1"
            links.append({"start": 0, "end": 23, "url": short, "expanded_url": page, "media_key": keys[0]})
        shown["text"] = html.escape(text, quote=False)
        return shown | ({"entities": {"urls": links}} if links else {})

    # --- Access --------------------------------------------------------------------------------------
    def token(self, form: dict[str, str], basic: str) -> Said:
        """Give access for a code, or new access for the token that renews it, which then is used up."""
        shown = base64.b64decode(basic).decode() if basic else ""
        if shown != f"{self.client_id}:{self.client_secret}":
            raise Refusal(401, "unauthorized_client", "Missing valid authorization header")
        user = self._by_code(form) if form["grant_type"] == "authorization_code" else self._by_refresh(form)
        user.access, user.refresh = secrets.token_hex(16), secrets.token_hex(16)
        return {
            "token_type": "bearer",
            "expires_in": 7200,
            "access_token": user.access,
            "refresh_token": user.refresh,
            "scope": "tweet.read tweet.write users.read media.write offline.access",
        }

    def revoke(self, form: dict[str, str]) -> Said:
        """Make a token worthless."""
        for user in self.users.values():
            if form["token"] and form["token"] in {user.refresh, user.access}:
                user.access = user.refresh = ""
        return {"revoked": True}

    def signed_in(self, token: str) -> User:
        """Return whose access this is."""
        me = next((user for user in self.users.values() if token and user.access == token), None)
        if me is None:
            raise unauthorised()
        if me.is_suspended:
            raise suspended()
        return me

    def _by_code(self, form: dict[str, str]) -> User:
        user, challenge = self.codes.pop(form["code"], (None, ""))
        digest = hashlib.sha256(form["code_verifier"].encode()).digest()
        proven = base64.urlsafe_b64encode(digest).decode().rstrip("=")
        if user is None or (challenge and challenge != proven):
            raise invalid_grant("Value passed for the authorization code was invalid.")
        return user

    def _by_refresh(self, form: dict[str, str]) -> User:
        held = form["refresh_token"]
        user = next((user for user in self.users.values() if held and user.refresh == held), None)
        if user is None:
            raise invalid_grant("Value passed for the token was invalid.")
        return user

    # --- Pictures ------------------------------------------------------------------------------------
    def begin(self, body: Said) -> Said:
        """Begin an upload."""
        media_id = str(7_000_000_000_000_000_000 + next(self._numbers))
        self.media[media_id] = {**body, "data": b"", "alt": "", "is_ready": False}
        return {"data": {"id": media_id, "media_key": f"3_{media_id}", "expires_after_secs": 86_400}}

    def append(self, media_id: str, piece: bytes) -> Said:
        """Take a piece of a picture."""
        self.media[media_id]["data"] += piece
        return {"data": {"expires_at": int(time.time()) + 86_400}}

    def finish(self, media_id: str) -> Said:
        """End an upload; the picture is ready when somebody asks again."""
        medium = self.media[media_id]
        if len(medium["data"]) != medium["total_bytes"]:
            raise Refusal(400, "Invalid Request", "Media length", f"{TYPES}invalid-request")
        waiting = {"state": "pending", "check_after_secs": 1}
        return {"data": {"id": media_id, "media_key": f"3_{media_id}", "processing_info": waiting}}

    def state(self, media_id: str) -> Said:
        """Say whether a picture can be used."""
        self.media[media_id]["is_ready"] = True
        return {"data": {"id": media_id, "processing_info": {"state": "succeeded", "progress_percent": 100}}}

    def describe(self, body: Said) -> Said:
        """Give a picture its description."""
        self.media[body["id"]]["alt"] = body["metadata"]["alt_text"]["text"]
        return {"data": {"id": body["id"], "associated_metadata": body["metadata"]}}

"""A small stateful stand-in for Facebook's Graph API on loopback; Meta's own tables judge what it is asked.

No server of Facebook's can be had for tests, so this is no real part. Everything it is asked is held
against the parameters of Meta's own library (tests/real/facebook_tables.py), and so is what it answers.
"""

import hashlib
import hmac
import json
import secrets
import threading
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import chain, count
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from . import facebook_tables as tables

APP_ID, APP_SECRET = "4711", "secret-of-the-app"
SCOPES = [
    "pages_show_list",
    "pages_manage_posts",
    "pages_read_engagement",
    "pages_manage_engagement",
    "pages_read_user_content",
]
Form = dict[str, str]


@dataclass
class Refusal(Exception):
    """An error as the Graph API says it."""

    code: int
    subcode: int = 0
    status: int = 400
    message: str = "Refused"
    headers: dict[str, str] = field(default_factory=dict)

    def body(self) -> bytes:
        """Return the error's JSON."""
        said = {"message": self.message, "type": "OAuthException", "code": self.code, "fbtrace_id": "A"}
        return json.dumps(
            {"error": said | ({"error_subcode": self.subcode} if self.subcode else {})}
        ).encode()


@dataclass
class Fault:
    """What goes wrong with the next call whose method and end of path fit.

    `does_it`: the call is carried out all the same. `refusal` None: `raw` is answered with 200; `raw` None:
    the connection breaks. `delay` is in seconds.
    """

    path: str
    method: str = "POST"
    does_it: bool = False
    refusal: Refusal | None = None
    raw: bytes | None = None
    delay: float = 0


@dataclass
class Page:
    """A Page, its token, and everything on it, newest first."""

    id: str
    username: str
    token: str
    fields: dict[str, Any]
    posts: list[dict[str, Any]] = field(default_factory=list)
    others: list[dict[str, Any]] = field(default_factory=list)
    comments: list[dict[str, Any]] = field(default_factory=list)
    scopes: list[str] = field(default_factory=lambda: list(SCOPES))
    is_valid: bool = True
    # Whether the program's settings insist on the proof of its secret.
    needs_proof: bool = True
    subcode: int = 0
    expires_at: int = 0
    data_access_expires_at: int = 0


class Facebook:
    """Pages and the calls they were asked; `problems` lists what broke Meta's tables or our own promises."""

    app_id, app_secret, user_id = APP_ID, APP_SECRET, "9001"

    def __init__(self, base_url: str) -> None:
        self.base_url = base_url
        self.pages: dict[str, Page] = {}
        self.photos: dict[str, dict[str, Any]] = {}
        self.codes: dict[str, tuple[str, str]] = {}
        self.faults: list[Fault] = []
        self.problems: list[str] = []
        self.asked: list[tuple[str, str, Form]] = []
        self._numbers = count(100_000_001)
        self._one_at_a_time = threading.RLock()

    # --- What a test does, as people or Facebook would ------------------------------------------
    def make_page(self, name: str) -> Page:
        """Open a Page."""
        number = self._number()
        page = Page(number, f"{name}{number}", f"page-token-{secrets.token_hex(6)}", {})
        page.fields = {
            "name": name.title(),
            "about": "The council.",
            "link": f"{self.base_url}/{page.username}",
        }
        page.fields |= {
            "picture": {"data": {"cache_key": "p1"}},
            "cover": {"cover_id": "1"},
            "category": "City",
        }
        self.pages[number] = page
        return page

    def agree(self, challenge: str = "") -> str:
        """Return the code the dialog sends back."""
        code = secrets.token_hex(6)
        self.codes[code] = ("user-token", challenge)
        return code

    def post_by_hand(self, page: Page, text: str, made_with: str = "Facebook for iPhone") -> str:
        """Post past the portal; return the id."""
        return self._add_post(page, text, {}, made_with)["id"]

    def comment_as_other(self, page: Page, text: str, parent: str, author: str = "77001") -> str:
        """Let a resident comment below a post or comment; return the id."""
        return self._add_comment(page, parent, text, {"id": author, "name": "Robin Resident"})["id"]

    def write_on_wall(self, page: Page, text: str) -> str:
        """Let a resident post on the Page's wall; return the id."""
        said = {"id": f"77001_{self._number()}", "message": text, "created_time": _now()}
        page.others.insert(0, said | {"from": {"id": "77001", "name": "Robin Resident"}})
        return str(said["id"])

    def words(self, page: Page) -> list[str]:
        """Return the words of every post and comment of the Page's own, newest first."""
        own = [each for each in page.comments if each["from"]["id"] == page.id]
        return [each["message"] for each in [*page.posts, *own]]

    def spoil(self, path: str, **what: Any) -> None:
        """Let the next call to a path that ends so go wrong (see Fault)."""
        self.faults.append(Fault(path, **what))

    # --- Answering ------------------------------------------------------------------------------
    def answer(self, method: str, path: str, query: Form, form: Form, files: Any, token: str) -> Any:
        """Carry out one call and return what goes back as JSON; raises Refusal."""
        with self._one_at_a_time:
            self.asked.append((method, path, {**query, **form}))
            self.problems += tables.promises_broken(query)
            return self._route(method, path, {**query, **form}, files, token)

    def _route(self, method: str, path: str, asked: Form, files: Any, token: str) -> Any:
        known, _slash, edge = path.partition("/")
        if path == "oauth/access_token":
            return self._token(asked)
        if not path:
            return self._batch(asked, token)
        if token in ("user-token", "long-lived-token") and known == "me":
            return self._of_person(edge)
        if edge == "permissions" and method == "DELETE":
            return self._revoke(token, asked)
        page = self._page_of(token, asked)
        known = page.id if known == "me" else known
        self.problems += tables.problems(
            method, "page" if known == page.id else _kind(known, page), edge, asked
        )
        return self._on_page(method, page, known, edge, asked, files)

    def _on_page(self, method: str, page: Page, known: str, edge: str, asked: Form, files: Any) -> Any:
        if known == page.id:
            return self._page_call(method, page, edge, asked, files)
        thing = self._thing(page, known)
        if edge == "comments":
            if method == "POST":
                ours = {"id": page.id, "name": page.fields["name"]}
                made = self._add_comment(page, known, asked["message"], ours)
                return {"id": made["id"]}
            below = [each for each in page.comments if each["post"] == known]
            return self._listed(below, asked, tables.COMMENT)
        if method == "DELETE":
            self._delete(page, known)
            return {"success": True}
        if method == "POST":
            thing["message"] = asked["message"]
            return {"success": True}
        return _only(_without_post(thing), asked["fields"])

    def _page_call(self, method: str, page: Page, edge: str, asked: Form, files: Any) -> Any:
        if not edge:
            return _only({"id": page.id, "username": page.username} | page.fields, asked["fields"])
        if edge == "photos":
            return {"id": self._keep_photo(asked, files)}
        if edge == "feed":
            return {"id": self._publish(page, asked)["id"]}
        if edge == "published_posts":
            return self._listed([self._with_newest(page, post) for post in page.posts], asked, tables.POST)
        if edge in ("visitor_posts", "tagged"):
            return self._listed(page.others if edge == "visitor_posts" else [], asked, tables.POST)
        raise Refusal(2500, message=f"Unknown path components: /{edge}")

    def _publish(self, page: Page, asked: Form) -> dict[str, Any]:
        if "message" not in asked and "link" not in asked:
            raise Refusal(100, message="Requires message or link")
        if page.posts and page.posts[0]["message"] == asked["message"]:
            raise Refusal(506, 1455006, message="Duplicate status message")
        return self._add_post(page, asked["message"], asked, "Council Portal")

    def _keep_photo(self, asked: Form, files: Any) -> str:
        photo = self._number()
        data = files.get("source", b"")
        if not data or len(data) > 4_000_000:
            raise Refusal(1, 1366046, message="Your photos couldn't be uploaded.")
        self.photos[photo] = {"alt": asked.get("alt_text_custom", ""), "data": data}
        return photo

    def _add_post(self, page: Page, text: str, asked: Form, made_with: str) -> dict[str, Any]:
        number = f"{page.id}_{self._number()}"
        photos = [each["media_fbid"] for each in json.loads(asked.get("attached_media", "[]"))]
        cards = [{"media_type": "photo", "target": {"id": photo}} for photo in photos]
        if asked.get("link"):
            cards.append({"media_type": "link", "unshimmed_url": asked["link"], "target": {}})
        post = {
            "id": number,
            "message": text,
            "created_time": _now(),
            "permalink_url": f"{self.base_url}/{page.id}/posts/{number.partition('_')[2]}",
            "is_hidden": False,
            "is_published": True,
            "application": {"name": made_with},
        }
        page.posts.insert(0, post | ({"attachments": {"data": cards}} if cards else {}))
        return page.posts[0]

    def _add_comment(self, page: Page, parent: str, text: str, author: dict[str, str]) -> dict[str, Any]:
        above = self._thing(page, parent)
        post = above.get("post", above["id"])
        number = f"{post.partition('_')[2]}_{self._number()}"
        link = f"{self.base_url}/{post}?comment_id={number.partition('_')[2]}"
        comment = {"id": number, "message": text, "created_time": _now(), "from": author, "post": post}
        comment |= {"permalink_url": link, "is_hidden": False}
        page.comments.insert(0, comment | ({"parent": {"id": parent}} if parent != post else {}))
        return page.comments[0]

    def _delete(self, page: Page, known: str) -> None:
        page.posts = [post for post in page.posts if post["id"] != known]
        page.comments = [
            each
            for each in page.comments
            if known not in (each["id"], each["post"], each.get("parent", {}).get("id"))
        ]

    def _thing(self, page: Page, known: str) -> dict[str, Any]:
        for thing in chain(page.posts, page.comments, page.others):
            if thing["id"] == known:
                return thing
        raise Refusal(100, 33, message=f"Unsupported request. Object with ID '{known}' does not exist")

    def _with_newest(self, page: Page, post: dict[str, Any]) -> dict[str, Any]:
        below = [_without_post(each) for each in page.comments if each["post"] == post["id"]]
        return post | ({"comments": {"data": below[:1]}} if below else {})

    def _listed(self, rows: list[dict[str, Any]], asked: Form, table: Any) -> dict[str, Any]:
        """Answer one page of a list, the next one by its cursor; Facebook gives at most 100 at once."""
        first, size = int(asked.get("after", "0")), min(int(asked.get("limit", "25")), 100)
        found = [_only(row, asked["fields"]) for row in rows[first : first + size]]
        for row in found:
            self.problems += tables.unknown_fields(row, table)
        paging: dict[str, Any] = {"cursors": {"before": str(first), "after": str(first + size)}}
        if first + size < len(rows):
            paging["next"] = f"{self.base_url}/v26.0/next?access_token=never-follow-this"
        return {"data": found, "paging": paging} if found else {"data": []}

    # --- Access ---------------------------------------------------------------------------------
    def _page_of(self, token: str, asked: Form) -> Page:
        for page in self.pages.values():
            if page.token == token and page.is_valid:
                if page.needs_proof or "appsecret_proof" in asked:
                    self._check_proof(token, asked)
                return page
            if page.token == token:
                raise Refusal(190, page.subcode, 401, "Error validating access token")
        raise Refusal(190, 0, 401, "Invalid OAuth access token.")

    def _check_proof(self, token: str, asked: Form) -> None:
        right = hmac.new(APP_SECRET.encode(), token.encode(), hashlib.sha256).hexdigest()
        if asked.get("appsecret_proof") != right:
            raise Refusal(100, message="Invalid appsecret_proof provided in the API argument")

    def _token(self, asked: Form) -> dict[str, Any]:
        if (asked.get("client_id"), asked.get("client_secret")) != (APP_ID, APP_SECRET):
            raise Refusal(101, message="Error validating application.")
        if asked.get("grant_type") == "fb_exchange_token":
            return {"access_token": "long-lived-token", "token_type": "bearer", "expires_in": 5_183_944}
        token, challenge = self.codes.pop(asked.get("code", ""), ("", ""))
        if not token or (challenge and tables.challenge_of(asked.get("code_verifier", "")) != challenge):
            raise Refusal(100, message="This authorization code has been used.")
        return {"access_token": token, "token_type": "bearer", "expires_in": 5400}

    def _of_person(self, edge: str) -> Any:
        if not edge:
            return {"id": self.user_id}
        rows = [
            {"id": p.id, "username": p.username, "name": p.fields["name"], "access_token": p.token}
            | {"tasks": p.fields.get("tasks", ["CREATE_CONTENT", "MODERATE"])}
            for p in self.pages.values()
            if p.is_valid
        ]
        return {"data": rows, "paging": {"cursors": {"after": "x"}}}

    def _batch(self, asked: Form, token: str) -> Any:
        if token != f"{APP_ID}|{APP_SECRET}":
            raise Refusal(190, 0, 401, "Invalid OAuth access token.")
        [inner] = json.loads(asked["batch"])
        query = dict(parse_qsl(urlsplit(inner["relative_url"]).query))
        data = self._examined(query["input_token"])
        return [{"code": 200, "body": json.dumps({"data": data})}]

    def _examined(self, token: str) -> dict[str, Any]:
        page = next((each for each in self.pages.values() if each.token == token), None)
        if page is None or not page.is_valid:
            subcode = page.subcode if page else 0
            return {"is_valid": False, "error": {"code": 190, "subcode": subcode, "message": "Invalid"}}
        ends = {"expires_at": page.expires_at, "data_access_expires_at": page.data_access_expires_at}
        granular = [{"scope": scope, "target_ids": [page.id]} for scope in page.scopes]
        return {"is_valid": True, "scopes": page.scopes, "granular_scopes": granular, "type": "PAGE"} | ends

    def _revoke(self, token: str, asked: Form) -> dict[str, bool]:
        if token != f"{APP_ID}|{APP_SECRET}":
            raise Refusal(190, 0, 401, "Invalid OAuth access token.")
        self._check_proof(token, asked)
        for page in self.pages.values():
            page.is_valid, page.subcode = False, 458
        return {"success": True}

    def _number(self) -> str:
        return str(next(self._numbers))


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S+0000")


def _kind(known: str, page: Page) -> str:
    return "post" if known.startswith(f"{page.id}_") else "comment"


def _without_post(thing: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in thing.items() if name != "post"}


def _only(thing: dict[str, Any], fields: str) -> dict[str, Any]:
    wanted = tables.names(fields) | {"id"}
    return {name: value for name, value in thing.items() if name in wanted}

"""Meta's own tables of parameters and fields, out of its Python library: facebook.py is held to them.

They are inside the library and not meant for others, hence the pinned version in requirements-dev.txt. Every
parameter in them is optional: what must be there, the stand-in itself knows.
"""

import base64
import hashlib
import json
import re
import warnings
from functools import lru_cache
from typing import Any

COMMON = {"access_token", "appsecret_proof", "format", "method", "fields", "limit", "after", "before"}
EDGES = {"attachments", "comments", "picture"}
"""Lists and objects that can be asked for like a field."""
POST, COMMENT = "post", "comment"


@lru_cache(maxsize=1)
def _library() -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from facebook_business.adobjects.comment import Comment
        from facebook_business.adobjects.page import Page
        from facebook_business.adobjects.pagepost import PagePost
        from facebook_business.api import FacebookAdsApi, FacebookSession
    api = FacebookAdsApi(FacebookSession(access_token="t"))
    page, post, comment = Page("1", api=api), PagePost("1_2", api=api), Comment("2_3", api=api)
    return {
        ("POST", "page", "feed"): page.create_feed,
        ("POST", "page", "photos"): page.create_photo,
        ("GET", "page", "published_posts"): page.get_published_posts,
        ("GET", "page", "visitor_posts"): page.get_visitor_posts,
        ("GET", "page", "tagged"): page.get_tagged,
        ("GET", "page", ""): page.api_get,
        ("POST", "post", ""): post.api_update,
        ("GET", "post", ""): post.api_get,
        ("DELETE", "post", ""): post.api_delete,
        ("POST", "post", "comments"): post.create_comment,
        ("GET", "post", "comments"): post.get_comments,
        ("POST", "comment", ""): comment.api_update,
        ("GET", "comment", ""): comment.api_get,
        ("DELETE", "comment", ""): comment.api_delete,
        ("POST", "comment", "comments"): comment.create_comment,
        ("fields", "page", ""): Page._field_types,
        ("fields", "post", ""): PagePost._field_types,
        ("fields", "comment", ""): Comment._field_types,
    }


LISTED = {"comments": "comment", "published_posts": "post", "visitor_posts": "post", "tagged": "post"}


def problems(method: str, kind: str, edge: str, asked: dict[str, str]) -> list[str]:
    """Return what Meta's tables say against a call."""
    call = _library().get((method, kind, edge))
    if call is None:
        return [f"{method} {kind}/{edge} is not in the tables"]
    checker = call(params={}, pending=True)._param_checker
    found = []
    for name, value in asked.items():
        if name in COMMON:
            continue
        if not checker.is_valid_key(name):
            found.append(f"{method} {kind}/{edge}: unknown parameter {name!r}")
        elif not checker.is_valid_pair(name, _as_typed(value)):
            found.append(f"{method} {kind}/{edge}: {name}={value!r} is not {checker.get_type(name)}")
    wanted = names(asked.get("fields", ""))
    return found + unknown_fields(dict.fromkeys(wanted), LISTED.get(edge, kind))


def unknown_fields(answer: dict[str, Any], kind: str) -> list[str]:
    """Return the fields of an object that Meta's tables do not have."""
    table = _library()["fields", kind, ""]
    return [f"{kind} has no field {name!r}" for name in answer if name not in {*table, *EDGES}]


def promises_broken(query: dict[str, str]) -> list[str]:
    """Return what stands in an address and must not: it ends up in logs."""
    secret = {"access_token", "input_token", "client_secret", "code", "fb_exchange_token"}
    return [f"{name} stands in the query" for name in query if name in secret]


def names(fields: str) -> set[str]:
    """Return the names at the top of a list of fields: `a,b.limit(1){c,d}` has a and b."""
    while (shorter := re.sub(r"\{[^{}]*\}|\([^()]*\)", "", fields)) != fields:
        fields = shorter
    return {name.partition(".")[0] for name in fields.split(",") if name}


def challenge_of(verifier: str) -> str:
    """Return PKCE's S256 of a verifier."""
    digest = hashlib.sha256(verifier.encode()).digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def _as_typed(value: str) -> Any:
    """Return what a form's field stands for: figures stay words, lists and yes or no do not."""
    if value in ("true", "false") or value.startswith("["):
        return json.loads(value)
    return value

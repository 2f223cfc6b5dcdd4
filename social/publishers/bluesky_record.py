"""Writes the record a post becomes on Bluesky, and works out its address; uploads pictures, makes no post."""

import hashlib
from datetime import datetime
from typing import Any

from social.publishers.base import Credentials, Facet, Post, PostImage, Thread
from social.publishers.bluesky_reading import COLLECTION, TID_ALPHABET, thread_refs
from social.publishers.bluesky_session import post as send
from social.publishers.bluesky_session import refuse, with_session
from social.publishers.images import load


def record_of(
    post: Post, credentials: Credentials, thread: Thread | None, image_bytes: int
) -> dict[str, Any]:
    """Return the record of a post, its pictures uploaded; Rejected when the post it answers is gone."""
    fields: dict[str, Any] = {
        "$type": COLLECTION,
        "text": post.text,
        "createdAt": post.created_at,
        "langs": [post.language],
        "facets": [_facet(facet) for facet in post.facets],
    }
    if thread is not None:
        fields["reply"] = thread_refs(thread, credentials)
    embed = _embed(post, credentials, image_bytes)
    return fields | {"embed": embed} if embed else fields


def record_key(post: Post, key: str) -> str:
    """Return the record's TID: 53 bits of stored time in microseconds, 10 bits of our own key."""
    micros = int(datetime.fromisoformat(post.created_at).timestamp() * 1_000_000) & ((1 << 53) - 1)
    ours = int.from_bytes(hashlib.sha256(key.encode()).digest()[:2]) & 0x3FF
    number = (micros << 10) | ours
    return "".join(TID_ALPHABET[(number >> shift) & 31] for shift in range(60, -1, -5))


def _embed(post: Post, credentials: Credentials, image_bytes: int) -> dict[str, Any]:
    """Pictures, or else a card for the link, or nothing: Bluesky shows one or the other."""
    if post.images:
        images = [_image(image, credentials, image_bytes) for image in post.images]
        return {"$type": "app.bsky.embed.images", "images": images}
    if not post.link:
        return {}
    card = {"uri": post.link, "title": post.link_title, "description": post.link_summary}
    return {"$type": "app.bsky.embed.external", "external": card}


def _facet(facet: Facet) -> dict[str, Any]:
    kind, field, value = ("tag", "tag", facet.tag) if facet.tag else ("link", "uri", facet.uri)
    return {
        "index": {"byteStart": facet.start, "byteEnd": facet.end},
        "features": [{"$type": f"app.bsky.richtext.facet#{kind}", field: value}],
    }


def _image(image: PostImage, credentials: Credentials, most_bytes: int) -> dict[str, Any]:
    picture = load(image, most_bytes)
    answer = with_session(
        credentials,
        lambda token: send(
            credentials,
            "repo.uploadBlob",
            token,
            content=picture.data,
            headers={"content-type": picture.mime},
        ),
    )
    refuse(answer)
    ratio = {"width": picture.width, "height": picture.height}
    return {"image": answer.json().get("blob"), "alt": image.alt, "aspectRatio": ratio}

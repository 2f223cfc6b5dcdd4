"""Uploads pictures with their descriptions to X before a post is made; makes no posts."""

import time
from typing import Any

from django.utils.translation import gettext as _

from outbox.errors import NotSent, Rejected
from social.publishers.base import Credentials, PostImage
from social.publishers.images import load
from social.publishers.x_calls import ask, data, part, refuse, rows, unreadable

CHUNK = 1_000_000
"""Bytes in one piece; X takes up to five million."""
LONGEST_WAIT = 8
MOST_WAITS = 5


def upload(image: PostImage, credentials: Credentials, most_bytes: int) -> str:
    """Upload one picture, wait until X can use it, describe it, and return its id; it lasts a day there."""
    picture = load(image, most_bytes)
    kind = {
        "media_type": picture.mime,
        "total_bytes": len(picture.data),
        "media_category": "tweet_image",
    }
    media_id = str(data(ask(credentials, "POST", "media/upload/initialize", json=kind))["id"])
    for number, start in enumerate(range(0, len(picture.data), CHUNK)):
        piece = picture.data[start : start + CHUNK]
        _append(media_id, number, piece, credentials)
    finished = data(ask(credentials, "POST", f"media/upload/{media_id}/finalize"))
    _wait(media_id, part(finished, "processing_info"), credentials)
    _describe(media_id, image.alt, credentials)
    return media_id


def _append(media_id: str, number: int, piece: bytes, credentials: Credentials) -> None:
    answer = ask(
        credentials,
        "POST",
        f"media/upload/{media_id}/append",
        files={"media": ("piece", piece, "application/octet-stream")},
        data={"segment_index": str(number)},
    )
    refuse(answer)


def _wait(media_id: str, state: dict[str, Any], credentials: Credentials) -> None:
    """Wait as long as X says; most pictures are ready at once and have no state."""
    for _look in range(MOST_WAITS):
        if state.get("state", "succeeded") == "succeeded":
            return
        if state["state"] == "failed":
            raise Rejected(_("X could not use the picture."))
        pause = state.get("check_after_secs")
        time.sleep(min(pause, LONGEST_WAIT) if isinstance(pause, int) and pause > 0 else 1)
        query = {"command": "STATUS", "media_id": media_id}
        state = part(data(ask(credentials, "GET", "media/upload", params=query)), "processing_info")
    raise NotSent(_("X is still working on the picture."))


def _describe(media_id: str, words: str, credentials: Credentials) -> None:
    """Give the picture its description; without one nothing is posted."""
    body = {"id": media_id, "metadata": {"alt_text": {"text": words}}}
    answer = ask(credentials, "POST", "media/metadata", json=body)
    refuse(answer)
    if rows(answer.json(), "errors"):
        raise unreadable()

"""Makes contents, posts and credentials for the publishers' tests."""

import hashlib
import io
from itertools import count
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone
from PIL import Image

from social.publishers.base import Credentials, NoticeContent, Post, PostImage, Publisher

_numbers = count(1)
FAMILY = "👨‍👩‍👧‍👦"
URL = "https://riverbank.example/n/N7K3Q/"


def content(**more: Any) -> NoticeContent:
    """Say what a plain notice says."""
    plain = {
        "reference": "N7K3Q",
        "kind": "outage",
        "title": "Burst main in Quay Street",
        "summary": "Low or no water in Quayside until this evening.",
        "url": URL,
    }
    return NoticeContent(**(plain | more))


def unique_content(**more: Any) -> NoticeContent:
    """Say what a notice with an address and a title of its own says."""
    number = next(_numbers)
    own = {"title": f"Burst main number {number}", "url": f"https://riverbank.example/n/N{number:04d}/"}
    return content(**(own | more))


def dated(post: Post) -> Post:
    """Give a post its moment, as the fan-out does."""
    from dataclasses import replace

    return replace(post, created_at=timezone.now().isoformat(timespec="microseconds").replace("+00:00", "Z"))


def composed(publisher: Publisher, wording: str = "", **more: Any) -> Post:
    """Compose a post ready to send."""
    [post] = publisher.compose(unique_content(**more), wording, publisher.limits)
    return dated(post)


def picture_bytes(kind: str = "JPEG", *, gps: bool = False, size: tuple[int, int] = (64, 48)) -> bytes:
    """Make a small picture, with the place it was taken hidden in it if wanted."""
    picture, out = Image.new("RGB", size, "teal"), io.BytesIO()
    exif = Image.Exif()
    if gps:
        exif[0x010F] = "Riverbank phone"
        exif.get_ifd(0x8825)[1] = "N"
        exif.get_ifd(0x8825)[2] = (51.0, 30.0, 0.0)
    picture.save(out, kind, exif=exif)
    return out.getvalue()


def stored_picture(data: bytes, alt: str = "A flooded street.") -> PostImage:
    """Put a picture into our storage."""
    name = default_storage.save(f"pictures/{next(_numbers)}.jpg", ContentFile(data))
    return PostImage(name, alt, hashlib.sha256(data).hexdigest())


def key() -> str:
    """Return a key nobody has used."""
    import secrets

    return f"key-{secrets.token_hex(8)}"


def signed_in(publisher: Publisher, base_url: str, handle: str, secret: str) -> Credentials:
    """Connect an account and return what is needed to act for it."""
    identity = publisher.sign_in(base_url, handle, secret)
    return Credentials(base_url, identity.handle, identity.remote_account_id, identity.secrets)

"""Turns a stored picture into bytes a platform takes: re-encoded, nothing hidden in it, small enough."""

import hashlib
import io
from dataclasses import dataclass

from django.conf import settings
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from outbox.errors import NotSent, Rejected
from social.publishers.base import PostImage

LONGEST_SIDE = 2000
"""Pixels; no platform shows more."""
QUALITIES = (88, 80, 70, 60, 45)
SHRINK = 0.75


@dataclass(frozen=True)
class Picture:
    """A picture ready to upload; width and height in pixels."""

    data: bytes
    mime: str
    width: int
    height: int


def load(image: PostImage, most_bytes: int) -> Picture:
    """Return the picture of a post as the same JPEG or PNG every time, at most `most_bytes` long.

    Raises NotSent when the file cannot be read, Rejected when it is not the approved file or not a picture.
    """
    return fit(approved(image), most_bytes)


def approved(image: PostImage) -> bytes:
    """Return the bytes of a picture as they were approved; raises NotSent or Rejected as `load` does."""
    try:
        with default_storage.open(image.name) as file:
            data = file.read()
    except OSError:
        raise NotSent(_("The picture could not be read from our own storage.")) from None
    if hashlib.sha256(data).hexdigest() != image.sha256:
        raise Rejected(_("The stored picture is not the one that was approved."))
    return data


def fit(data: bytes, most_bytes: int) -> Picture:
    """Re-encode a picture without its metadata (position, camera, person), small enough for the platform."""
    picture = _open(data)
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    if _has_transparency(picture):
        encoded = _encode(picture.convert("RGBA"), "PNG")
        if len(encoded) <= most_bytes:
            return Picture(encoded, "image/png", *picture.size)
    return _as_jpeg(_on_white(picture), most_bytes)


def _open(data: bytes) -> Image.Image:
    try:
        with Image.open(io.BytesIO(data)) as opened:
            if opened.width * opened.height > settings.PICTURE_MAX_PIXELS:
                raise Rejected(_("The picture has too many pixels."))
            # A fresh picture holds pixels only: EXIF, comments and colour profiles stay behind.
            turned = ImageOps.exif_transpose(opened)
            plain = turned.convert("RGBA" if _has_transparency(turned) else "RGB")
            clean = Image.new(plain.mode, plain.size)
            clean.paste(plain)
            return clean
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError):
        raise Rejected(_("The file is not a picture that can be read.")) from None


def _has_transparency(picture: Image.Image) -> bool:
    if "transparency" in picture.info:
        return True
    return picture.mode in {"RGBA", "LA", "PA"} and picture.getchannel("A").getextrema() != (255, 255)


def _on_white(picture: Image.Image) -> Image.Image:
    if picture.mode == "RGB":
        return picture
    white = Image.new("RGB", picture.size, "white")
    white.paste(picture, mask=picture.getchannel("A"))
    return white


def _as_jpeg(picture: Image.Image, most_bytes: int) -> Picture:
    while True:
        for quality in QUALITIES:
            encoded = _encode(picture, "JPEG", quality=quality)
            if len(encoded) <= most_bytes:
                return Picture(encoded, "image/jpeg", *picture.size)
        smaller = (max(int(picture.width * SHRINK), 1), max(int(picture.height * SHRINK), 1))
        if smaller == picture.size:
            raise Rejected(_("The picture cannot be made small enough."))
        picture = picture.resize(smaller)


def _encode(picture: Image.Image, kind: str, **options: int) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind, optimize=True, **options)
    return out.getvalue()

"""Takes in an uploaded picture: checks it, strips everything hidden in it, stores it by its content."""

import hashlib
import io
import struct
from typing import IO, Any, NamedTuple

from django.conf import settings
from django.core.files.base import ContentFile
from django.utils.translation import gettext as _
from PIL import ExifTags, Image, UnidentifiedImageError

from accounts.models import User

from .models import Picture

MAX_WIDTH = 1600
# Formats whose decoders we trust with what strangers send.
FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
# What undoes each orientation of the EXIF standard (CIPA DC-008, 4.6.5).
_TURNS: dict[Any, Image.Transpose] = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


class PictureRefused(Exception):
    """The upload cannot be used; its text says why and what to do."""


def take_in(upload: IO[bytes], size: int, by: User) -> Picture:
    """Re-encode `upload` (of `size` bytes) and store it; the same picture is stored once.

    Only the pixels survive: position, camera, thumbnail and comments do not. Raises PictureRefused.
    """
    encoded = reencode(upload, size)
    data = encoded.data
    sha256 = hashlib.sha256(data).hexdigest()
    known = Picture.objects.filter(sha256=sha256).first()
    if known:
        return known
    picture = Picture(sha256=sha256, uploaded_by=by, width=encoded.width, height=encoded.height)
    picture.file.save(f"{sha256[:20]}.{encoded.extension}", ContentFile(data), save=False)
    picture.save()
    return picture


def hidden_in(upload: IO[bytes]) -> list[str]:
    """Return in words what `upload` tells beside its pixels: what its owner nearly shared.

    What cannot be read says nothing. Leaves `upload` at its beginning.
    """
    try:
        upload.seek(0)
        with Image.open(upload, formats=FORMATS) as image:
            return _told_by(image)
    # A broken block of metadata: nothing can be said of it, and nothing of it survives.
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, KeyError, struct.error):
        return []
    finally:
        upload.seek(0)


def _told_by(image: Image.Image) -> list[str]:
    exif = image.getexif()
    tags = ExifTags.Base
    told = [
        (_("where it was taken"), bool(exif.get_ifd(ExifTags.IFD.GPSInfo))),
        (_("when it was taken"), any(tag in exif for tag in (tags.DateTime, tags.DateTimeOriginal))),
        (_("the camera"), any(tag in exif for tag in (tags.Make, tags.Model))),
        (_("its author"), any(tag in exif for tag in (tags.Artist, tags.Copyright, tags.XPAuthor))),
        (_("hidden notes"), any(name in image.info for name in ("comment", "xmp", "photoshop"))),
    ]
    return [words for words, is_there in told if is_there]


class Encoded(NamedTuple):
    """A picture fit to be kept: upright, no larger than a page needs, nothing hidden in it."""

    data: bytes
    extension: str
    width: int
    height: int


def reencode(upload: IO[bytes], size: int) -> Encoded:
    """Return the pixels of `upload` (of `size` bytes) alone, upright. Raises PictureRefused.

    What is too large is refused by its header, before anything is unpacked.
    """
    if size > settings.PICTURE_MAX_BYTES:
        limit = settings.PICTURE_MAX_BYTES // (1024 * 1024)
        raise PictureRefused(
            _("The picture is larger than %(limit)s MB. Choose a smaller one.") % {"limit": limit}
        )
    return _reencoded(upload)


def _reencoded(upload: IO[bytes]) -> Encoded:
    try:
        with Image.open(upload, formats=FORMATS) as image:
            _refuse_bomb(image)
            image.load()
            return _encoded(_turned(image))
    except PictureRefused:
        raise
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        raise PictureRefused(_too_many_pixels()) from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, struct.error) as error:
        raise PictureRefused(
            _("This file is not a picture we can read. Use JPEG, PNG, WebP or GIF.")
        ) from error


def _turned(image: Image.Image) -> Image.Image:
    """Return the picture upright. Reads that one number alone: the rest of what is hidden may be broken."""
    turn = _TURNS.get(image.getexif().get(ExifTags.Base.Orientation))
    return image if turn is None else image.transpose(turn)


def _refuse_bomb(image: Image.Image) -> None:
    # The header alone says how large it would become: nothing has been unpacked yet.
    if image.width * image.height > settings.PICTURE_MAX_PIXELS:
        raise PictureRefused(_too_many_pixels())


def _too_many_pixels() -> str:
    limit = settings.PICTURE_MAX_PIXELS // 1_000_000
    return _("The picture has more than %(limit)s million pixels. Choose a smaller one.") % {"limit": limit}


def _encoded(image: Image.Image) -> Encoded:
    is_transparent = _is_transparent(image)
    # True colours first: a palette or CMYK cannot be made smaller smoothly.
    pixels = image.convert("RGBA" if is_transparent else "RGB")
    pixels.thumbnail((MAX_WIDTH, MAX_WIDTH * 2))
    out = io.BytesIO()
    if is_transparent:
        _bare(pixels).save(out, "PNG", optimize=True)
        return Encoded(out.getvalue(), "png", *pixels.size)
    _bare(pixels).save(out, "JPEG", quality=82, optimize=True, progressive=True)
    return Encoded(out.getvalue(), "jpg", *pixels.size)


def _is_transparent(image: Image.Image) -> bool:
    return image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info


def _bare(image: Image.Image) -> Image.Image:
    """Return the pixels alone, in a new picture that carries no metadata."""
    bare = Image.new(image.mode, image.size)
    bare.paste(image)
    return bare

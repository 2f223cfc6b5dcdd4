"""Takes in a photo a resident sends: checked, its hidden data taken off, kept privately; must not show it."""

from typing import IO

from django.core.files.base import ContentFile
from django.utils.translation import gettext as _

from updates.pictures import Encoded, PictureRefused, reencode

from .identity import nobody
from .models import Photo, Voice

# What browsers offer to choose from; what is really in the file is looked at here.
ACCEPTED = "image/jpeg,image/png,image/webp"
# How the files of iPhones and newer cameras name themselves in their first bytes (ISO/IEC 23008-12).
_HEIF_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"avif")


def check(upload: IO[bytes], size: int) -> Encoded:
    """Return the pixels of `upload` (of `size` bytes) alone, upright and no larger than a page needs.

    Where and when it was taken, the camera and every note are gone. Raises PictureRefused with a sentence.
    """
    upload.seek(0)
    head = upload.read(12)
    upload.seek(0)
    if head[4:8] == b"ftyp" and head[8:12] in _HEIF_BRANDS:
        raise PictureRefused(
            _(
                "This photo is in the HEIC format, which we cannot read yet. Send a screenshot of it, or set "
                "the camera to “Most compatible” and take it again."
            )
        )
    return reencode(upload, size)


def keep(voice: Voice, photo: Encoded) -> Photo:
    """Keep a checked photo with the words it came with; nobody sees it before a moderator decided."""
    row = Photo(voice=voice, width=photo.width, height=photo.height)
    # A name nobody can guess, and none the sender gave it.
    row.original.save(f"{nobody()}.{photo.extension}", ContentFile(photo.data), save=False)
    row.save()
    return row

"""Decides whether a resident's photo is shown, and makes parts of it unrecognisable; must not read words."""

import io
import math
from collections.abc import Iterable
from typing import Any, NamedTuple

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _
from PIL import Image, ImageDraw, ImageStat

from audit.recorder import record

from . import moderation
from .enums import Status
from .identity import nobody
from .models import BlurredArea, Photo, Voice
from .moderation import Refused
from .permissions import may_moderate

COLUMNS, ROWS = 12, 9
WHOLE = 1000
_QUALITY = 85


class Area(NamedTuple):
    """A rectangle, in thousandths of the picture's width and height."""

    left: int
    top: int
    width: int
    height: int


def square(column: int, row: int) -> Area:
    """Return one square of the grid, counted from 0; rounded outwards, so that no seam stays readable."""
    left, top = column * WHOLE // COLUMNS, row * WHOLE // ROWS
    right, bottom = math.ceil((column + 1) * WHOLE / COLUMNS), math.ceil((row + 1) * WHOLE / ROWS)
    return Area(left, top, right - left, bottom - top)


def squares_of(photo: Photo) -> str:
    """Return the squares that are filled now, as a moderator types them ("B3 C3")."""
    found = [
        f"{chr(ord('A') + round(area.left * COLUMNS / WHOLE))}{round(area.top * ROWS / WHOLE) + 1}"
        for area in photo.blurred_areas.all()
    ]
    return " ".join(found)


def show(voice: Voice, *, by: Any, seen_version: int, alt_text: str, areas: Iterable[Area]) -> Photo:
    """Show the photo with `areas` filled, made anew from what was sent. Raises Refused."""
    if not alt_text.strip():
        raise Refused(_("Say what the photo shows, for people who cannot see it."))
    hidden = list(areas)
    with transaction.atomic():
        row, photo = _locked(voice, by, seen_version)
        if row.status not in (Status.WAITING, Status.PUBLISHED):
            raise Refused(_("The words are hidden, so the photo is too."))
        if not photo.original:
            raise Refused(_("The photo as it was sent has been deleted, so it cannot be made anew."))
        _replace(photo, _filled(photo, hidden))
        photo.alt_text, photo.is_shown = alt_text.strip(), True
        photo.save()
        photo.blurred_areas.all().delete()
        BlurredArea.objects.bulk_create(BlurredArea(photo=photo, **area._asdict()) for area in hidden)
        _decided(row, "voice.photo_shown", by, areas=len(hidden))
    return photo


def hide(voice: Voice, *, by: Any, seen_version: int) -> Photo:
    """Do not show the photo; the words stay as they are. Raises Refused."""
    with transaction.atomic():
        row, photo = _locked(voice, by, seen_version)
        _replace(photo, b"")
        photo.is_shown = False
        photo.save()
        _decided(row, "voice.photo_hidden", by)
    return photo


def numbered(photo: Photo) -> bytes:
    """Return the photo as it was sent with the grid drawn over it, for the person who decides."""
    image = _opened(photo)
    pen = ImageDraw.Draw(image)
    for row in range(ROWS):
        for column in range(COLUMNS):
            box = _pixels(square(column, row), image)
            pen.rectangle(box, outline="white")
            label = f"{chr(ord('A') + column)}{row + 1}"
            pen.text((box[0] + 3, box[1] + 2), label, fill="white", stroke_width=2, stroke_fill="black")
    return _jpeg(image)


def _locked(voice: Voice, by: Any, seen_version: int) -> tuple[Voice, Photo]:
    if not may_moderate(by, voice.team):
        raise Refused(_("Only a moderator of %(team)s can decide this.") % {"team": voice.team})
    row = moderation.locked(voice)
    if row.version != seen_version:
        raise Refused(moderation.told(row))
    return row, Photo.objects.select_for_update().get(voice=row)


def _decided(row: Voice, event: str, by: Any, **detail: Any) -> None:
    row.version += 1
    row.save(update_fields=["version"])
    record(event, actor=by, target=row, **detail)


def _replace(photo: Photo, data: bytes) -> None:
    """Put `data` in the place of the file shown so far, which is removed once this is certain."""
    old, storage = photo.shown.name, photo.shown.storage
    if old:
        transaction.on_commit(lambda: storage.delete(old))
    photo.shown = ""
    if data:
        photo.shown.save(f"{nobody()}.jpg", ContentFile(data), save=False)


def _filled(photo: Photo, areas: list[Area]) -> bytes:
    """Fill each area with its one mean colour: nothing can be computed back from that."""
    image = _opened(photo)
    boxes = [_pixels(area, image) for area in areas]
    colours = [tuple(int(part) for part in ImageStat.Stat(image.crop(box)).mean) for box in boxes]
    for box, colour in zip(boxes, colours, strict=True):
        image.paste(colour, box)
    return _jpeg(image)


def _opened(photo: Photo) -> Image.Image:
    with photo.original.open() as file, Image.open(file) as image:
        if "A" not in image.getbands() and "transparency" not in image.info:
            return image.convert("RGB")
        # What was transparent becomes white; JPEG knows no transparency.
        layer = image.convert("RGBA")
        paper = Image.new("RGB", layer.size, "white")
        paper.paste(layer, mask=layer.getchannel("A"))
        return paper


def _pixels(area: Area, image: Image.Image) -> tuple[int, int, int, int]:
    return (
        area.left * image.width // WHOLE,
        area.top * image.height // WHOLE,
        min(image.width, math.ceil((area.left + area.width) * image.width / WHOLE)),
        min(image.height, math.ceil((area.top + area.height) * image.height / WHOLE)),
    )


def _jpeg(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=_QUALITY)
    return out.getvalue()

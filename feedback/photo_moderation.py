"""Decides whether a resident's photo is shown, and makes parts of it unrecognisable; must not read words."""

import io
import math
from collections.abc import Iterable
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from PIL import Image, ImageStat

from audit.recorder import record

from . import moderation
from .enums import Status
from .identity import nobody
from .models import BlurredArea, Photo, Voice
from .moderation import Refused
from .permissions import may_moderate
from .photo_grid import WHOLE, Area

_QUALITY = 85


def areas_of(photo: Photo) -> list[Area]:
    """Return what is filled now. One query."""
    return [Area(each.left, each.top, each.width, each.height) for each in photo.blurred_areas.all()]


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
        _replace(photo, filled(photo, hidden))
        photo.alt_text, photo.is_shown, photo.decided_at = alt_text.strip(), True, timezone.now()
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
        photo.is_shown, photo.decided_at = False, timezone.now()
        photo.save()
        _decided(row, "voice.photo_hidden", by)
    return photo


def as_sent(photo: Photo) -> bytes:
    """Return the photo as it was sent, as a JPEG, for the person who decides."""
    return _jpeg(_opened(photo))


def filled(photo: Photo, areas: list[Area]) -> bytes:
    """Return what was sent with each area filled with its one mean colour: nothing can be computed back."""
    image = _opened(photo)
    boxes = [_pixels(area, image) for area in areas]
    colours = [tuple(int(part) for part in ImageStat.Stat(image.crop(box)).mean) for box in boxes]
    for box, colour in zip(boxes, colours, strict=True):
        image.paste(colour, box)
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

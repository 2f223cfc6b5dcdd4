"""Uploads that are not what they seem: refused with a sentence, or stripped of what they hide."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import ExifTags, Image, PngImagePlugin

from tests.factories import Cast
from updates import pictures
from updates.models import Picture
from updates.pictures import PictureRefused, take_in


def taken(data: bytes, cast: Cast) -> Picture:
    return take_in(io.BytesIO(data), len(data), cast.author)


def opened(picture: Picture) -> Image.Image:
    with picture.file.open() as stored:
        image = Image.open(io.BytesIO(stored.read()))
        image.load()
        return image


@pytest.mark.parametrize(
    "data", [b"", b"not a picture", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"GIF89a", b"\xff\xd8\xff"]
)
def test_file_that_is_no_picture_is_refused(cast: Cast, data):
    with pytest.raises(PictureRefused, match="not a picture we can read"):
        taken(data, cast)


def test_format_we_do_not_trust_is_refused(cast: Cast, picture_bytes):
    with pytest.raises(PictureRefused, match="Use JPEG, PNG, WebP or GIF"):
        taken(picture_bytes("TIFF"), cast)


def test_file_of_fifty_megabytes_is_refused_unread(cast: Cast):
    class Unread(io.BytesIO):
        def read(self, *_args):
            raise AssertionError("must not be read")

    with pytest.raises(PictureRefused, match="larger than 12 MB"):
        take_in(Unread(), 50 * 1024 * 1024, cast.author)


@pytest.mark.parametrize("size", [(10_000, 5_000), (20_000, 20_000)])
def test_decompression_bomb_is_refused_before_it_unpacks(cast: Cast, size):
    out = io.BytesIO()
    Image.new("1", size).save(out, "PNG", optimize=True)

    with pytest.raises(PictureRefused, match="more than 40 million pixels"):
        taken(out.getvalue(), cast)


def test_truncated_picture_is_refused(cast: Cast, picture_bytes):
    whole = picture_bytes("JPEG", (800, 600))

    with pytest.raises(PictureRefused):
        taken(whole[: len(whole) // 2], cast)


def test_place_camera_and_comments_do_not_survive(cast: Cast):
    exif = Image.Exif()
    exif[0x010F] = "Camera of Amira"
    gps = exif.get_ifd(0x8825)
    gps[1], gps[2] = "N", (51.0, 30.0, 12.0)
    out = io.BytesIO()
    Image.new("RGB", (60, 40), "red").save(out, "JPEG", exif=exif, comment=b"Amira's garden")
    data = out.getvalue()
    assert (b"Camera of Amira" in data, b"garden" in data) == (True, True)

    image = opened(taken(data, cast))

    assert (dict(image.getexif()), image.info.get("exif"), image.info.get("comment")) == ({}, None, None)


def test_png_texts_do_not_survive(cast: Cast):
    texts = PngImagePlugin.PngInfo()
    texts.add_text("Location", "Amira's garden")
    out = io.BytesIO()
    Image.new("RGBA", (20, 20), (0, 0, 0, 0)).save(out, "PNG", pnginfo=texts)

    picture = taken(out.getvalue(), cast)

    with picture.file.open() as stored:
        assert b"garden" not in stored.read()


def test_picture_taken_sideways_stands_upright(cast: Cast):
    exif = Image.Exif()
    exif[0x0112] = 6
    out = io.BytesIO()
    Image.new("RGB", (60, 40), "red").save(out, "JPEG", exif=exif)

    picture = taken(out.getvalue(), cast)

    assert (picture.width, picture.height) == (40, 60)


@pytest.mark.parametrize(
    ("kind", "mode", "stored"),
    [
        ("JPEG", "CMYK", "JPEG"),
        ("JPEG", "L", "JPEG"),
        ("GIF", "P", "JPEG"),
        ("PNG", "RGBA", "PNG"),
        ("PNG", "1", "JPEG"),
        ("PNG", "I;16", "JPEG"),
        ("WEBP", "RGB", "JPEG"),
    ],
)
def test_every_trusted_format_and_mode_is_reencoded(cast: Cast, picture_bytes, kind, mode, stored):
    assert opened(taken(picture_bytes(kind, mode=mode), cast)).format == stored


def test_large_picture_is_made_smaller_and_measured(cast: Cast, picture_bytes):
    picture = taken(picture_bytes("JPEG", (3200, 1600)), cast)

    assert (picture.width, picture.height) == (1600, 800)


def test_same_picture_is_stored_once(cast: Cast, picture_bytes):
    data = picture_bytes("JPEG")

    assert (taken(data, cast), Picture.objects.count()) == (taken(data, cast), 1)


@settings(max_examples=150, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(
    kind=st.sampled_from(["JPEG", "PNG", "WEBP", "GIF"]),
    damage=st.lists(st.tuples(st.integers(0, 700), st.integers(0, 255)), min_size=1, max_size=12),
)
def test_damaged_picture_is_taken_or_refused_but_never_breaks(cast: Cast, picture_bytes, kind, damage):
    data = bytearray(picture_bytes(kind))
    for place, value in damage:
        data[place % len(data)] = value
    try:
        assert taken(bytes(data), cast).pk
    except PictureRefused as refusal:
        assert str(refusal)


def test_upload_object_of_django_is_taken_in(cast: Cast, picture_bytes):
    upload = SimpleUploadedFile("../../etc/passwd.png", picture_bytes("PNG"), "image/png")

    picture = take_in(upload, upload.size, cast.author)

    assert picture.file.name == f"pictures/{picture.sha256[:20]}.jpg"


def test_what_a_picture_told_is_said_in_words():
    out = io.BytesIO()
    exif = Image.Exif()
    exif[ExifTags.Base.Make] = "Phone"
    exif[ExifTags.Base.Artist] = "Dave Pullman"
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitudeRef] = "N"
    Image.new("RGB", (8, 8)).save(out, "JPEG", exif=exif, comment=b"mine")

    assert pictures.hidden_in(out) == ["where it was taken", "the camera", "its author", "hidden notes"]
    assert out.tell() == 0


def test_picture_that_tells_nothing_says_nothing():
    out = io.BytesIO()
    Image.new("RGB", (8, 8)).save(out, "PNG")

    assert pictures.hidden_in(out) == []
    assert pictures.hidden_in(io.BytesIO(b"nothing")) == []

"""A photo with feedback: only its pixels are kept, where no web server reads; bad files get a sentence."""

import io
import struct
import zlib

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from feedback.models import Feedback, Photo
from tests.feedback.conftest import stamp

pytestmark = pytest.mark.django_db
GPS, ORIENTATION = 0x8825, 0x0112


def jpeg(width=40, height=20) -> bytes:
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    exif[0x010F] = "Secret Camera"
    exif.get_ifd(GPS)[2] = (54.0, 59.0, 0.0)
    out = io.BytesIO()
    Image.new("RGB", (width, height), "teal").save(out, "JPEG", exif=exif)
    return out.getvalue()


def png_of(width: int, height: int) -> bytes:
    """Return a tiny PNG whose header says how large it would become."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = zlib.compress(b"")
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", pixels) + _chunk(b"IEND", b"")


def _chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def send(client, notice, content: bytes, name="photo.jpg", **fields):
    data = {
        "text": "The sign is gone.",
        "photo": SimpleUploadedFile(name, content),
        "stamp": stamp("feedback", notice.reference),
        **fields,
    }
    return client.post(f"/notices/{notice.reference}/feedback/", data)


def test_photo_is_kept_upright_without_what_is_hidden_in_it(client, notice):
    receipt = send(client, notice, jpeg(), name="jan-kowalski.jpg")
    photo = Photo.objects.get()
    with photo.original.open() as file:
        content = file.read()
    with Image.open(io.BytesIO(content)) as kept:
        assert (kept.size, dict(kept.getexif())) == ((20, 40), {})
    assert (photo.width, photo.height, photo.is_shown) == (20, 40, False)
    assert "kowalski" not in photo.original.name
    assert b"Secret Camera" not in content
    assert "With your photo." in client.get(receipt.url).content.decode()


def test_photo_lies_outside_the_public_media_and_has_no_address(client, notice):
    send(client, notice, jpeg())
    original = Photo.objects.get().original
    assert original.path.startswith(str(settings.PRIVATE_ROOT))
    assert not original.path.startswith(str(settings.MEDIA_ROOT))
    with pytest.raises(ValueError, match="no address"):
        _ = original.url


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (png_of(10_000, 10_000), "more than 40 million pixels"),
        (png_of(100_000, 100_000), "more than 40 million pixels"),
        (b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00", "HEIC format"),
        (b"GIF or what", "not a picture we can read"),
        (b"<svg onload=alert(1)>", "not a picture we can read"),
        (jpeg()[:300], "not a picture we can read"),
        (b"", "The photo has nothing in it."),
    ],
    ids=["100 megapixels", "a bomb", "HEIC", "text", "svg", "cut off", "empty"],
)
def test_bad_photo_is_refused_with_the_words_kept(client, notice, content, says):
    page = send(client, notice, content).content.decode()
    assert says in page
    assert "The sign is gone." in page
    assert (Feedback.objects.count(), Photo.objects.count()) == (0, 0)


def test_photo_over_the_limit_is_refused_unread(client, notice, settings):
    settings.PICTURE_MAX_BYTES = 1024 * 1024
    page = send(client, notice, jpeg() + b"x" * 1024 * 1024).content.decode()
    assert "larger than 1 MB" in page


def test_good_photo_of_a_refused_form_has_to_be_chosen_again(client, notice):
    page = send(client, notice, jpeg(), text="").content.decode()
    assert "Write what you want us to know." in page
    assert "Choose your photo again" in page


def test_form_sent_twice_keeps_one_photo(client, notice):
    same = stamp("feedback", notice.reference)
    send(client, notice, jpeg(), stamp=same)
    send(client, notice, jpeg(), stamp=same)
    assert Photo.objects.count() == 1

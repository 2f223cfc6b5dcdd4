"""Pictures for platforms: nothing hidden, small enough, and never a bomb."""

import io

import pytest
from PIL import Image

from outbox.errors import NotSent, Rejected
from social.publishers.base import PostImage
from social.publishers.images import fit, load
from tests.social.posts import picture_bytes, stored_picture


def test_fit_strips_what_is_hidden():
    picture = fit(picture_bytes(gps=True), 1_000_000)

    with Image.open(io.BytesIO(picture.data)) as opened:
        assert dict(opened.getexif()) == {}
        assert "exif" not in opened.info


def test_fit_gives_the_same_bytes_every_time():
    data = picture_bytes()

    assert fit(data, 1_000_000) == fit(data, 1_000_000)


@pytest.mark.parametrize("most", [1_000_000, 100_000, 20_000])
def test_fit_makes_it_small_enough(most):
    out = io.BytesIO()
    Image.effect_noise((1200, 900), 80).convert("RGB").save(out, "PNG")

    assert len(fit(out.getvalue(), most).data) <= most


def test_fit_keeps_transparency_when_there_is_room():
    out = io.BytesIO()
    Image.new("RGBA", (40, 40), (10, 90, 80, 120)).save(out, "PNG")

    assert fit(out.getvalue(), 1_000_000).mime == "image/png"


@pytest.mark.parametrize(
    "data", [b"", b"<svg onload=alert(1)>", b"GIF89a", b"\x89PNG\r\n\x1a\n" + b"\x00" * 50]
)
def test_fit_refuses_what_is_no_picture(data):
    with pytest.raises(Rejected):
        fit(data, 1_000_000)


def test_fit_refuses_a_bomb(settings):
    settings.PICTURE_MAX_PIXELS = 1000

    with pytest.raises(Rejected):
        fit(picture_bytes(size=(40, 40)), 1_000_000)


def test_load_of_a_lost_file_has_not_sent_anything():
    with pytest.raises(NotSent):
        load(PostImage("pictures/gone.jpg", "A street.", "0" * 64), 1_000_000)


def test_load_reads_the_approved_file():
    image = stored_picture(picture_bytes())

    assert load(image, 1_000_000).mime == "image/jpeg"

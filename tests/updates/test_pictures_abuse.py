"""Pictures whose hidden data is broken: the pixels are good, so the picture is."""

import base64
import io

import pytest
from PIL import Image

from tests.factories import Cast
from updates import pictures

# Found by changing bytes at random: a text where the standard has a number, and the other way round.
_HEAD = "UklGRsAAAABXRUJQVlA4WAoAAAAIAAAAJwAAHQAAVlA4ID4AAABwAwCdASooAB4APm02l0ik"
_PIXELS = "IyIhJWgAgA2JZwDQvoAAMavheAAA/u7T3+3Yu3Vb//TSP+NI/40j5X5oFtcA"
_MAKER = "AEVYSUZcAAAATU0AKgAAAAgAAwEPAAIAAAACeAAAAAESAAMAAAABAAYAAIglAAQAAAABAAAAMgAAAAAAAQAJAAUAAAADAAAARA"
_RATIO = "lkVYSUZcAAAATU0AKgAAAAgAAwEaAAIAAAACeAAAAAESAAMAAAABAAYAAIglAAQAAAABAAAAMgAAAAAAAQACAAUAAAADAAAARA"
_TAIL = "AAAAAAAAAzAAAAAQAAAB4AAAABAAAAAAAAAAE="


@pytest.mark.parametrize("hidden", [_MAKER, _RATIO])
def test_picture_with_broken_hidden_data_is_taken_in_upright_and_bare(cast: Cast, hidden: str):
    data = base64.b64decode(_HEAD + _PIXELS + hidden + _TAIL)

    taken = pictures.take_in(io.BytesIO(data), len(data), cast.author)

    with Image.open(taken.file.path) as stored:
        assert (stored.size, dict(stored.getexif())) == ((30, 40), {})


@pytest.mark.parametrize("orientation", range(1, 9))
def test_picture_stands_upright_however_it_was_held(cast: Cast, orientation: int):
    upright = Image.new("RGB", (40, 20), "white")
    upright.paste("red", (0, 0, 10, 5))
    undo = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}.get(orientation)
    held = upright if undo is None else upright.transpose(Image.Transpose(undo))
    exif, out = Image.Exif(), io.BytesIO()
    exif[0x0112] = orientation
    held.save(out, "PNG", exif=exif)

    taken = pictures.take_in(io.BytesIO(out.getvalue()), 100, cast.author)

    with Image.open(taken.file.path) as stored:
        red, green, _blue = stored.getpixel((3, 2))
        assert (stored.size, red > 200, green < 60) == ((40, 20), True, True)

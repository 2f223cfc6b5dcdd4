"""Photos: shown with words for them, parts filled beyond recovery, only by the team's moderators."""

import io

import pytest
from PIL import Image

from audit.models import Event
from feedback import moderation, photo_moderation, photos
from feedback.models import Photo, Voice
from feedback.moderation import Refused
from tests.feedback.conftest import told

pytestmark = pytest.mark.django_db
SIZE = 240, 180


def chequered() -> io.BytesIO:
    image = Image.new("RGB", SIZE)
    image.putdata(
        [(255, 255, 255) if (x + y) % 2 else (0, 0, 0) for y in range(SIZE[1]) for x in range(SIZE[0])]
    )
    out = io.BytesIO()
    image.save(out, "PNG")
    return out


@pytest.fixture
def voice(notice):
    row = told(notice, "The sign is gone.")
    sent = chequered()
    photos.keep(row, photos.check(sent, len(sent.getvalue())))
    return row


def show(voice, by, *, areas=(), alt_text="A post without a sign", version=1):
    return photo_moderation.show(voice, by=by, seen_version=version, alt_text=alt_text, areas=areas)


def pixels(photo, box) -> list[int]:
    with photo.shown.open() as file, Image.open(file) as image:
        return list(image.convert("L").crop(box).tobytes())


def test_filled_square_carries_no_detail_and_the_rest_does(cast, voice):
    photo = show(voice, cast.moderator, areas=[photo_moderation.square(4, 4)])
    inside, outside = pixels(photo, (84, 84, 96, 96)), pixels(photo, (160, 20, 176, 36))
    assert max(inside) - min(inside) < 30
    assert max(outside) - min(outside) > 200
    assert photo.blurred_areas.count() == 1


def test_later_change_is_made_from_what_was_sent(cast, voice):
    show(voice, cast.moderator, areas=[photo_moderation.square(4, 4)])
    again = show(voice, cast.moderator, version=2)
    assert max(pixels(again, (84, 84, 96, 96))) > 200
    assert again.blurred_areas.count() == 0


def test_photo_without_words_for_it_is_refused(cast, voice):
    with pytest.raises(Refused, match="Say what the photo shows"):
        show(voice, cast.moderator, alt_text=" ")


def test_stranger_to_the_team_is_refused(cast, voice):
    with pytest.raises(Refused, match="Only a moderator"):
        show(voice, cast.outsider)


def test_second_moderator_is_told(cast, voice):
    show(voice, cast.moderator)
    with pytest.raises(Refused, match="Nothing you did was kept"):
        photo_moderation.hide(voice, by=cast.moderator, seen_version=1)


def test_deleted_original_is_said(cast, voice):
    Photo.objects.update(original="")
    with pytest.raises(Refused, match="has been deleted"):
        show(voice, cast.moderator)


def test_hiding_the_photo_leaves_the_words_and_a_trace(cast, voice):
    show(voice, cast.moderator)
    photo = photo_moderation.hide(voice, by=cast.moderator, seen_version=2)
    assert (photo.is_shown, photo.shown.name, Voice.objects.get(pk=voice.pk).version) == (False, "", 3)
    names = (
        Event.objects.filter(action__startswith="voice.photo").order_by("pk").values_list("action", flat=True)
    )
    assert list(names) == ["voice.photo_shown", "voice.photo_hidden"]


def test_moderator_decides_on_the_page_and_residents_get_the_result(cast, voice, as_, client):
    moderation.publish(voice, by=cast.moderator, seen_version=1, public_text=voice.text)
    desk, path, public = as_(cast.moderator), f"/staff/inbox/{voice.reference}/photo/", photo_path(voice)
    assert (desk.get(path).status_code, desk.get(f"{path}original/").status_code) == (200, 200)
    assert client.get(public).status_code == 404
    wrong = desk.post(path, {"version": 2, "alt_text": "A post", "squares": "Z9"})
    assert (wrong.status_code, "is not a square" in wrong.content.decode()) == (400, True)
    desk.post(path, {"version": 2, "alt_text": "A post", "squares": "B3 D2-E3"})
    assert (client.get(public).status_code, Photo.objects.get().blurred_areas.count()) == (200, 5)
    moderation.hide(Voice.objects.get(pk=voice.pk), by=cast.moderator, seen_version=3, reason="off_topic")
    assert client.get(public).status_code == 404


def photo_path(voice) -> str:
    return f"/feedback/{voice.reference}/photo/"


@pytest.mark.parametrize("place", [(0, 0), (4, 4), (11, 8), (7, 2)])
def test_what_is_filled_stays_in_the_form(cast, voice, as_, place):
    show(voice, cast.moderator, areas=[photo_moderation.square(*place)])
    name = f"{'ABCDEFGHIJKL'[place[0]]}{place[1] + 1}"
    page = as_(cast.moderator).get(f"/staff/inbox/{voice.reference}/photo/").content.decode()
    assert f'value="{name}"' in page

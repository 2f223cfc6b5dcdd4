"""Photos: shown with words for them, parts filled beyond recovery, only by the team's moderators."""

import io
import re

import pytest
from PIL import Image

from audit.models import Event
from feedback import moderation, photo_moderation, photos
from feedback.models import Photo, Voice
from feedback.moderation import Refused
from feedback.photo_grid import Area, grid_for
from tests.feedback.conftest import told

pytestmark = pytest.mark.django_db
SIZE = 240, 180
GRID = grid_for(*SIZE)


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
    photo = show(voice, cast.moderator, areas=[GRID.area("E5")])
    inside, outside = pixels(photo, (84, 84, 96, 96)), pixels(photo, (160, 20, 176, 36))
    assert max(inside) - min(inside) < 30
    assert max(outside) - min(outside) > 200
    assert photo.blurred_areas.count() == 1


def test_later_change_is_made_from_what_was_sent(cast, voice):
    show(voice, cast.moderator, areas=[GRID.area("E5")])
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
    desk, path, public = as_(cast.moderator), desk_path(voice), photo_path(voice)
    assert (desk.get(path).status_code, desk.get(f"{path}original/").status_code) == (200, 200)
    assert client.get(public).status_code == 404
    wrong = desk.post(path, {"version": 2, "alt_text": "A post", "blocks": "Z9"})
    assert (wrong.status_code, "is not a square" in wrong.content.decode()) == (400, True)
    chosen = {"version": 2, "alt_text": "A post", "squares": ["B3"], "blocks": "D2-E3"}
    desk.post(path, {**chosen, "decision": "show"})
    assert (client.get(public).status_code, Photo.objects.get().blurred_areas.count()) == (200, 5)
    moderation.hide(Voice.objects.get(pk=voice.pk), by=cast.moderator, seen_version=3, reason="off_topic")
    assert client.get(public).status_code == 404


def test_result_is_seen_before_anybody_else_sees_it(cast, voice, as_):
    desk, path = as_(cast.moderator), desk_path(voice)
    page = desk.post(path, {"version": 1, "alt_text": "A post", "squares": ["B3"], "blocks": "D2"})
    assert "Nobody but you has seen it yet." in page.content.decode()
    assert f'src="{path}preview/?squares=B3&amp;squares=D2"' in page.content.decode()
    preview = desk.get(f"{path}preview/?squares=E5").content
    with Image.open(io.BytesIO(preview)) as image:
        inside = image.convert("L").crop((84, 84, 96, 96)).tobytes()
    assert max(inside) - min(inside) < 30
    assert (Photo.objects.get().is_shown, Photo.objects.get().blurred_areas.count()) == (False, 0)


def test_two_moderators_keep_what_the_second_chose(cast, voice, as_):
    desk, path = as_(cast.moderator), desk_path(voice)
    show(voice, cast.moderator)
    chosen = {"version": 1, "alt_text": "A bare post", "squares": ["C4"], "decision": "show"}
    page = desk.post(path, chosen)
    body = page.content.decode()
    assert (page.status_code, Photo.objects.get().blurred_areas.count()) == (409, 0)
    assert ticked(body) == ["C4"]
    assert 'value="A bare post"' in body
    desk.post(path, {**chosen, "version": 2})
    assert Photo.objects.get().blurred_areas.count() == 1


def test_colleague_who_does_not_moderate_sees_the_result_alone(cast, voice, as_):
    show(voice, cast.moderator)
    desk, path = as_(cast.author), desk_path(voice)
    answers = [desk.get(f"{path}{name}").status_code for name in ("", "original/", "preview/", "result/")]
    assert answers == [403, 403, 403, 200]


def test_taking_away_what_cannot_come_back_is_said(cast, voice, as_):
    show(voice, cast.moderator)
    Photo.objects.update(original="")
    page = as_(cast.moderator).get(desk_path(voice)).content.decode()
    assert "it cannot be brought back" in page
    assert 'type="checkbox"' not in page


def desk_path(voice) -> str:
    return f"/staff/inbox/{voice.reference}/photo/"


def photo_path(voice) -> str:
    return f"/feedback/{voice.reference}/photo/"


def ticked(page: str) -> list[str]:
    return re.findall(r'name="squares" value="(\w+)"[^>]* checked', page)


@pytest.mark.parametrize("name", ["A1", "E5", "L9", "H3"])
def test_what_is_filled_stays_in_the_form(cast, voice, as_, name):
    show(voice, cast.moderator, areas=[GRID.area(name)])
    assert ticked(as_(cast.moderator).get(desk_path(voice)).content.decode()) == [name]


@pytest.mark.parametrize(
    ("size", "rows"), [((1600, 1200), 9), ((900, 1200), 16), ((1600, 100), 1), ((9, 900), 18)]
)
def test_squares_are_about_square_whatever_the_shape(size, rows):
    assert grid_for(*size).rows == rows


def test_what_was_filled_under_another_grid_is_covered():
    assert grid_for(300, 100).touched_by([Area(0, 0, 84, 112)]) == ["A1"]

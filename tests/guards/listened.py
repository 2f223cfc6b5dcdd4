"""What residents' words bring about in the small portal: a summary, a shown photo, an open objection."""

import io

from PIL import Image

from feedback import moderation, objecting, photo_moderation, photos, reading, summaries, summarising
from feedback.digesting.scope import monday
from feedback.models import Question, Voice
from feedback.working_days import today
from tests.factories import Cast
from tests.feedback.conftest import asked, shown, told
from updates.models import Notice

_WATER = "The water was off and nobody told us before the newspaper did."
_NOISE = "The pumps are so loud at night that our children cannot sleep."
_PRAISE = "Thank you to the crew who brought bottles to my mother."


def fill(notice: Notice, cast: Cast) -> list[Question | Voice]:
    """Let people write about `notice` until all of this is there; return what has a page of its own."""
    for number in range(4):
        for words in (_WATER, _NOISE):
            shown(told(notice, f"{words} {'Really. ' * number}"), cast.moderator)
    shown(told(notice, _PRAISE), cast.moderator)
    reading.read_new()
    reading.learn_themes()
    for about in (summaries.about_notice(notice.pk), summaries.about_week(monday(today()))):
        summarising.make(about)
    return [_with_photo(notice, cast), _objected(notice, cast)]


def _with_photo(notice: Notice, cast: Cast) -> Voice:
    row = told(notice, "The barrier has fallen over.")
    sent = io.BytesIO()
    Image.linear_gradient("L").convert("RGB").save(sent, "JPEG")
    photos.keep(row, photos.check(sent, len(sent.getvalue())))
    shown(row, cast.moderator)
    row.refresh_from_db()
    photo_moderation.show(
        row, by=cast.moderator, seen_version=row.version, alt_text="A barrier on its side.", areas=()
    )
    return row


def _objected(notice: Notice, cast: Cast) -> Question:
    row = asked(notice, "When do you lot wake up?", email="kim@mail.example")
    moderation.hide(row, by=cast.moderator, seen_version=row.version, reason="abusive")
    objecting.make(row, "I was angry, and it is true.")
    return row

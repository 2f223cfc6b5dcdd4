"""Taking a part out of words that are shown already."""

import html

import pytest

from audit.models import Event
from feedback import masking, moderation
from feedback.counting import recount
from feedback.models import Theme, Voice
from feedback.moderation import Refused
from tests.feedback.conftest import asked, shown

pytestmark = pytest.mark.django_db


def test_redacting_changes_what_residents_read_and_keeps_the_original(cast, notice):
    row = shown(asked(notice, "Ask Jo at the corner."), cast.moderator)
    row = moderation.redact(row, by=cast.moderator, seen_version=2, public_text="Ask [a name] at the corner.")
    assert (row.status, row.public_text, row.text, row.version) == (
        "published",
        "Ask [a name] at the corner.",
        "Ask Jo at the corner.",
        3,
    )
    assert Event.objects.filter(action="question.redacted", target_id=str(row.pk)).count() == 1


@pytest.mark.parametrize(
    ("words", "told"), [("  ", "no words left"), ("Ask  Jo at the corner. ", "read now")]
)
def test_redacting_to_nothing_or_to_the_same_is_refused(cast, notice, words, told):
    row = shown(asked(notice, "Ask Jo at the corner."), cast.moderator)
    with pytest.raises(Refused, match=told):
        moderation.redact(row, by=cast.moderator, seen_version=2, public_text=words)


def test_what_is_not_shown_cannot_be_redacted(cast, notice):
    with pytest.raises(Refused, match="cannot be done while"):
        moderation.redact(asked(notice), by=cast.moderator, seen_version=1, public_text="Other words")


def test_somebody_without_the_role_and_the_second_of_two_are_refused(cast, notice):
    row = shown(asked(notice), cast.moderator)
    for who, seen in ((cast.author, 2), (cast.moderator, 1)):
        with pytest.raises(Refused):
            moderation.redact(row, by=who, seen_version=seen, public_text="Other words")
    assert Voice.objects.get().version == 2


def test_the_form_on_the_page_changes_the_public_words(cast, notice, as_):
    row = shown(asked(notice, "Ask Jo at the corner."), cast.moderator)
    client = as_(cast.moderator)
    address = f"/staff/inbox/{row.reference}/"
    assert f"{address}redact/" in client.get(address).content.decode()
    answer = client.post(f"{address}redact/", {"version": 2, "public_text": "Ask at the corner."})
    assert (answer.status_code, Voice.objects.get().public_text) == (302, "Ask at the corner.")


@pytest.mark.parametrize("act", ["hide", "redact", "undo"])
def test_guesses_about_words_go_with_them(cast, notice, act):
    row = shown(asked(notice, "Ask Jo at the corner."), cast.moderator)
    theme = Theme.objects.create(label="Corners", terms="corner")
    Voice.objects.filter(pk=row.pk).update(theme=theme, mood="negative")
    seen = {"by": cast.moderator, "seen_version": 2}
    if act == "hide":
        moderation.hide(row, reason="off_topic", **seen)
    elif act == "redact":
        moderation.redact(row, public_text="Ask at the corner.", **seen)
    else:
        moderation.undo(row, **seen)
    row.refresh_from_db()
    assert (row.theme, row.mood) == (None, "")
    assert recount.differences() == []


WORDS = "Ring Mrs Lal or 07700 900123, says Mrs Bell."


def fields(page: str) -> str:
    """Return the words in the one box of words on a moderator's page."""
    box = page.partition('name="public_text"')[2].partition(">")[2]
    return html.unescape(box.partition("</textarea>")[0]).strip()


def numbers_of(text: str) -> dict[str, str]:
    return {match.text: str(number) for number, match in enumerate(masking.found(text))}


def test_whatever_is_found_is_ticked_and_left_out_until_somebody_chooses(cast, notice, as_):
    row = asked(notice, WORDS)
    page = as_(cast.moderator).get(f"/staff/inbox/{row.reference}/").content.decode()
    assert "Take out" in page
    assert fields(page) == masking.mask(WORDS)


def test_words_are_put_together_from_the_ticks(cast, notice, as_):
    row, number = asked(notice, WORDS), numbers_of(WORDS)
    client, path = as_(cast.moderator), f"/staff/inbox/{row.reference}/?state=waiting&chosen=1"
    some = f"{path}&out={number['07700 900123']}&out={number['Mrs Bell']}"
    page = client.get(some).content.decode()
    assert fields(page) == "Ring Mrs Lal or [a telephone number], says [a person’s name]."
    assert '<input type="hidden" name="state" value="waiting">' in page
    assert fields(client.get(path).content.decode()) == WORDS
    assert fields(client.get(f"{path}&out=99&out=x").content.decode()) == WORDS
    row.refresh_from_db()
    assert (row.status, row.public_text, row.version) == ("waiting", "", 1)


def test_a_piece_is_taken_out_of_shown_words_by_its_tick_and_undoing_empties_it(cast, notice, as_):
    row = shown(asked(notice, WORDS), cast.moderator)
    client, path = as_(cast.moderator), f"/staff/inbox/{row.reference}/"
    assert fields(client.get(path).content.decode()) == WORDS
    words = fields(client.get(f"{path}?chosen=1&out={numbers_of(WORDS)['Mrs Lal']}").content.decode())
    assert words == "Ring [a person’s name] or 07700 900123, says Mrs Bell."
    client.post(f"{path}redact/", {"version": 2, "public_text": words})
    assert Voice.objects.get().public_text == words
    client.post(f"{path}undo/", {"version": 3})
    assert (Voice.objects.get().public_text, Voice.objects.get().text) == ("", WORDS)


def test_words_without_personal_data_have_no_ticks(cast, notice, as_):
    row = asked(notice, "Is the road shut?")
    assert "pieces_" not in as_(cast.moderator).get(f"/staff/inbox/{row.reference}/").content.decode()

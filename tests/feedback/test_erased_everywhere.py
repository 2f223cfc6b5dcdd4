"""After an erasure nothing in any table or file says who it was, or what they wrote; the rest stands."""

import io
import json
import uuid
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone
from PIL import Image

from audit.models import Event
from feedback import answering, drafts, handling, identity, me_too, moderation, objecting, photos
from feedback.answering import Words
from feedback.consultations import answering as responding
from feedback.consultations import confirming
from feedback.consultations.answering import Said
from feedback.enums import Sort, Status, SummaryScope
from feedback.models import (
    Answer,
    Letter,
    MeToo,
    Note,
    Photo,
    Response,
    Sentence,
    Summary,
    Support,
    Voice,
)
from subscriptions.models import Subscriber
from tests.feedback import consulted
from tests.feedback.conftest import asked, shown, stamp, told
from updates import keeping

pytestmark = pytest.mark.django_db
WHO = "jan.novak@mail.example"
MARK = "Quibbleshire"  # Stands in everything they wrote, and nowhere else.


def everything_kept() -> str:
    """Return every row of every table as one text."""
    with connection.cursor() as cursor:
        lines = []
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - the database's own names
            lines += [f"{table}: {row}" for row in cursor.fetchall()]
    return "\n".join(lines)


def traces(*words: str) -> list[str]:
    """Return the lines of the database that say one of `words`, in whatever case."""
    kept = everything_kept().casefold()
    return [line[:300] for line in kept.splitlines() if any(word.casefold() in line for word in words)]


def picture() -> Path:
    """Return where the one photo lies."""
    return Path(Photo.objects.get().original.path)


def photo():
    out = io.BytesIO()
    Image.new("RGB", (40, 30)).save(out, "PNG")
    return photos.check(out, len(out.getvalue()))


@pytest.fixture
def jan(cast, notice):
    """Somebody who did everything a resident can; Kim asks the same as Jan, and others mention Jan."""
    question = asked(notice, f"{MARK} one?", name="Jan Novak", email=WHO, wants_reply=True)
    question = shown(question, cast.moderator)
    MeToo.objects.create(question=question, email="kim@mail.example", confirmed_at=timezone.now())
    drafts.save(question, Words(f"{MARK} draft"), by=cast.author, seen=0)
    handling.add_note(question, by=cast.author, text=f"{MARK} note: rang {WHO}.")
    answering.answer_publicly(question, by=cast.author, seen_version=2, text=f"{MARK} answer.")
    hidden = told(notice, f"{MARK} two.", email=WHO.upper())
    photos.keep(hidden, photo())
    moderation.hide(hidden, by=cast.moderator, seen_version=1, reason="personal_data")
    objecting.make(hidden, f"{MARK} objection")
    quoted = shown(told(notice, f"{MARK} three.", email=WHO), cast.moderator)
    summary = Summary.objects.create(scope=SummaryScope.NOTICE, notice=notice, finished_at=timezone.now())
    sentence = Sentence.objects.create(summary=summary, number=1, text=f"{MARK} three.", taken_from=quoted)
    Support.objects.create(sentence=sentence, voice=quoted, nearness=1000)
    other = shown(asked(notice, "And Mill Lane?", email="kim@mail.example"), cast.moderator)
    me_too.add(other, key=uuid.uuid4(), email=WHO)
    _take_part(cast)
    Subscriber.objects.create(address=WHO)
    return question


def _take_part(cast):
    consultation = consulted.consultation(cast)
    item = consulted.item(consultation)
    words = {item.pk: Said(text=f"{MARK} four.")}
    row = consulted.answered(consultation, words, email=WHO, wants_outcome=True)
    confirming.confirm(row, at=timezone.now())
    later = consulted.started(consultation, {item.pk: Said(text=f"{MARK} five.")})
    confirming.mail_address(later, WHO)


def test_all_of_it_goes_with_the_words(jan, django_capture_on_commit_callbacks):
    file = picture()
    with django_capture_on_commit_callbacks(execute=True):
        keeping.erase(WHO, words=True)
    assert traces(WHO, MARK, "novak", identity.person(WHO)) == []
    assert not file.exists()
    assert list(Voice.objects.values_list("text", flat=True)) == ["And Mill Lane?"]


def test_only_the_words_stay_without_them(jan):
    keeping.erase(WHO, words=False)
    assert traces(WHO, "jan novak", identity.person(WHO)) == []
    assert sorted(Voice.objects.filter(text__contains=MARK).values_list("sort", flat=True)) == [
        Sort.FEEDBACK,
        Sort.FEEDBACK,
        Sort.QUESTION,
        Sort.REMARK,
    ]
    assert keeping.find(WHO) == []


def test_files_stay_when_the_erasure_is_taken_back(jan):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        keeping.erase(WHO, words=True)
        raise ZeroDivisionError
    assert picture().exists()
    assert Voice.objects.filter(text__contains=MARK).count() == 4


def test_mail_that_still_waits_is_never_sent(jan):
    keeping.erase(WHO, words=False)
    assert set(Letter.objects.filter(payload={}).values_list("status", flat=True)) == {"cancelled"}
    assert Letter.objects.filter(payload__to="kim@mail.example", status="queued").exists()


def test_address_in_the_words_of_others_is_found_and_taken_out(cast, notice):
    other = told(notice, f"Write to {WHO.title()}, not to 2{WHO}.")
    question = shown(asked(notice, "When?"), cast.moderator)
    handling.add_note(other, by=cast.author, text=f"Sent on to {WHO}.")
    answering.answer_publicly(question, by=cast.author, seen_version=2, text=f"Ask {WHO}.")
    found = [(each.kind, each.reference, each.content["where"]) for each in keeping.find(WHO)]
    assert sorted(found) == sorted(
        [
            ("mention", other.reference, "words"),
            ("mention", other.reference, "note"),
            ("mention", question.reference, "answer"),
        ]
    )
    keeping.erase(WHO, words=False)
    other.refresh_from_db()
    assert other.text == f"Write to [an e-mail address], not to 2{WHO}."
    assert other.text_print == identity.text_print(other.text)
    assert Note.objects.get().text == "Sent on to [an e-mail address]."
    assert Answer.objects.get().text == "Ask [an e-mail address]."
    assert keeping.find(WHO) == []


def test_answer_of_somebody_else_is_left_alone(jan, cast):
    consultation = consulted.consultation(cast)
    item = consulted.item(consultation)
    kim = consulted.answered(consultation, {item.pk: Said(text="Kim's.")}, email="kim@mail.example")
    keeping.erase(WHO, words=True)
    kim.refresh_from_db()
    assert (kim.email, responding.said(kim)[item.pk].text) == ("kim@mail.example", "Kim's.")


def test_export_has_notes_drafts_quotations_and_the_photo(jan, tmp_path):
    call_command("about_person", WHO, export=str(tmp_path / "jan.json"))
    rows = json.loads((tmp_path / "jan.json").read_text())
    said = [row["content"] for row in rows if row["what"] == "words"]
    assert [row["notes"] for row in said if row["notes"]] == [[f"{MARK} note: rang {WHO}."]]
    assert [row["quoted in summaries"] for row in said if row["quoted in summaries"]] == [[f"{MARK} three."]]
    pictures = [row["files"] for row in rows if row.get("files")]
    assert len(pictures) == 1
    assert (tmp_path / pictures[0][0]).stat().st_size > 0


def test_objecting_leaves_no_network_address_in_the_trail(cast, notice):
    voice = told(notice, "Why?", email=WHO)
    moderation.hide(voice, by=cast.moderator, seen_version=1, reason="abusive")
    path = f"{voice.receipt_path}object/"
    Client(REMOTE_ADDR="203.0.113.9").post(
        path, {"stamp": stamp("objection", voice.reference), "text": "It is true."}
    )
    assert [event.ip for event in Event.objects.filter(action="objection.made")] == [""]


def test_mail_that_failed_is_emptied_with_the_address(cast, notice):
    question = shown(asked(notice, email=WHO, wants_reply=True), cast.moderator)
    given = answering.answer_publicly(question, by=cast.author, seen_version=2, text="Yes.")
    Letter.objects.filter(answer=given).update(
        status="failed", error_kind="rejected", last_error=f"550 <{WHO}>: unknown"
    )
    keeping.forget(timezone.now() + timedelta(days=20))
    assert traces(f"550 <{WHO}>") != []
    keeping.forget(timezone.now() + timedelta(days=190))
    assert traces(WHO) == []


def test_notes_go_when_the_name_does_and_stay_while_there_is_work(cast, notice):
    done, waits = told(notice, "Thanks."), asked(notice, "When?")
    moderation.publish(done, by=cast.moderator, seen_version=1, public_text="Thanks.")
    for voice in (done, waits):
        handling.add_note(voice, by=cast.author, text="Rang Mrs Miller back.")
    keeping.forget(timezone.now() + timedelta(days=190))
    assert [note.voice_id for note in Note.objects.all()] == [waits.pk]
    assert Voice.objects.get(pk=done.pk).status == Status.PUBLISHED


def test_export_writes_nothing_when_a_file_of_that_name_is_there(jan, tmp_path):
    (tmp_path / "jan.json").write_text("mine")
    with pytest.raises(CommandError):
        call_command("about_person", WHO, export=str(tmp_path / "jan.json"))
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["jan.json"]
    assert Response.objects.filter(email=WHO).exists()

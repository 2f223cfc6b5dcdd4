"""One command finds everything about an address, exports it, and removes it."""

import json

import pytest
from django.core.management import CommandError, call_command

from audit.models import Event
from feedback import answering
from feedback.models import Answer, Letter, MeToo, Voice
from subscriptions.models import Subscriber
from tests.feedback.conftest import asked, shown, told
from updates import keeping

pytestmark = pytest.mark.django_db
WHO = "jan@mail.example"


@pytest.fixture
def jan(cast, notice):
    """Somebody who asked, told, joined a question, and follows notices; and somebody else."""
    question = shown(asked(notice, name="Jan", email=WHO, wants_reply=True), cast.moderator)
    answering.answer_publicly(question, by=cast.author, seen_version=2, text="Yes.")
    told(notice, "Thank you.", email="Jan@Mail.example")
    other = asked(notice, "And Mill Lane?", email="kim@mail.example")
    MeToo.objects.create(question=other, email=WHO)
    Subscriber.objects.create(address=WHO)
    return question


def test_everything_is_found_however_the_address_is_written(jan):
    found = {(each.room, each.kind) for each in keeping.find(" JAN@mail.example ")}
    assert found == {
        ("feedback", "words"),
        ("feedback", "me too"),
        ("feedback", "mail"),
        ("subscriptions", "subscription"),
    }
    assert len(keeping.find(WHO)) == 5


def test_erasing_leaves_the_words_and_nothing_that_says_whose(jan):
    keeping.erase(WHO, words=False)
    assert keeping.find(WHO) == []
    assert sorted(Voice.objects.values_list("text", "email")) == [
        ("And Mill Lane?", "kim@mail.example"),
        ("Is Tannery Row affected?", ""),
        ("Thank you.", ""),
    ]
    assert Letter.objects.get().payload == {}


def test_erasing_with_the_words_leaves_only_what_others_wrote(jan):
    keeping.erase(WHO, words=True)
    assert list(Voice.objects.values_list("text", flat=True)) == ["And Mill Lane?"]
    assert (Answer.objects.count(), Subscriber.objects.count()) == (0, 0)


def test_trail_says_how_many_and_never_who(jan):
    keeping.erase(WHO, words=False)
    detail = Event.objects.get(action="personal_data.erased").detail
    assert detail == {
        "words": False,
        "voices": 2,
        "me_toos": 1,
        "responses": 0,
        "letters": 1,
        "mentions": 0,
        "replies": 0,
        "subscribers": 1,
        "wishes": 0,
    }


def test_export_holds_all_they_wrote_and_was_written_to_them(jan, tmp_path):
    file = tmp_path / "jan.json"
    call_command("about_person", WHO, export=str(file))
    rows = json.loads(file.read_text())
    words = [row["content"]["words"] for row in rows if row["what"] == "words"]
    assert words == ["Is Tannery Row affected?", "Thank you."]
    assert [row["content"]["answers"] for row in rows if row["what"] == "words"] == [["Yes."], []]


def test_export_never_overwrites_a_file(jan, tmp_path):
    file = tmp_path / "there.json"
    file.write_text("mine")
    with pytest.raises(CommandError, match="could not be written: File exists"):
        call_command("about_person", WHO, export=str(file))
    assert file.read_text() == "mine"


def test_command_erases_only_after_a_yes(jan, monkeypatch, capsys):
    monkeypatch.setattr("builtins.input", lambda _prompt: "no")
    call_command("about_person", WHO, erase=True)
    assert "Nothing was removed." in capsys.readouterr().out
    assert len(keeping.find(WHO)) == 5


def test_nobody_is_found_and_nothing_is_asked(db, capsys):
    call_command("about_person", "nobody@mail.example", erase=True)
    assert capsys.readouterr().out == "0 found.\n"

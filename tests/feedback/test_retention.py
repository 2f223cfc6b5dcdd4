"""How long what residents left about themselves is kept: removed on time, a dry run tells the same."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from audit.models import Event
from feedback import answering, tasks
from feedback.models import Letter, Question, Voice
from tests.feedback.conftest import asked, shown, told
from updates import keeping

pytestmark = pytest.mark.django_db
LATER = timedelta(days=190)


@pytest.fixture
def answered(cast, notice):
    question = shown(asked(notice, name="Jan", email="jan@mail.example", wants_reply=True), cast.moderator)
    given = answering.answer_publicly(question, by=cast.author, seen_version=2, text="Yes.")
    tasks.send_letter(Letter.objects.get(answer=given).pk)
    return question


def only(counts: dict[str, int]) -> dict[str, int]:
    """What there was to do."""
    return {name: number for name, number in counts.items() if number}


def test_address_stays_for_six_months_and_goes_then(answered):
    assert only(keeping.forget(timezone.now() + timedelta(days=180))) == {"letters.contents": 1}
    keeping.forget(timezone.now() + LATER)
    answered.refresh_from_db()
    assert (answered.name, answered.email, answered.text) == ("", "", "Is Tannery Row affected?")
    assert answered.anonymised_at is not None


def test_mail_is_emptied_after_seven_days(answered):
    keeping.forget(timezone.now() + timedelta(days=6))
    assert Letter.objects.get().payload["to"] == "jan@mail.example"
    keeping.forget(timezone.now() + timedelta(days=8))
    letter = Letter.objects.get()
    assert (letter.payload, letter.person, letter.status) == ({}, "", "sent")


def test_dry_run_tells_what_the_run_does_and_changes_nothing(answered, notice):
    told(notice, name="Eva")
    foretold = keeping.forget(timezone.now() + LATER, dry_run=True)
    assert Question.objects.get().email == "jan@mail.example"
    assert keeping.forget(timezone.now() + LATER) == foretold
    assert only(foretold) == {"questions.addresses": 1, "feedback.addresses": 1, "letters.contents": 1}
    written = [event.detail for event in Event.objects.filter(action="personal_data.forgotten")]
    assert only({name: number for detail in written for name, number in detail.items()}) == only(foretold)


def test_two_pieces_of_one_writer_stay_one_persons_under_a_new_sign(notice):
    first, second = (told(notice, text, email="eva@mail.example") for text in ("One.", "Two."))
    other = told(notice, "Three.", email="kim@mail.example")
    keeping.forget(timezone.now() + LATER)
    people = dict(Voice.objects.values_list("pk", "person"))
    assert people[first.pk] == people[second.pk] != people[other.pk]
    assert first.person not in people.values()


def test_unanswered_question_keeps_its_address(cast, notice):
    question = shown(asked(notice, email="jan@mail.example", wants_reply=True), cast.moderator)
    keeping.forget(timezone.now() + LATER)
    question.refresh_from_db()
    assert question.email == "jan@mail.example"


def test_second_run_finds_nothing(answered):
    keeping.forget(timezone.now() + LATER)
    events = Event.objects.count()
    assert only(keeping.forget(timezone.now() + LATER)) == {}
    assert Event.objects.count() == events


def test_command_tells_rules_and_numbers(answered, capsys):
    call_command("forget", "--dry-run")
    said = capsys.readouterr().out
    assert "questions, kept 6 months after: the answer, or being hidden" in said
    assert "addresses: 0 would be dealt with" in said


def test_privacy_page_says_what_the_job_does(settings):
    settings.FEEDBACK_CONTACT_MONTHS, settings.FEEDBACK_LETTER_DAYS = 3, 5
    page = Client().get("/privacy/").content.decode()
    assert "<td>3 months</td>" in page
    assert "<td>5 days</td>" in page
    assert page.count("<tr>") == len(keeping.rules()) + 1

"""How long names and addresses are kept: removed on time, a dry run tells the same, the words stay."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from audit.models import Event
from feedback import answering, retention, tasks
from feedback.models import Letter, Question
from tests.feedback.conftest import asked, shown, told

pytestmark = pytest.mark.django_db
LATER = timedelta(days=190)


@pytest.fixture
def answered(cast, notice):
    question = shown(asked(notice, name="Jan", email="jan@mail.example", wants_reply=True), cast.moderator)
    given = answering.answer_publicly(question, by=cast.author, seen_version=2, text="Yes.")
    tasks.send_letter(Letter.objects.get(answer=given).pk)
    return question


def test_address_stays_for_six_months_and_goes_then(answered):
    assert retention.forget_addresses(timezone.now() + timedelta(days=180))["questions"] == 0
    retention.forget_addresses(timezone.now() + LATER)
    answered.refresh_from_db()
    assert (answered.name, answered.email, answered.text) == ("", "", "Is Tannery Row affected?")
    assert Letter.objects.get().payload == {}


def test_dry_run_tells_what_the_run_does_and_changes_nothing(answered, notice):
    told(notice, name="Eva")
    told_by_dry_run = retention.forget_addresses(timezone.now() + LATER, dry_run=True)
    assert Question.objects.get().email == "jan@mail.example"
    assert retention.forget_addresses(timezone.now() + LATER) == told_by_dry_run
    assert told_by_dry_run == {"questions": 1, "feedback": 1, "mails": 1}
    assert Event.objects.get(action="addresses.forgotten").detail == told_by_dry_run


def test_unanswered_question_keeps_its_address(cast, notice):
    question = shown(asked(notice, email="jan@mail.example", wants_reply=True), cast.moderator)
    retention.forget_addresses(timezone.now() + LATER)
    question.refresh_from_db()
    assert question.email == "jan@mail.example"


def test_second_run_finds_nothing(answered):
    retention.forget_addresses(timezone.now() + LATER)
    assert retention.forget_addresses(timezone.now() + LATER) == {"questions": 0, "feedback": 0, "mails": 0}
    assert Event.objects.filter(action="addresses.forgotten").count() == 1


def test_command_tells_the_numbers(answered, capsys):
    call_command("forget_addresses", "--dry-run")
    assert "Would remove the names and addresses of 0 questions" in capsys.readouterr().out
